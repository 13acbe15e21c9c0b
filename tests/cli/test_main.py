import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from archive.cli.main import COMMANDS
from archive.errors import StorageError
from tests.cli.commands import SMALL, Run, assert_one_line, command, run_anew, started
from tests.ingest.ingests import report
from tests.waiting import HANG_S

pytestmark = pytest.mark.long

HEAVY = ("sqlalchemy", "pydantic", "pydantic_settings", "whoosh", "rich", "flask", "waitress", "alembic")
LOOK = f"""
import sys
from archive.cli.main import _run
code = _run(["--help"])
print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


def test_help_lists_every_command(run: Run) -> None:
    told = run("--help")
    assert told.code == 0
    listed = told.out.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Run, name: str) -> None:
    told = run(name, "--help")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"Usage: archive {name} ")


def test_help_loads_nothing_heavy() -> None:
    ended = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert ended.stderr == "[]\n"


def test_command_alone_explains_itself(data: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "archive.cli.main"], capture_output=True, text=True, check=False
    )
    assert ended.stdout.startswith("Usage: archive ")
    assert ended.stderr == ""


def test_version_is_told(run: Run) -> None:
    assert run("--version").out.startswith("archive, version ")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["frobnicate"], "frobnicate"),
        (["search"], "QUERY"),
        (["search", "--jsn", "ord"], "--jsn"),
        (["search", "--limit", "0", "ord"], "--limit"),
        (["search", "ord"], "no archive in"),
        (["show", "abc"], "no archive in"),
        (["status"], "no archive in"),
        (["verify"], "no archive in"),
        (["rebuild"], "no archive in"),
        (["ingest", "saknas"], "saknas: there is no such file or folder"),
        (["extract", "saknas.pdf"], "saknas.pdf: there is no such file"),
    ],
)
def test_wrong_use_is_told_in_one_line_and_makes_nothing(
    run: Run, data: Path, arguments: list[str], word: str
) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert told.out == ""
    assert_one_line(told, word)
    assert not data.exists()


def test_wrong_setting_is_told_with_its_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_EXTRACT__WALL_TIME_S", "snart")
    told = run("status")
    assert told.code == 2
    assert_one_line(told, "extract.wall_time_s")


def test_unexpected_error_is_one_line_and_its_details_are_kept(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError("inner words \udcff")  # of a path that is no UTF-8

    monkeypatch.setattr("archive.settings.settings.load_settings", fail)
    told = run("ingest", report(tmp_path / "a.pdf", "Ord"))
    assert told.code == 1
    assert_one_line(told, "an unexpected error happened", "archive-errors.log")
    assert "inner words" not in told.err
    assert "ZeroDivisionError: inner words" in (tmp_path / "archive-errors.log").read_text()


def test_unexpected_error_in_a_folder_that_cannot_be_written_is_still_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError

    (tmp_path / "archive-errors.log").mkdir()
    monkeypatch.setattr("archive.settings.settings.load_settings", fail)
    told = run("status")
    assert told.code == 1
    assert_one_line(told, "folder you may write to")


def test_trouble_of_the_archive_ends_with_1(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> NoReturn:
        raise StorageError("The disk is full.\nFree some space.")

    monkeypatch.setattr("archive.app.open_archive", fail)
    told = run("ingest", report(tmp_path / "a.pdf", "Ord"))
    assert (told.code, told.err) == (1, "archive: The disk is full. Free some space.\n")


def test_data_folder_that_cannot_be_made_is_told(run: Run, data: Path, tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    told = run("--data", tmp_path / "fil" / "data", "ingest", report(tmp_path / "a.pdf", "Ord"))
    assert told.code == 1
    assert_one_line(told, "cannot be made")


def test_stopping_by_hand_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("archive.app.open_archive", stop)
    told = run("ingest", report(tmp_path / "a.pdf", "Ord"))
    assert (told.code, told.err) == (130, "archive: stopped.\n")


class Ingesting:
    """An `archive ingest` that has drawn the first of many files."""

    def __init__(self, data: Path, folder: Path, **signals: list[signal.Signals]) -> None:
        for number in range(16):
            report(folder / f"{number:02}.pdf", f"ord{number}", page_count=3)
        self._process = started(data, "ingest", "--json", folder, is_new=bool(signals), **signals)
        self._read_until('"drawn"')

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Send a signal; return the exit code and what was said on stderr."""
        self._process.send_signal(number)
        _, errors = self._process.communicate(timeout=HANG_S)
        return self._process.wait(), errors

    def goes_on_after(self, number: signal.Signals) -> bool:
        """Send a signal; return whether files are taken in after that."""
        self._process.send_signal(number)
        for _ in range(3):
            self._read_until('"drawn"')
        return self._process.poll() is None

    def _read_until(self, words: str) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            if words in line:
                return
        raise AssertionError(self._process.communicate()[1])


def test_ingest_that_is_stopped_by_hand_says_so_and_can_go_on(run: Run, data: Path, tmp_path: Path) -> None:
    assert Ingesting(data, tmp_path / "in").end(signal.SIGINT) == (130, "archive: stopped.\n")
    assert list((data / "workers").glob("*.lock")) == []
    assert run("ingest", "--quiet", tmp_path / "in").code == 0
    assert run("verify", "--json").json["problems"] == []


@pytest.mark.parametrize("inherited", [{"ignored": [signal.SIGTERM]}, {"blocked": [signal.SIGTERM]}])
def test_sigterm_stops_an_ingest_whatever_it_inherited(
    data: Path, tmp_path: Path, inherited: dict[str, list[signal.Signals]]
) -> None:
    assert Ingesting(data, tmp_path / "in", **inherited).end(signal.SIGTERM) == (143, "archive: stopped.\n")
    assert list((data / "workers").glob("*.lock")) == []


def test_ingest_in_the_background_is_stopped_by_sigterm_and_not_by_ctrl_c(data: Path, tmp_path: Path) -> None:
    running = Ingesting(data, tmp_path / "in", ignored=[signal.SIGINT])
    assert running.goes_on_after(signal.SIGINT)
    assert running.end(signal.SIGTERM) == (143, "archive: stopped.\n")


@pytest.mark.parametrize("arguments", [["search", "--json", "gruv*"], ["show", "ID"], ["--help"]])
def test_reader_of_the_output_may_go_away(filled: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        ended = subprocess.run(
            command(filled, *arguments), stdout=nobody, stderr=subprocess.PIPE, text=True, check=False
        )
    assert "Traceback" not in ended.stderr
    assert "Exception" not in ended.stderr
    assert ended.returncode in (1, 2)


def test_ingest_goes_quietly_when_the_reader_of_its_lines_has_gone(data: Path, files: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        ended = subprocess.run(
            command(data, "ingest", "--json", files),
            env={**os.environ, **SMALL},
            stdout=nobody,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (1, "")


def test_terminal_without_the_letters_gets_signs_for_them(filled: Path) -> None:
    told = run_anew(filled, "search", "slut", PYTHONIOENCODING="latin-1:strict")
    assert (told.code, told.err) == (0, "")
    assert "Tack \\u2013 slut" in told.out


def test_misspelt_command_names_the_one_that_was_meant(run: Run) -> None:
    told = run("stauts")
    assert told.code == 2
    assert_one_line(told, "No such command 'stauts'. Did you mean 'status'?")
