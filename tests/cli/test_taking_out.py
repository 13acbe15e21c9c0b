"""`archive list`, `hide`, `unhide`, `withdraw`, `restore`."""

from pathlib import Path

import pytest

from tests.cli.commands import Run
from tests.ingest.ingests import deck


def total(run: Run, word: str) -> int:
    found: int = run("search", word, "--json", "--as", "public").json["total"]
    return found


def test_documents_and_slides_are_hidden_withdrawn_listed_and_brought_back(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path / "in" / "plan.pptx", "Gruvnäring", "Vindkraft")
    assert run("ingest", "--quiet", path).code == 0
    (listed,) = run("list", "--json").json["documents"]
    document = listed["document"]
    assert (listed["visibility"], listed["hidden_pages"], listed["withdrawn"]) == ("public", 0, "")
    assert run("list", "--hidden", "--json").json["total"] == 0

    assert run("hide", f"{document}/2").code == 0
    assert (total(run, "gruvnäring"), total(run, "vindkraft")) == (1, 0)
    assert run("list", "--hidden", "--json").json["documents"][0]["hidden_pages"] == 1
    assert run("unhide", f"{document}/2").code == 0
    assert total(run, "vindkraft") == 1

    assert run("hide", document).code == 0
    assert total(run, "gruvnäring") == 0
    assert "staff" in run("list").out
    assert run("unhide", document).code == 0
    assert total(run, "gruvnäring") == 1

    assert run("withdraw", document).code == 0
    assert total(run, "gruvnäring") == 0
    assert run("list", "--withdrawn", "--json").json["documents"][0]["withdrawn_reason"] == "staff"
    told = run("ingest", "--json", path)
    assert [line["message"] for line in told.lines if line["step"] == "left_out"] == [
        f"Staff withdrew this file. `archive restore {document}` brings it back."
    ]
    assert total(run, "gruvnäring") == 0
    assert run("withdraw", document).code == 1
    assert run("restore", document).code == 0
    assert (total(run, "gruvnäring"), total(run, "vindkraft")) == (1, 1)


def test_what_is_not_there_is_told_and_nothing_is_changed(run: Run, tmp_path: Path) -> None:
    assert run("ingest", "--quiet", deck(tmp_path / "in" / "a.pptx", "Gruvnäring")).code == 0
    document = run("list", "--json").json["documents"][0]["document"]
    for command in ("hide", "unhide", "withdraw", "restore"):
        assert run(command, document, "nothing").code == 1
    for wrong in (f"{document}/9", f"{document}/x"):
        assert run("hide", wrong).code in (1, 2)
    assert total(run, "gruvnäring") == 1


def test_show_changes_nothing_and_says_how_what_was_hidden_is_seen_again(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path / "in" / "plan.pptx", "Gruvnäring", "Vindkraft")
    assert run("ingest", "--quiet", path).code == 0
    document = run("list", "--json").json["documents"][0]["document"]
    assert "unhide" not in run("show", document).out
    assert run("hide", f"{document}/2").code == 0
    assert f"`archive unhide {document}/2`" in run("show", document).out
    assert "unhide" not in run("show", f"{document}/1").out
    assert run("hide", document).code == 0
    for _ in range(2):
        assert f"`archive unhide {document}`" in run("show", f"{document}/1").out
    assert f"`archive unhide {document} {document}/2`" in run("show", document).out
    assert total(run, "gruvnäring") == 0
    assert run("unhide", document, f"{document}/2").code == 0
    assert "unhide" not in run("show", document).out
    assert total(run, "vindkraft") == 1


def test_wrong_identifier_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("ingest", "--quiet", deck(tmp_path / "in" / "a.pptx", "Gruvnäring")).code == 0
    document = run("list", "--json").json["documents"][0]["document"]
    for command in ("hide", "unhide", "withdraw", "restore", "retry", "show"):
        assert "There is no document 'nothing' in the archive." in run(command, "nothing").err
    assert "There is no document 'nothing' in the archive." in run("hide", "nothing/1").err
    assert f"There is no slide 9 in the document '{document}'." in run("hide", f"{document}/9").err
    assert run("withdraw", document).code == 0
    assert f"The document '{document}' has been withdrawn" in run("hide", document).err
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    assert run("hide", "nothing").err == "archive: Det finns inget dokument 'nothing' i arkivet.\n"


@pytest.mark.parametrize("command", ["withdraw", "restore"])
def test_slide_is_not_withdrawn_or_restored_and_what_hides_it_is_told(run: Run, command: str) -> None:
    told = run(command, "abc123/4")
    assert told.code == 2
    assert (
        "'abc123/4' is a slide, and only whole documents can be published, withdrawn and restored."
        in told.err
    )
    assert "`archive hide`" in told.err
