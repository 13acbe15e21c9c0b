"""Uploads on their way in storage that speaks S3, so that any machine receives the next piece.

Each piece is an object of its own, named for where it begins. Of two writers of one place the service lets
only the first (`If-None-Match: *`), so what is there never changes.
"""

import hashlib
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from archive.disk.durable_files import storage_failures
from archive.errors import Busy, NotFound, UploadConflict

if TYPE_CHECKING:
    from archive.store.s3_bucket import Bucket, StoredKey

_CHUNK_BYTES = 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{32}")
_PLACE = re.compile(r"[0-9]{16}")
_FOLDER: Final = "uploads"
_EMPTY: Final = "empty"


class BucketUploadStore:
    """Keeps uploads in a bucket; work in progress is in a folder of this machine."""

    def __init__(self, bucket: "Bucket", temporary: Path) -> None:
        """Take the bucket, and the folder for work in progress, which is cleared of old files at a start."""
        self._bucket = bucket
        self._temporary = temporary

    def size_bytes(self, upload_id: str) -> int:
        """Return how many bytes are safely there. Raises StorageError."""
        return sum(piece.size_bytes for piece in self._pieces(upload_id))

    def append(
        self, upload_id: str, offset: int, piece: IO[bytes], piece_bytes: int, sha256: str = ""
    ) -> int:
        """Add a piece at the end; see `UploadStore.append`."""
        end = self.size_bytes(upload_id)
        if end != offset:
            raise UploadConflict(f"The file has {end} bytes here. Send it on from there.")
        temporary = self._temporary / f"piece-{secrets.token_hex(16)}"
        try:
            size_bytes, digest = _copy(piece, temporary, piece_bytes)
            if sha256 and digest != sha256:
                raise UploadConflict("The bytes changed on their way. Send them again.")
            name = f"{offset:016d}" if size_bytes else _EMPTY
            if not self._bucket.put(self._key(upload_id, name), temporary, only_new=bool(size_bytes)):
                raise Busy("Another piece of this file is being received. Try again in a moment.")
        finally:
            with suppress(OSError):  # the next thorough start clears it
                temporary.unlink(missing_ok=True)
        return end + size_bytes

    def path(self, upload_id: str) -> Path:
        """Return a file of this machine with all bytes so far. Raises NotFound and StorageError."""
        pieces = self._pieces(upload_id)
        if not pieces and not list(self._bucket.keys(self._key(upload_id, ""))):
            raise NotFound("The bytes of this upload are gone. Send the file again.")
        whole = self._whole(upload_id)
        if whole.is_file() and whole.stat().st_size == sum(piece.size_bytes for piece in pieces):
            return whole
        temporary = whole.with_name(f"{whole.name}-{secrets.token_hex(8)}")
        with storage_failures(), temporary.open("xb") as file:
            for piece in pieces:
                for chunk in self._bucket.chunks(piece.key):
                    file.write(chunk)
        with storage_failures():
            temporary.replace(whole)
        return whole

    def touched_at_s(self, upload_id: str) -> float | None:
        """Return when the last piece came."""
        found = self._bucket.keys(self._key(upload_id, ""))
        return max((piece.changed_at.timestamp() for piece in found), default=None)

    def remove(self, upload_id: str) -> None:
        """Delete the bytes, the last first: a kill leaves the beginning. Raises StorageError."""
        for piece in reversed(list(self._bucket.keys(self._key(upload_id, "")))):
            self._bucket.delete(piece.key)
        with storage_failures():
            self._whole(upload_id).unlink(missing_ok=True)

    def upload_ids(self) -> Iterator[str]:
        """Yield the identifiers of all files. Raises StorageError."""
        yield from (name for name in self._bucket.folders(f"{_FOLDER}/") if _NAME.fullmatch(name))

    def free_bytes(self) -> int:
        """Return how much room is left here, where pieces are until they are sent on. Raises StorageError."""
        with storage_failures():
            return shutil.disk_usage(self._temporary).free

    def _pieces(self, upload_id: str) -> "list[StoredKey]":
        """Return the pieces that follow on each other from the beginning."""
        pieces, end = [], 0
        for found in self._bucket.keys(self._key(upload_id, "")):
            name = found.key.rpartition("/")[2]
            if _PLACE.fullmatch(name) and int(name) == end:
                pieces.append(found)
                end += found.size_bytes
        return pieces

    def _whole(self, upload_id: str) -> Path:
        return self._temporary / f"upload-{upload_id}"

    def _key(self, upload_id: str, name: str) -> str:
        if not _NAME.fullmatch(upload_id):
            raise NotFound("There is no such upload. Send the file again.")
        return f"{_FOLDER}/{upload_id}/{name}"


def _copy(piece: IO[bytes], path: Path, piece_bytes: int) -> tuple[int, str]:
    """Write a piece to a new file; return how many bytes it has, and their SHA-256. Raises StorageError."""
    digest, size_bytes = hashlib.sha256(), 0
    with storage_failures():
        file = path.open("xb")
    with file:
        while size_bytes < piece_bytes and (chunk := piece.read(min(piece_bytes - size_bytes, _CHUNK_BYTES))):
            digest.update(chunk)
            size_bytes += len(chunk)
            with storage_failures():
                file.write(chunk)
    return size_bytes, digest.hexdigest()
