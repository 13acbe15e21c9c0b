"""`archive original`: who gets the originals of documents."""

from pathlib import Path

from tests.cli.commands import Run
from tests.ingest.ingests import deck


def test_who_gets_an_original_is_chosen_and_left_to_the_setting_again(run: Run, tmp_path: Path) -> None:
    assert run("ingest", "--quiet", deck(tmp_path / "in" / "plan.pptx", "Gruvnäring")).code == 0
    document = run("list", "--json").json["documents"][0]["document"]
    assert "changed" in run("original", document, "--access", "staff").out
    assert "already" in run("original", document, "--access", "staff").out
    assert "changed" in run("original", document, "--access", "setting").out
    assert run("original", document, "nothing", "--access", "everybody").code == 1
    assert "already" in run("original", document, "--access", "setting").out
    assert run("original", document, "--access", "nobody").code == 2
    assert run("original", f"{document}/1", "--access", "staff").code == 2
