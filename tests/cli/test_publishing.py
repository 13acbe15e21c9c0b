"""`archive publish`, `unpublish`, and drafts in `archive list`."""

from pathlib import Path

from tests.cli.commands import Run
from tests.cli.test_taking_out import total
from tests.ingest.ingests import deck


def test_document_is_a_draft_again_and_is_published_for_members(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path / "in" / "plan.pptx", "Gruvnäring")
    assert run("ingest", "--quiet", path).code == 0
    document = run("list", "--json").json["documents"][0]["document"]
    assert run("list", "--drafts", "--json").json["total"] == 0

    assert "only staff see it" in run("unpublish", document).out
    assert "draft already" in run("unpublish", document).out
    assert total(run, "gruvnäring") == 0
    assert "nobody but staff: not published" in run("list", "--drafts").out
    assert f"archive publish {document}" in run("show", document).out
    assert run("unhide", document).code == 2
    assert run("ingest", "--quiet", path).code == 0
    assert total(run, "gruvnäring") == 0

    assert "members see it" in run("publish", document, "--visibility", "members").out
    assert total(run, "gruvnäring") == 0
    assert run("search", "gruvnäring", "--json", "--as", "members").json["total"] == 1
    assert run("publish", document, "--visibility", "public").code == 0
    assert total(run, "gruvnäring") == 1
    assert run("publish", f"{document}/1").code == 2
    assert run("publish", "nothing").code == 1
