"""The gate at which readers wait for a writer that commits, where SQLite has no other way."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.errors import StorageError
from archive.file_lock import lock, open_lock_file, wait_for_lock

# Readers go on after this time in any case: the gate keeps writers moving, it is no lock on the data.
_WAIT_MAX_S = 1.0
_POLL_S = 0.002


class Gate:
    """The reader gate of one catalogue, for all processes."""

    def __init__(self, path: Path | None) -> None:
        """Take the file whose lock is the gate; None makes a gate at which nobody waits."""
        self._path = path

    def wait(self) -> None:
        """Wait before reading until no writer commits, at most a second."""
        handle = None if self._path is None else _open(self._path)
        if handle is None:
            return
        try:
            with suppress(StorageError):  # without locks nobody waits, and writers are as slow as they may
                wait_for_lock(handle, _WAIT_MAX_S, shared=True, poll_s=_POLL_S)
        finally:
            os.close(handle)

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Keep new readers waiting while the context lasts."""
        handle = None if self._path is None else _open(self._path)
        try:
            if handle is not None:
                with suppress(StorageError):
                    lock(handle)
            yield
        finally:
            if handle is not None:
                os.close(handle)  # opens the gate


def _open(path: Path) -> int | None:
    """Return a new handle on the gate's file; None where it cannot be made (a read-only disk, say)."""
    with suppress(OSError):
        return open_lock_file(path)
    return None
