import logging
import os
import stat
from pathlib import Path

import pytest

from archive.disk import data_folder, own_folders
from archive.errors import StorageError

WORK = ("tmp", "originals/tmp", "pictures/tmp")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _old(path: Path) -> Path:
    path.write_text("left")
    os.utime(path, (0, 0))
    return path


def test_new_archive_is_for_its_owner_alone(tmp_path: Path) -> None:
    data_folder.prepare(tmp_path / "data")
    for name in ("", "index", *WORK):
        assert _mode(tmp_path / "data" / name) == 0o700
    assert data_folder.exposed(tmp_path / "data") == ()


def test_folders_that_were_made_beforehand_are_closed_to_others_at_every_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for _ in range(2):
        for name in ("", "index", "originals", "pictures", "workers", *WORK):
            (data / name).mkdir(mode=0o755, parents=True, exist_ok=True)
            (data / name).chmod(0o755)
        assert data in data_folder.exposed(data)
        data_folder.prepare(data)
        for name in ("", "index", "originals", "pictures", "workers", "tmp"):
            assert _mode(data / name) == 0o700


def test_mode_that_cannot_be_set_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    data_folder.prepare(tmp_path)
    tmp_path.chmod(0o750)

    def refuse(self: Path, mode: int) -> None:
        raise PermissionError(self, mode)

    monkeypatch.setattr(Path, "chmod", refuse)
    monkeypatch.setattr(logging.getLogger("archive"), "propagate", True)
    data_folder.prepare(tmp_path)
    (told,) = set(caplog.messages)
    assert str(tmp_path) in told
    assert f"chmod 700 {tmp_path}" in told
    assert data_folder.exposed(tmp_path) == (tmp_path,)


@pytest.mark.parametrize("name", [*WORK, "index"])
def test_folder_of_somebody_else_is_not_taken_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir(parents=True)
    theirs = _old(tmp_path / name / "theirs")
    for _ in range(2):
        with pytest.raises(StorageError, match="not the archive's"):
            data_folder.prepare(tmp_path)
        data_folder.clear(tmp_path)
        assert theirs.exists()


def test_folder_with_other_files_beside_them_may_be_the_archives(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").touch()
    data_folder.prepare(tmp_path)
    assert own_folders.is_own(tmp_path, "data")


def test_archive_of_before_is_known_again_and_cleared(tmp_path: Path) -> None:
    for name in ("index/gen-1", "index/merging", *WORK):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "file").touch()
    left = [_old(tmp_path / name / "left") for name in WORK]
    data_folder.prepare(tmp_path)
    data_folder.clear(tmp_path)
    assert not any(path.exists() for path in left)
    assert own_folders.remove(tmp_path / "index" / "gen-1", "generation")
    assert own_folders.remove(tmp_path / "index" / "merging", "merging")
