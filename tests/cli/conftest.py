"""The command in this process, and an archive with something in it."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.cli.main import _run
from tests.cli.commands import SMALL, Result, Run
from tests.ingest.ingests import deck, report, write

SEMINAR = """
[event]
title = "Smart industri"
date = 2022-05-19
[[talk]]
topic = "Gruvnäringens framtid"
deck = "gruvor.pptx"
[[talk.speaker]]
name = "Lisa Virén"
[[report]]
title = "Exportvärden"
file = "export.pdf"
year = 2021
"""


@pytest.fixture(autouse=True)
def _small_and_tidy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Set the settings, keep what a command leaves in the current folder, and undo its logging."""
    for name, value in SMALL.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("COLUMNS", raising=False)  # readline sets it in a test process
    monkeypatch.chdir(tmp_path)
    logger = logging.getLogger("archive")
    before = logger.handlers[:], logger.propagate, logger.level
    yield
    logger.handlers[:], logger.propagate, logger.level = before


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on `data` and return what it printed."""

    def run_here(*arguments: str | Path) -> Result:
        capsys.readouterr()
        code = _run(["--data", str(data), *map(str, arguments)])
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return run_here


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder for an archive that is not there yet."""
    return tmp_path / "data"


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a seminar and a deck of its own."""
    folder = tmp_path_factory.mktemp("files")
    write(folder / "malm" / "seminar.toml", SEMINAR)
    deck(folder / "malm" / "gruvor.pptx", "Gruvnäringen i Bergslagen", "Stål och gruvor", "Tack – slut")
    report(folder / "malm" / "export.pdf", "Exporten av malm har vuxit.", page_count=2)
    deck(folder / "vind" / "Vindkraft i Gävleborg.pptx", "Vindkraft")
    return folder


@pytest.fixture(scope="session")
def filled(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an archive with `files` in it. Only to be read or copied."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    with pytest.MonkeyPatch.context() as patched:
        for name, value in SMALL.items():
            patched.setenv(name, value)
        assert _run(["--data", str(folder), "ingest", "--quiet", str(files)]) == 0
    return folder


@pytest.fixture
def full(filled: Path, data: Path, run: Run) -> Run:
    """Run commands on a copy of an archive with something in it."""
    shutil.copytree(filled, data, symlinks=True)
    return run
