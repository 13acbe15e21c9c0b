"""How searches come by the newest snapshot.

Another process may commit or publish a rebuilt index at any time: before each search the link `current` and
the names in its folder are read again (tens of microseconds).
"""

import time
from collections.abc import Callable
from threading import Lock
from typing import Final, TypeVar

from archive.index.whoosh.directory.errors import FilesVanished, damaged
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.directory.toc import latest_toc
from archive.index.whoosh.searcher.snapshot import Snapshot, open_snapshot

_ATTEMPTS: Final = 6
_PAUSE_S: Final = 0.02

_Answer = TypeVar("_Answer")


class Snapshots:
    """Gives each search the newest snapshot. Thread-safe."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._lock = Lock()
        self._open: Snapshot | None = None

    def answer(self, read: Callable[[Snapshot], _Answer], empty: _Answer) -> _Answer:
        """Return what `read` reads from the newest snapshot, or `empty` where there is no index.

        A file that vanishes while it is opened means that there is a newer state: then that one is read. A
        few times only, since the file may be missing for good.

        Raises:
            IndexUnusable: A file is missing.
        """
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(attempt * _PAUSE_S)
            try:
                snapshot = self.newest()
                return empty if snapshot is None else read(snapshot)
            except FilesVanished:
                self.close()
        raise damaged("a file is missing")

    def newest(self) -> Snapshot | None:
        """Return the newest committed state, None where there is no index. Raises FilesVanished."""
        with self._lock:
            folder = self._generations.current()
            if folder is None:
                self._open = None
                return None
            toc = latest_toc(folder)
            known = self._open if self._open and self._open.folder == folder else None
            if known is None or known.toc != toc:
                self._open = open_snapshot(folder, toc, known)
            return self._open

    def close(self) -> None:
        """Release all files; a mapped file is unmapped with the last search that reads it."""
        with self._lock:
            self._open = None
