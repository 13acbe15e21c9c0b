"""Uploads in a folder of the archive: a file each, whose size is how far it has come.

A piece is written at the end and synced before it is acknowledged. Whoever is killed meanwhile leaves a file
that ends within the piece: those bytes are right, and the sender asks how many there are. The name on the
disk is the upload's identifier, never what its sender calls it.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from archive.disk import own_folders
from archive.disk.durable_files import storage_failures, sync_to_disk
from archive.disk.file_lock import try_lock
from archive.errors import Busy, NotFound, UploadConflict

_CHUNK_BYTES = 256 * 1024
_NAME = re.compile(r"[0-9a-f]{32}")


class LocalUploadStore:
    """Keeps uploads in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made with the first upload."""
        self._folder = folder

    def size_bytes(self, upload_id: str) -> int:
        """Return how many bytes are safely there. Raises StorageError."""
        with storage_failures():
            try:
                descriptor = os.open(self._place(upload_id), os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError:
                return 0
            try:
                os.fsync(descriptor)  # a writer may have ended before its own
                return os.fstat(descriptor).st_size
            finally:
                os.close(descriptor)

    def append(
        self, upload_id: str, offset: int, piece: IO[bytes], piece_bytes: int, sha256: str = ""
    ) -> int:
        """Add a piece at the end; see `UploadStore.append`."""
        with self._opened(upload_id) as descriptor, storage_failures():
            end = os.fstat(descriptor).st_size
            if end != offset:
                raise UploadConflict(f"The file has {end} bytes here. Send it on from there.")
            is_whole = False
            try:
                digest = _copy(piece, descriptor, piece_bytes)
                if sha256 and digest != sha256:
                    raise UploadConflict("The bytes changed on their way. Send them again.")
                os.fsync(descriptor)
                is_whole = True
            finally:
                if not is_whole:
                    os.ftruncate(descriptor, offset)
            return os.fstat(descriptor).st_size

    def path(self, upload_id: str) -> Path:
        """Return where the bytes can be read. Raises NotFound."""
        path = self._place(upload_id)
        if not path.is_file():
            raise NotFound("The bytes of this upload are gone. Send the file again.")
        return path

    def touched_at_s(self, upload_id: str) -> float | None:
        """Return when the last piece came."""
        try:
            return self._place(upload_id).stat().st_mtime
        except OSError:
            return None

    def remove(self, upload_id: str) -> None:
        """Delete the bytes. Raises StorageError."""
        with storage_failures():
            self._place(upload_id).unlink(missing_ok=True)

    def upload_ids(self) -> Iterator[str]:
        """Yield the identifiers of all files. Raises StorageError."""
        with storage_failures():
            is_there = self._folder.is_dir()
            names = sorted(path.name for path in self._folder.iterdir()) if is_there else []
        yield from (name for name in names if _NAME.fullmatch(name))

    def free_bytes(self) -> int:
        """Return how much room is left. Raises StorageError."""
        with storage_failures():
            return shutil.disk_usage(self._folder if self._folder.is_dir() else self._folder.parent).free

    def _place(self, upload_id: str) -> Path:
        if not _NAME.fullmatch(upload_id):
            raise NotFound("There is no such upload. Send the file again.")
        return self._folder / upload_id

    @contextmanager
    def _opened(self, upload_id: str) -> Iterator[int]:
        """Open the file at its end, made where it is missing, for this writer alone."""
        place = self._place(upload_id)
        with storage_failures():
            own_folders.take(self._folder, "uploads")
            is_new = not place.exists()
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            descriptor = os.open(place, flags, 0o600)
        try:
            if not try_lock(descriptor):
                raise Busy("Another piece of this file is being received. Try again in a moment.")
            if is_new:
                with storage_failures():
                    sync_to_disk(self._folder)
            yield descriptor
        finally:
            os.close(descriptor)


def _copy(piece: IO[bytes], descriptor: int, piece_bytes: int) -> str:
    """Write a piece; return its SHA-256. Raises OSError."""
    digest = hashlib.sha256()
    left = piece_bytes
    while left > 0 and (chunk := piece.read(min(left, _CHUNK_BYTES))):
        digest.update(chunk)
        left -= len(chunk)
        rest = memoryview(chunk)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    return digest.hexdigest()
