import shutil
from pathlib import Path

from tests.cli.commands import Run


def test_index_is_made_anew(full: Run) -> None:
    told = full("rebuild")
    assert (told.code, told.err) == (0, "")
    assert told.out == "The index was made anew: 3 documents, 6 pages (3 read).\n"
    assert full("search", "--json", "gruvnäringen").json["total"] == 1


def test_quiet_says_nothing(full: Run) -> None:
    told = full("rebuild", "--quiet")
    assert (told.code, told.out, told.err) == (0, "", "")


def test_lost_index_is_made_again_when_it_is_needed(full: Run, data: Path) -> None:
    shutil.rmtree(data / "index")
    told = full("search", "--json", "gruvnäringen")
    assert told.code == 0
    assert told.json["total"] == 1
    assert "Rebuilding the index" in told.err
