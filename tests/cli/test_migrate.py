"""`archive migrate`: a copy elsewhere, compared."""

import json
from pathlib import Path

from tests.cli.commands import Run


def _elsewhere(tmp_path: Path, toml: str = "workers = 1") -> Path:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "archive.toml").write_text(toml, "utf-8")
    return tmp_path / "copy" / "archive.toml"


def test_copy_is_told_and_searched(full: Run, tmp_path: Path) -> None:
    target = _elsewhere(tmp_path)
    told = full("migrate", "--to", target)
    assert told.code == 0, told
    assert "originals" in told.out
    copied = json.loads(full("migrate", "--to", target, "--json").out)
    assert (copied["originals"], copied["differing_tables"], copied["differing_questions"]) == (3, [], [])
    assert copied["questions"] > 0


def test_copy_of_a_copy_that_was_changed_says_so(full: Run, tmp_path: Path) -> None:
    target = _elsewhere(tmp_path)
    assert full("migrate", "--to", target).code == 0
    (event,) = json.loads(full("event", "list", "--json").out)["records"]
    assert full("event", "edit", event["id"], "--title", "Annan titel").code == 0
    told = full("migrate", "--to", target)
    assert told.code == 1
    assert "event" in told.err


def test_missing_or_bad_settings_are_one_line(full: Run, tmp_path: Path) -> None:
    told = full("migrate", "--to", tmp_path / "nowhere" / "archive.toml")
    assert told.code == 2
    assert told.err.count("\n") == 1
    assert "archive.toml" in told.err
    told = full("migrate", "--to", _elsewhere(tmp_path, 'store = "/srv"'))
    assert told.code == 2
    assert "store.url" in told.err
