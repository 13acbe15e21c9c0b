"""Objects in a folder.

An object is written in an order that survives a kill, a power loss and a full disk: temporary file, hash,
read-only, fsync; shard folder and fsync; rename; fsync of the shard folder (also when the object exists
already: the process that wrote it may have ended before its own fsync).
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.disk import own_folders
from archive.disk.durable_files import sha256_of_file, storage_failures, sync_to_disk
from archive.errors import NotFound, OriginalDamaged
from archive.store.store import StoredObject
from archive.store.writing import chunks_of, write_new

_CHUNK_BYTES = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SHARD = re.compile(r"[0-9a-f]{2}")


class FolderStore:
    """Objects by SHA-256 under one folder. Safe for several threads and processes at once."""

    def __init__(self, root: Path) -> None:
        """Open the store in `root`, which is made (mode 0700) where missing. Raises StorageError."""
        self._root = root
        self._temporary = root / "tmp"
        self._durable_shards: set[str] = set()
        with storage_failures():
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            own_folders.take(self._temporary, "work")

    def put_file(self, path: Path, max_bytes: int) -> StoredObject:
        """Store a copy of the file at `path`; return once the object is durable.

        Args:
            path: A regular file.
            max_bytes: The most that is taken, in bytes.

        Raises:
            PathError: The file is missing, unreadable or not a regular file; nothing is stored.
            TooLarge: It has more bytes; nothing is stored.
            StorageError: The disk refuses; nothing is stored.
        """
        return self._put(chunks_of(path, max_bytes))

    def put_bytes(self, data: bytes) -> StoredObject:
        """Store `data`; return once the object is durable. Raises StorageError."""
        return self._put([data])

    def path(self, sha256: str) -> Path:
        """Return the path of the object, for reading. Raises NotFound."""
        path = self._place(sha256)
        if not path.is_file():
            raise NotFound(f"There is no object {sha256[:12]} in the store.")
        return path

    def size_bytes(self, sha256: str) -> int:
        """Return how large the object is. Raises NotFound."""
        return self.path(sha256).stat().st_size

    def verify(self, sha256: str) -> None:
        """Read the whole object; raise OriginalDamaged where its bytes changed, NotFound where it is gone."""
        if _digest(self.path(sha256)) != sha256:
            raise OriginalDamaged.of(sha256)

    def digests(self) -> Iterator[str]:
        """Yield the SHA-256 of every object, in order."""
        with storage_failures():
            for shard in sorted(path for path in self._root.iterdir() if _SHARD.fullmatch(path.name)):
                names = sorted(path.name for path in shard.iterdir())
                yield from (name for name in names if _DIGEST.fullmatch(name))

    def remove(self, sha256: str) -> None:
        """Delete an object that nothing refers to. Raises NotFound and StorageError."""
        path = self.path(sha256)
        with storage_failures():
            path.unlink(missing_ok=True)
            sync_to_disk(path.parent)

    def clear_temporary(self, older_than_s: float) -> int:
        """Delete temporary files last written more than `older_than_s` seconds ago; return how many.

        Younger ones may belong to an ingest that is running.
        """
        return own_folders.clear(self._temporary, "work", older_than_s)

    def _place(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise NotFound("That is not the name of an object in the store.")
        return self._root / sha256[:2] / sha256

    def _put(self, chunks: Iterable[bytes]) -> StoredObject:
        temporary = self._temporary / secrets.token_hex(16)
        try:
            sha256, size_bytes = write_new(temporary, chunks)
            with storage_failures():
                created = self._settle(temporary, sha256)
        finally:
            _discard(temporary)
        return StoredObject(sha256, size_bytes, created)

    def _settle(self, temporary: Path, sha256: str) -> bool:
        """Move the finished temporary file to its place, unless an undamaged object is there."""
        place = self._place(sha256)
        self._make_shard(place.parent)
        known = place.exists()
        if not known or _digest(place) != sha256:
            temporary.replace(place)  # an undamaged copy replaces a damaged object
        sync_to_disk(place.parent)
        return not known

    def _make_shard(self, shard: Path) -> None:
        if shard.name in self._durable_shards:
            return
        shard.mkdir(mode=0o700, exist_ok=True)
        sync_to_disk(self._root)  # also where another process made it: it may have ended before its fsync
        self._durable_shards.add(shard.name)


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, or "" where it cannot be read."""
    try:
        return sha256_of_file(path)
    except OSError:
        return ""


def _discard(temporary: Path) -> None:
    try:
        temporary.unlink(missing_ok=True)
    except OSError:  # clear_temporary takes it later
        return
