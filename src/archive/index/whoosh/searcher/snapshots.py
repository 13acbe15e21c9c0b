"""How searches come by the newest committed state.

Another process may commit or publish a rebuilt index at any time: before each search the link `current` and
the names in its folder are read anew (tens of microseconds).
"""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, Protocol, TypeVar

from archive.index.documents import Watermark
from archive.index.whoosh.directory.errors import FilesVanished, damaged
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.directory.toc import TocIdentity, latest_toc

_ATTEMPTS = 6
_PAUSE_S = 0.02


class SnapshotState(Protocol):
    """One committed state of an index."""

    @property
    def folder(self) -> Path:
        """The generation it belongs to."""
        ...

    @property
    def toc(self) -> TocIdentity:
        """The table of contents it was opened from."""
        ...

    @property
    def watermark(self) -> Watermark:
        """How far it has come."""
        ...

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages it holds."""
        ...

    def retire(self, successor: "SnapshotState | None") -> None:
        """Let go of what `successor` does not use; searches at work keep what they have."""
        ...


_State = TypeVar("_State", bound=SnapshotState)
_Answer = TypeVar("_Answer")


class Snapshots(Generic[_State]):
    """Gives each search the newest committed state. Thread-safe.

    `open_state` opens a state, reusing what it can of the one given (of the same generation).
    """

    def __init__(
        self, generations: Generations, open_state: Callable[[Path, TocIdentity, _State | None], _State]
    ) -> None:
        self._generations = generations
        self._open_state = open_state
        self._lock = Lock()
        self._held: _State | None = None

    def look(self, question: Callable[[_State], _Answer], empty: _Answer) -> _Answer:
        """Return the answer of the newest state, or `empty` where there is no index.

        A file that vanishes while it is opened means that a newer state is there: then ask that one. A few
        times only, since the file may be missing for good.
        """
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(attempt * _PAUSE_S)
            try:
                state = self.newest()
                return empty if state is None else question(state)
            except FilesVanished:
                self.close()
        raise damaged("a file is missing")

    def newest(self) -> _State | None:
        """Return the newest committed state, None where there is no index. Raises FilesVanished."""
        with self._lock:
            folder = self._generations.current()
            if folder is None:
                self._hold(None)
                return None
            toc = latest_toc(folder)
            held = self._held
            if held and (held.folder, held.toc) == (folder, toc):
                return held
            fresh = self._open_state(folder, toc, held if held and held.folder == folder else None)
            self._hold(fresh)
            return fresh

    def close(self) -> None:
        """Let go of all files that no search is reading."""
        with self._lock:
            self._hold(None)

    def _hold(self, fresh: _State | None) -> None:
        if self._held is not None:
            self._held.retire(fresh)
        self._held = fresh
