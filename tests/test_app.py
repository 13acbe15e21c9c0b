"""An archive in a folder is made on first use and opened as it was left."""

import os
import stat
import time
from pathlib import Path

import pytest

from archive.app import open_archive
from archive.errors import StorageError
from archive.settings.settings import Settings
from tests.filled_archive import add, opened


def test_first_use_makes_the_folders_for_their_owner_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        data = archive.settings.data
        names = {path.name for path in data.iterdir() if path.is_dir()}
        assert names >= {"index", "originals", "pictures", "tmp"}
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert archive.health().is_ok


def test_archive_is_opened_again_without_a_rebuild(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "ett", "sidan ett")
        archive.indexer.catch_up()
        mark, epoch = archive.engine.watermark(), archive.database.epoch
        index = (archive.settings.data / "index" / "current").readlink()
    with opened(tmp_path, thorough=True) as again:
        assert (again.engine.watermark(), again.database.epoch) == (mark, epoch)
        assert (again.settings.data / "index" / "current").readlink() == index


@pytest.mark.parametrize("thorough", [False, True])
def test_what_crashed_runs_left_is_cleared_when_opened_thoroughly(tmp_path: Path, thorough: bool) -> None:
    with opened(tmp_path) as archive:
        data = archive.settings.data
    old = [data / "originals" / "tmp" / "old", data / "pictures" / "tmp" / "old", data / "tmp" / "old"]
    young = [path.with_name("young") for path in old]
    for path in (*old[:2], *young[:2]):
        path.write_bytes(b"half an object")
    for path in (old[2], young[2]):
        (path / "unpacked").mkdir(parents=True)
    day_ago = time.time() - 24 * 3600
    for path in old:
        os.utime(path, (day_ago, day_ago))
    with opened(tmp_path, thorough):
        assert [path.exists() for path in old] == [not thorough] * 3
        assert all(path.exists() for path in young), "they may belong to an ingest that is running"


def test_data_folder_that_cannot_be_made_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(StorageError, match="cannot be made"), open_archive(Settings(data=tmp_path / "file")):
        pytest.fail("opened")
