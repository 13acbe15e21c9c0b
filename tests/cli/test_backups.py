"""`archive backup`, `archive restore --into`, `archive verify --all`: what they print and end with."""

from pathlib import Path

from tests.cli.commands import Run
from tests.cli.test_verify import any_object


def test_archive_is_backed_up_checked_and_restored(full: Run, data: Path, tmp_path: Path) -> None:
    kept, new = tmp_path / "kept", tmp_path / "new"
    assert full("status", "--json").json["backup"]["made_at"] is None
    told = full("backup", kept, "--keep", "7d,4w,12m")
    assert told.code == 0
    assert "3 documents, 3 originals" in told.out
    assert "same disk" in told.err
    assert full("backup", kept, "--json").json["added"] == 0
    told = full("backup", kept, "--check")
    assert (told.code, told.out.splitlines()[-1].endswith("can be restored.")) == (0, True)
    status = full("status", "--json").json["backup"]
    assert status["made_at"]
    assert status["checked_at"]
    restored = full("restore", kept, "--into", new, "--json").json
    assert (restored["ok"], restored["originals"], restored["lost"]) == (True, 3, [])
    told = full("restore", kept, "--into", new)
    assert (told.code, told.err.count("\n")) == (1, 1)
    assert "writes over nothing" in told.err


def test_wrong_use_is_one_line(full: Run, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for arguments in (
        ("restore", tmp_path / "there"),
        ("backup", tmp_path / "kept", "--keep", "often"),
        ("backup", tmp_path / "kept", "--check", "--keep", "7d"),
        ("backup", ""),
        ("verify", "--all", "--rate", "fast"),
        ("verify", "--rate", "50MB/s"),
        ("restore", tmp_path / "a", tmp_path / "b", "--into", tmp_path / "new"),
    ):
        told = full(*arguments)
        assert (told.code, told.err.count("\n")) == (2, 1), told
    told = full("restore", tmp_path / "nowhere", "--into", tmp_path / "new")
    assert (told.code, told.err.count("\n")) == (1, 1)
    assert not (tmp_path / "kept").exists()
    assert not (tmp_path / "new").exists()


def test_damaged_original_is_named_and_brought_back(full: Run, data: Path, tmp_path: Path) -> None:
    assert full("verify", "--all", "--rate", "500MB/s").code == 0
    assert full("backup", tmp_path / "kept").code == 0
    damaged = any_object(data / "originals")
    damaged.unlink()
    told = full("verify", "--all", "--json")
    assert told.code == 1
    assert damaged.name[:12] in told.json["problems"][0]
    told = full("verify", "--all", "--from", tmp_path / "kept")
    assert told.code == 0
    assert damaged.name[:12] in told.out
    assert full("verify").code == 0
