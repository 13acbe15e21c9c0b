"""`archive parts`: what is installed, told where there is no archive yet."""

from pathlib import Path

import pytest

from tests.cli.commands import Run


def test_missing_parts_are_named_with_what_is_not_done_without_them(run: Run, data: Path) -> None:
    told = run("parts")
    assert told.code == 1
    assert "words in pictures are not found" in told.out
    assert "apt-get install --no-install-recommends libreoffice-impress-nogui" in told.out
    assert not data.exists()


def test_found_parts_are_told_with_their_place(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("ARCHIVE_PICTURES__OFFICE_COMMAND", str(program))
    told = run("parts", "--json").json
    assert told["libreoffice"] == str(program)
    assert told["tesseract"] is None
    assert "libreoffice-impress-nogui" not in told["missing_parts"]
    assert "tesseract-ocr" in told["missing_parts"]


def test_lexicon_is_told_and_not_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "simplemma" in run("parts").out
    monkeypatch.setenv("ARCHIVE_TEXT__LEXICON", str(tmp_path / "lexicon"))
    assert "archive lexicon build" in run("parts").out
    assert not (tmp_path / "lexicon").exists()
