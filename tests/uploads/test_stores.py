"""The contract of `UploadStore`, run by the store in a folder."""

import hashlib
import io
from pathlib import Path

import pytest

from archive.errors import Busy, NotFound, UploadConflict
from archive.file_lock import try_lock
from archive.uploads.local_store import LocalUploadStore
from archive.uploads.upload_store import UploadStore

ID, OTHER = "0" * 32, "f" * 32


@pytest.fixture
def store(tmp_path: Path) -> UploadStore:
    return LocalUploadStore(tmp_path / "uploads")


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
