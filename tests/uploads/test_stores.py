"""The contract of `UploadStore`, run by the stores in a folder and in a bucket."""

import hashlib
import io
import itertools
from pathlib import Path

import pytest

from archive.disk.file_lock import try_lock
from archive.errors import Busy, NotFound, UploadConflict
from archive.store.s3_bucket import Bucket
from archive.uploads.bucket_store import BucketUploadStore
from archive.uploads.local_store import LocalUploadStore
from archive.uploads.upload_store import UploadStore
from tests.servers.versitygw.fixtures import s3_server
from tests.servers.versitygw.server import S3Server

__all__ = ["s3_server"]

_numbers = itertools.count()
ID, OTHER = "0" * 32, "f" * 32


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> UploadStore:
    return (
        LocalUploadStore(tmp_path / "uploads") if request.param == "folder" else in_bucket(request, tmp_path)
    )


def in_bucket(request: pytest.FixtureRequest, tmp_path: Path) -> BucketUploadStore:
    return BucketUploadStore(new_bucket(request), tmp_path)


def new_bucket(request: pytest.FixtureRequest) -> Bucket:
    server: S3Server = request.getfixturevalue("s3_server")
    name = f"uploads-{next(_numbers)}"
    server.make_bucket(name)
    return Bucket(server.settings(name))


def append(store: UploadStore, offset: int, content: bytes, sha256: str = "") -> int:
    return store.append(ID, offset, io.BytesIO(content), len(content), sha256)


def test_pieces_make_the_file(store: UploadStore) -> None:
    assert store.size_bytes(ID) == 0
    assert append(store, 0, b"abc") == 3
    assert append(store, 3, b"defg") == 7
    assert store.size_bytes(ID) == 7
    assert store.path(ID).read_bytes() == b"abcdefg"
    assert store.touched_at_s(ID)
    assert list(store.upload_ids()) == [ID]


@pytest.mark.parametrize("offset", [0, 2, 4])
def test_piece_that_begins_elsewhere_changes_nothing(store: UploadStore, offset: int) -> None:
    append(store, 0, b"abc")
    with pytest.raises(UploadConflict):
        append(store, offset, b"xyz")
    assert store.path(ID).read_bytes() == b"abc"


def test_piece_with_other_bytes_than_its_sum_is_not_kept(store: UploadStore) -> None:
    append(store, 0, b"abc")
    with pytest.raises(UploadConflict):
        append(store, 3, b"def", hashlib.sha256(b"dex").hexdigest())
    assert append(store, 3, b"def", hashlib.sha256(b"def").hexdigest()) == 6


def test_piece_that_ends_early_is_kept_as_far_as_it_goes(store: UploadStore) -> None:
    assert store.append(ID, 0, io.BytesIO(b"abc"), 10) == 3
    assert store.append(ID, 3, io.BytesIO(b"defgh"), 2) == 5
    assert store.path(ID).read_bytes() == b"abcde"


class _Broken(io.BytesIO):
    """A piece that cannot be read to its end."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ArithmeticError
        return super().read(2)


def test_nothing_is_kept_of_a_piece_that_fails(store: UploadStore) -> None:
    append(store, 0, b"abc")
    with pytest.raises(ArithmeticError):
        store.append(ID, 3, _Broken(b"defg"), 4)
    assert store.size_bytes(ID) == 3


def test_what_is_removed_is_gone_and_may_be_removed_again(store: UploadStore) -> None:
    append(store, 0, b"abc")
    store.remove(ID)
    store.remove(ID)
    assert list(store.upload_ids()) == []
    assert store.touched_at_s(ID) is None
    with pytest.raises(NotFound):
        store.path(ID)


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON.pptx", "", "0" * 31 + "/"])
def test_no_name_but_an_identifier_is_a_file(store: UploadStore, name: str) -> None:
    with pytest.raises(NotFound):
        store.append(name, 0, io.BytesIO(b"x"), 1)
    with pytest.raises(NotFound):
        store.path(name)


def test_two_pieces_of_one_file_are_not_written_at_once(tmp_path: Path) -> None:
    store = LocalUploadStore(tmp_path / "uploads")
    append(store, 0, b"abc")
    with store.path(ID).open("rb") as writer:
        assert try_lock(writer.fileno())
        with pytest.raises(Busy):
            append(store, 3, b"def")
    assert append(store, 3, b"def") == 6


def test_room_is_told(store: UploadStore) -> None:
    assert store.free_bytes() > 0


def test_empty_file_is_there(store: UploadStore) -> None:
    assert append(store, 0, b"") == 0
    assert store.path(ID).read_bytes() == b""
    assert list(store.upload_ids()) == [ID]
    assert append(store, 0, b"abc") == 3
    assert store.path(ID).read_bytes() == b"abc"
    store.remove(ID)
    assert list(store.upload_ids()) == []


def test_bucket_lets_one_of_two_pieces_of_one_place(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    store = in_bucket(request, tmp_path)

    class Overtaken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if not self.tell():
                append(store, 0, b"annan")
            return super().read(size)

    with pytest.raises(Busy):
        store.append(ID, 0, Overtaken(b"denna"), 5)
    assert store.path(ID).read_bytes() == b"annan"


def test_bucket_s_file_grows_as_pieces_come_to_another_machine(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    bucket = new_bucket(request)
    (tmp_path / "other").mkdir()
    here, there = BucketUploadStore(bucket, tmp_path), BucketUploadStore(bucket, tmp_path / "other")
    append(here, 0, b"abc")
    assert there.path(ID).read_bytes() == b"abc"
    assert append(there, 3, b"def") == 6
    assert here.path(ID).read_bytes() == there.path(ID).read_bytes() == b"abcdef"
