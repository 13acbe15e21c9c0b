"""The store in a folder: durable at each moment, and closed to others."""

import errno
import hashlib
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import PathError, StorageError, TooLarge
from archive.store.folder_store import FolderStore
from archive.store.store import Store
from tests.store.contract import Damage, StoreContract

_MIB = 1024 * 1024


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return FolderStore(tmp_path / "originals")


@pytest.fixture
def damage(store: Store) -> Damage:
    def put_other_bytes(sha256: str, data: bytes) -> None:
        store.path(sha256).chmod(0o644)
        store.path(sha256).write_bytes(data)

    return put_other_bytes


class TestFolderStore(StoreContract):
    pass


def _temporary(store: Store, tmp_path: Path) -> list[Path]:
    return list((tmp_path / "originals" / "tmp").glob("[!.]*"))


def _is_empty(store: Store, tmp_path: Path) -> bool:
    return not list(store.digests()) and not _temporary(store, tmp_path)


def test_file_is_kept_read_only_under_its_hash(store: Store, tmp_path: Path) -> None:
    data = os.urandom(3 * _MIB + 17)
    (tmp_path / "deck.pptx").write_bytes(data)
    stored = store.put_file(tmp_path / "deck.pptx", max_bytes=len(data))
    assert (stored.sha256, stored.size_bytes, stored.created) == (
        hashlib.sha256(data).hexdigest(),
        len(data),
        True,
    )
    path = store.path(stored.sha256)
    assert path.read_bytes() == data
    assert path == tmp_path / "originals" / stored.sha256[:2] / stored.sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert _temporary(store, tmp_path) == []


def test_folder_is_closed_to_others(store: Store, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "originals").stat().st_mode) == 0o700


def test_healed_object_is_read_only_again(store: Store, damage: Damage) -> None:
    sha256 = store.put_bytes(b"riktiga bytes").sha256
    damage(sha256, b"felaktiga byt")
    path = store.path(sha256)
    assert not store.put_bytes(b"riktiga bytes").created
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_file_that_grows_while_it_is_read_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"x" * _MIB)
    write = os.write

    def write_and_grow(handle: int, data: bytes) -> int:
        with path.open("ab") as file:
            file.write(b"x" * 100)
        return write(handle, data)

    monkeypatch.setattr(os, "write", write_and_grow)
    with pytest.raises(TooLarge):
        store.put_file(path, max_bytes=_MIB)
    assert _is_empty(store, tmp_path)


@pytest.mark.parametrize("name", ["missing", "folder", "pipe", "nul\0byte"])
def test_what_is_not_a_file_is_a_path_error(store: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PathError):
        store.put_file(tmp_path / name, max_bytes=10)
    assert _temporary(store, tmp_path) == []


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_full_disk_leaves_no_object_and_no_temporary_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*arguments: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(StorageError):
            store.put_bytes(b"rymms inte")
    assert _is_empty(store, tmp_path)
    assert store.put_bytes(b"rymms inte").created


def test_short_writes_are_continued(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:3])))
        sha256 = store.put_bytes(b"skrivs i sm\xc3\xa5 bitar").sha256
    store.verify(sha256)


def test_object_is_durable_before_it_has_its_name(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(handle: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def note_replace(path: Path, target: Path) -> Path:
        calls.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    store.put_bytes(b"ett")
    assert calls == ["file", "folder", "rename", "folder"]
    calls.clear()
    store.put_bytes(b"ett")
    assert calls == ["file", "folder"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("the user of this machine may not mount a small disk")
    options = ["-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if subprocess.run(["mount", *options], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not allow mounting")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_really_full_disk_is_a_storage_error(tiny_disk: Path) -> None:
    store = FolderStore(tiny_disk / "originals")
    with pytest.raises(StorageError):
        store.put_bytes(os.urandom(_MIB))
    assert _is_empty(store, tiny_disk)
    assert store.put_bytes(b"litet").created


def test_store_below_a_file_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        FolderStore(tmp_path / "file" / "originals")


def test_digests_pass_over_foreign_files(store: Store, tmp_path: Path) -> None:
    sha256 = store.put_bytes(b"ett").sha256
    (store.path(sha256).parent / "notes.txt").touch()
    (tmp_path / "originals" / "readme").touch()
    assert list(store.digests()) == [sha256]


def test_only_old_temporary_files_are_cleared(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "originals" / "tmp"
    (folder / "old").touch()
    (folder / "young").touch()
    hour_ago = time.time() - 3600
    os.utime(folder / "old", (hour_ago, hour_ago))
    assert store.clear_temporary(older_than_s=600) == 1
    assert [path.name for path in folder.glob("[!.]*")] == ["young"]


def test_temporary_folder_of_somebody_else_is_not_cleared(tmp_path: Path) -> None:
    (tmp_path / "originals" / "tmp").mkdir(parents=True)
    theirs = tmp_path / "originals" / "tmp" / "theirs"
    theirs.touch()
    os.utime(theirs, (0, 0))
    assert FolderStore(tmp_path / "originals").clear_temporary(older_than_s=600) == 0
    assert theirs.exists()
