"""What a file's name or a slide says does not reach the terminal as anything but text."""

from pathlib import Path

import pytest
from rich.text import Text

from archive.cli.output import print_rich
from tests.cli.commands import Run
from tests.ingest.ingests import deck

BAD = "\x1b]0;ägd\x07\x9b31m\u202e"
CONTROLS = {"\x1b", "\x07", "\x9b", "\u202e"}


def test_name_of_a_file_is_written_out(run: Run, tmp_path: Path) -> None:
    deck(tmp_path / "in" / f"gruva{BAD}.pptx", f"Gruva {BAD}")
    (tmp_path / "in" / f"trasig{BAD}.pptx").write_bytes(b"PK\x03\x04 not a package")
    told = [run("ingest", "--quiet", tmp_path / "in")]
    told += [run(*command) for command in (["list"], ["list", "--json"], ["outcomes"], ["search", "gruva"])]
    told += [run("ingest", *options, tmp_path / "in") for options in ([], ["--json"])]
    for one in told:
        assert not CONTROLS & set(one.out + one.err)
    assert "trasig\\x1b]0;ägd\\x07" in told[0].err
    assert "gruva\\x1b" in told[1].out


def test_colours_are_still_shown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FORCE_COLOR", "1")
    print_rich(Text(f"fet {BAD}", "bold"))
    shown = capsys.readouterr().out
    assert "\x1b[1m" in shown
    assert "\x1b]0" not in shown
    assert not {"\x07", "\x9b", "\u202e"} & set(shown)


def test_missing_pictures_are_told_quietly_too(run: Run, tmp_path: Path) -> None:
    deck(tmp_path / "in" / "gruva.pptx", "Gruva")  # without LibreOffice there are no pictures of it
    quiet = run("ingest", "--quiet", tmp_path / "in")
    assert (quiet.code, quiet.out) == (0, "")
    assert "gruva.pptx: picture: " in quiet.err
    summary = run("ingest", "--json", tmp_path / "in").lines[-1]
    assert [Path(one["file"]).name for one in summary["undrawn"]] == ["gruva.pptx"]
