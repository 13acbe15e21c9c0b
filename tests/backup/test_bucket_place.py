"""Backups in storage that speaks S3: the same promises as in a folder."""

from pathlib import Path

import pytest

from archive.backup.making import back_up
from archive.backup.opening import open_place
from archive.backup.place import MANIFEST_SUM, object_digests, snapshots
from archive.backup.restoring import restore
from archive.backup.retention import remove_old
from archive.errors import Busy, SettingsError
from archive.settings.settings import Settings
from tests.backup.archives import filled, ignored
from tests.servers.versitygw.fixtures import s3_server
from tests.servers.versitygw.server import S3Server

__all__ = ["s3_server"]


def test_backup_in_a_bucket_is_restored_and_kept_whole(s3_server: S3Server, tmp_path: Path) -> None:
    s3_server.make_bucket("kept")
    settings = Settings(data=tmp_path / "none", store=s3_server.settings("kept"))
    place = open_place("s3://kept/arkiv", settings)
    with filled(tmp_path) as archive:
        first = back_up(archive, place, ignored)
        (tmp_path / "half").write_bytes(b"half")
        place.put_in_snapshot("20990101T000000Z", "catalogue.db", tmp_path / "half")
        assert snapshots(place) == (first.name,)
        second = back_up(archive, place, ignored)
        assert (first.added, second.added) == (12, 0)
        assert not list(place.keys("snapshots/20990101T000000Z/"))
        with place.locked(), pytest.raises(Busy):
            back_up(archive, place, ignored)
    assert restore(place, tmp_path / "new", ignored).is_whole
    removed = remove_old(place, {"d": 1})
    assert removed.snapshots == (first.name,)
    assert len(object_digests(place)) == 12
    place.remove_snapshot(second.name)
    assert not [key for key in place.keys("snapshots/") if key.endswith(MANIFEST_SUM)]


def test_address_that_is_none_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="bucket"):
        open_place("s3://", Settings(data=tmp_path))
