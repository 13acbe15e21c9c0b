"""Copies in a folder of this machine of objects kept elsewhere: what was read lately is read from here.

A copy has the bytes that its name says, since it is hashed before it gets that name. The folder may be
deleted at any time.
"""

import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from archive.disk import own_folders
from archive.disk.durable_files import storage_failures
from archive.errors import OriginalDamaged
from archive.store.writing import write_new

_IN_USE_S: Final = 900.0
"""Whoever was given a copy's path may still open it; the longest bound of a reader is far below."""
_MARK: Final = ".archive-"


class LocalCopies:
    """Copies by SHA-256 in one folder. Safe for several threads and processes at once."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        """Open the folder, made where missing; copies may take `max_bytes`. Raises StorageError."""
        self._folder = folder
        self._max_bytes = max_bytes
        self._added_bytes = max_bytes  # so that the first copy looks at what is there
        with storage_failures():
            own_folders.take(folder, "work")

    def find(self, sha256: str) -> Path | None:
        """Return the path of a copy, which stays for a quarter of an hour; None where there is none."""
        path = self._folder / sha256
        try:
            os.utime(path)  # used now: it is not cleared away soon
        except OSError:
            return None
        return path

    def take(self, sha256: str, chunks: Iterable[bytes]) -> Path:
        """Make a copy of an object's bytes; return its path.

        Raises:
            OriginalDamaged: These are not the bytes that the SHA-256 names; nothing is kept.
            StorageError: The disk refuses.
        """
        with self.new_file() as temporary:
            found, size_bytes = write_new(temporary, chunks)
            if found != sha256:
                raise OriginalDamaged.of(sha256)
            return self.settle(temporary, sha256, size_bytes)

    @contextmanager
    def new_file(self) -> Iterator[Path]:
        """Give a name for a new file, which is gone at the end unless `settle` gave it its own."""
        temporary = self._folder / f"new-{secrets.token_hex(16)}"
        try:
            yield temporary
        finally:
            with suppress(OSError):  # `clear` takes it later
                temporary.unlink(missing_ok=True)

    def settle(self, temporary: Path, sha256: str, size_bytes: int) -> Path:
        """Make a finished file the copy of the object whose bytes it has. Raises StorageError."""
        path = self._folder / sha256
        with storage_failures():
            os.utime(temporary)
            temporary.replace(path)
            self._added_bytes += size_bytes
            if self._added_bytes > self._max_bytes / 10:
                self._added_bytes = 0
                self._make_room()
        return path

    def discard(self, sha256: str) -> None:
        """Delete the copy of an object that is deleted. Raises StorageError."""
        with storage_failures():
            (self._folder / sha256).unlink(missing_ok=True)

    def clear(self, older_than_s: float) -> int:
        """Delete unfinished files last written more than `older_than_s` seconds ago; return how many."""
        limit, cleared = time.time() - older_than_s, 0
        with storage_failures():
            for path in self._folder.glob("new-*"):
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < limit:
                        path.unlink()
                        cleared += 1
        return cleared

    def _make_room(self) -> None:
        """Delete what was not used for longest, until the rest fits. Raises OSError."""
        copies = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):
                    if not entry.name.startswith(_MARK):
                        status = entry.stat(follow_symlinks=False)
                        copies.append((status.st_mtime, status.st_size, entry.path))
        total, unused_since = sum(size for _, size, _ in copies), time.time() - _IN_USE_S
        for used_at, size, path in sorted(copies):
            if total <= self._max_bytes or used_at > unused_since:
                return
            Path(path).unlink(missing_ok=True)
            total -= size
