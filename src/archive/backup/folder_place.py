"""Backups in a folder of this machine, or a disk or share that is mounted there.

What is written gets its name last, after its bytes are on the disk. A snapshot is written in `unfinished/`
and renamed into `snapshots/` when all its objects are safe.
"""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from archive.backup.place import MARK, away, digest_of, foreign, full
from archive.disk import own_folders
from archive.disk.durable_files import sync_to_disk
from archive.disk.file_lock import file_lock
from archive.errors import NotFound, OriginalDamaged

_CHUNK_BYTES: Final = 1024 * 1024
_BUSY: Final = "Another backup to this place, or a restore from it, is going on. Try again when it has ended."
_NO_LINK: Final = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES)


class FolderPlace:
    """A place of backups in a folder; see `BackupPlace`."""

    def __init__(self, root: Path) -> None:
        """Name the folder, which is made with the first backup."""
        self._root = root.absolute()
        self._touched: set[Path] = set()

    @property
    def name(self) -> str:
        """Return the folder."""
        return str(self._root)

    @contextmanager
    def locked(self, shared: bool = False) -> Iterator[None]:
        """Keep others away, who share the folder; a folder that can only be read needs no lock."""
        lock = self._root / "lock"
        if shared and not (lock.exists() and os.access(lock, os.W_OK)):
            yield
            return
        with self._failures():
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            own_folders.take(self._root, "backup")
        with ExitStack() as held:
            with self._failures():
                held.enter_context(file_lock(lock, 0, _BUSY, shared=shared))
            yield

    def is_new(self) -> bool:
        """Return whether the folder is missing or empty, or was only begun."""
        with self._failures():
            if not self._root.exists():
                return True
            if self._root.is_dir() and not own_folders.is_foreign(self._root, "backup"):
                return not (self._root / MARK).exists()
            raise foreign(self.name)

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys of files below a folder."""
        with self._failures():
            for folder, _, names in os.walk(self._root / prefix, onerror=_raise_unless_missing):
                within = Path(folder).relative_to(self._root)
                yield from (f"{within}/{name}" for name in sorted(names))

    def object_sizes(self) -> dict[str, int]:
        """Return how large each object is, by its SHA-256."""
        with self._failures():
            return {
                digest: (self._root / key).stat().st_size
                for key in self.keys("objects/")
                if (digest := digest_of(key))
            }

    def chunks(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of a file."""
        with self._failures():
            try:
                file = (self._root / key).open("rb", buffering=0)
            except (FileNotFoundError, IsADirectoryError):
                raise NotFound("There is no such file in the backup.") from None
            with file:
                while chunk := file.read(_CHUNK_BYTES):
                    yield chunk

    def put_object(self, sha256: str, path: Path) -> None:
        """Keep an object: a link where it is on the same file system, else a copy; hashed in any case."""
        with self._failures(), self._temporary() as temporary:
            try:
                found = _digest(temporary) if _link(path, temporary) else _copy(path, temporary)
            except FileNotFoundError:
                if path.exists():
                    raise
                raise NotFound("The object was removed meanwhile.") from None
            if found != sha256:
                raise OriginalDamaged.of(sha256)
            shard = self._root / "objects" / sha256[:2]
            self._make(shard)
            temporary.replace(shard / sha256)
            self._touched.add(shard)

    def put(self, key: str, path: Path) -> None:
        """Write a file."""
        with self._failures(), self._temporary() as temporary:
            _copy(path, temporary, mode=0o600)
            temporary.replace(self._root / key)
            sync_to_disk((self._root / key).parent)

    def put_in_snapshot(self, snapshot: str, file: str, path: Path) -> None:
        """Write a file of a snapshot."""
        place = self._root / "unfinished" / snapshot / file
        with self._failures():
            if not (self._root / "unfinished" / snapshot).exists():
                self._make(self._root / "unfinished")
                own_folders.make(self._root / "unfinished" / snapshot, "backup")
            place.parent.mkdir(mode=0o700, exist_ok=True)
            _copy(path, place, mode=0o600)
            sync_to_disk(place.parent)

    def finish(self, snapshot: str) -> None:
        """Sync the folders of new objects, then rename the snapshot's."""
        with self._failures():
            for shard in self._touched:
                sync_to_disk(shard)
            if self._touched:
                sync_to_disk(self._root / "objects")
            self._touched.clear()
            self._make(self._root / "snapshots")
            sync_to_disk(self._root / "unfinished" / snapshot)
            (self._root / "unfinished" / snapshot).rename(self._root / "snapshots" / snapshot)
            sync_to_disk(self._root / "snapshots")
            sync_to_disk(self._root)

    def remove_snapshot(self, snapshot: str) -> None:
        """Rename a snapshot away, then remove it."""
        with self._failures():
            self._make(self._root / "unfinished")
            gone = self._root / "unfinished" / f"{snapshot}.removed"
            (self._root / "snapshots" / snapshot).rename(gone)
            sync_to_disk(self._root / "snapshots")
            own_folders.remove(gone, "backup")

    def remove_object(self, sha256: str) -> None:
        """Remove an object."""
        with self._failures():
            (self._root / "objects" / sha256[:2] / sha256).unlink(missing_ok=True)

    def clear_unfinished(self) -> int:
        """Remove half snapshots, and files that have not got their names."""
        cleared = 0
        with self._failures():
            for path in self._listed("unfinished"):
                cleared += own_folders.remove(path, "backup")
            for path in self._listed("objects"):
                if path.name.startswith("new-"):
                    path.unlink(missing_ok=True)
        return cleared

    def _listed(self, name: str) -> list[Path]:
        folder = self._root / name
        return sorted(folder.iterdir()) if folder.is_dir() else []

    @contextmanager
    def _temporary(self) -> Iterator[Path]:
        self._make(self._root / "objects")
        path = self._root / "objects" / f"new-{secrets.token_hex(16)}"
        try:
            yield path
        finally:
            with suppress(OSError):  # the next run takes it away
                path.unlink(missing_ok=True)

    def _make(self, folder: Path) -> None:
        """Make a folder in the place, which must be there itself: a disk may have been pulled out."""
        if not folder.is_dir():
            if folder.parent != self._root:
                self._make(folder.parent)
            folder.mkdir(mode=0o700)
            sync_to_disk(folder.parent)

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise (full if error.errno in (errno.ENOSPC, errno.EDQUOT) else away)(self.name) from error


def is_on_same_disk(root: Path, data: Path) -> bool:
    """Return whether a place is on the file system of the archive itself, and breaks with it."""
    try:
        return root.stat().st_dev == data.stat().st_dev
    except OSError:
        return False


def free_bytes(folder: Path) -> int:
    """Return how much room is left where a folder is or will be. Raises StorageError."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        found = os.statvfs(folder)
    except OSError as error:
        raise away(str(folder)) from error
    return found.f_bavail * found.f_frsize


def _link(path: Path, new: Path) -> bool:
    try:
        new.hardlink_to(path)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        return False
    return True


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(path: Path, new: Path, mode: int = 0o444) -> str:
    """Copy a file and sync it; return the SHA-256 of what was written."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as source, new.open("xb", buffering=0) as target:
        while chunk := source.read(_CHUNK_BYTES):
            digest.update(chunk)
            rest = memoryview(chunk)
            while rest:
                rest = rest[target.write(rest) :]
        new.chmod(mode)
        os.fsync(target.fileno())
    return digest.hexdigest()


def _raise_unless_missing(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
