"""Backups in storage that speaks S3: the same promises as in a folder."""

from pathlib import Path

import pytest

from archive.backup.bucket_place import BucketPlace
from archive.backup.making import back_up
from archive.backup.opening import open_place
from archive.backup.place import MANIFEST_SUM, object_digests, object_key, snapshots
from archive.backup.reading import remove_old
from archive.backup.restoring import restore
from archive.errors import Busy, NotFound, SettingsError
from archive.settings.settings import Settings
from archive.store.opening import open_bucket
from tests.backup.archives import filled, ignored
from tests.servers.versitygw.fixtures import s3_server
from tests.servers.versitygw.server import S3Server
from tests.waiting import wait_until

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


def test_lock_is_renewed_while_it_is_held(s3_server: S3Server, tmp_path: Path) -> None:
    s3_server.make_bucket("locked")
    bucket = open_bucket(s3_server.settings("locked").model_copy(update={"url": "s3://locked/arkiv"}))
    place = BucketPlace(bucket, "s3://locked/arkiv", renewed_s=0.01)

    def held() -> bytes:
        return b"".join(bucket.chunks("lock"))

    with place.locked():
        first = held()
        wait_until(lambda: held() != first, "the lock is written anew")
    with pytest.raises(NotFound):
        held()


def test_damaged_object_in_a_bucket_is_written_anew(s3_server: S3Server, tmp_path: Path) -> None:
    s3_server.make_bucket("mended")
    place = open_place("s3://mended/arkiv", Settings(data=tmp_path, store=s3_server.settings("mended")))
    with filled(tmp_path) as archive:
        back_up(archive, place, ignored)
        digest = next(iter(archive.originals.digests()))
        (tmp_path / "cut").write_bytes(b"cut")
        place.put(object_key(digest), tmp_path / "cut")
        assert back_up(archive, place, ignored).replaced == {digest}


def test_address_that_is_none_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="bucket"):
        open_place("s3://", Settings(data=tmp_path))
