"""One committed state of the index."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from archive.index.documents import Watermark
from archive.index.schema import TextField
from archive.index.whoosh.codec.codec import ArrayCodec
from archive.index.whoosh.directory.errors import FilesVanished, damaged
from archive.index.whoosh.directory.generations import Generations, TocIdentity, latest_toc, stored_segments
from archive.index.whoosh.segment.ordinals import Numbering
from archive.index.whoosh.segment.schema import shared_schema
from archive.index.whoosh.segment.segment import Segment, SegmentView

_MIN_ROOM_BYTES = 1 << 18
_ROOM_BYTES_A_PAGE = 16


@dataclass(frozen=True)
class Snapshot:
    """One committed state: the segments as they were after one commit.

    Attributes:
        stored: The segments as Whoosh keeps them in its table of contents.
        views: The same, opened, in the same order.
        numbering: The numbers of the strings of all segments; shared with the snapshots before and after.
        expansions: What the last prefixes searched for stand for; see `prefix.py`.
        norms: Per field and highest rank BM25's length norms of Whoosh's 256 lengths, shape (256,).
    """

    folder: Path
    toc: TocIdentity
    stored: tuple[Any, ...]
    views: tuple[SegmentView, ...]
    watermark: Watermark
    numbering: Numbering
    expansions: dict[tuple[TextField, str, int, int], Any] = field(default_factory=dict)
    norms: dict[tuple[str, int], NDArray[np.float64]] = field(default_factory=dict)

    def page_count(self, max_rank: int) -> int:
        """Return how many pages there are of ranks up to `max_rank`."""
        return sum(view.page_count(max_rank) for view in self.views)

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages there are, whatever their rank."""
        return sum(view.document_count for view in self.views), sum(view.live_count for view in self.views)


def open_snapshot(folder: Path, toc: TocIdentity, known: Snapshot | None = None) -> Snapshot:
    """Open a committed state, reusing the segments of the snapshot `known` of the same generation.

    Raises:
        FilesVanished: A writer has just replaced it.
        IndexUnusable: It is damaged.
    """
    segments = stored_segments(folder, toc, shared_schema(), ArrayCodec)
    known_views = {view.segment.id: view for view in known.views} if known else {}
    views = []
    for stored in segments:
        view = known_views.get(stored.segment_id())
        removed = frozenset(stored.deleted_docs())
        if view is not None:
            view.segment.file.check_unchanged()
        if view is None or view.removed != removed:
            view = SegmentView(view.segment if view else Segment(folder, stored), removed)
        views.append(view)
    keep_room(sum(view.segment.page_count for view in views))
    numbering = Numbering() if known is None or known.numbering.is_stale(views) else known.numbering
    return Snapshot(folder, toc, tuple(segments), tuple(views), _watermark(views), numbering)


def keep_room(page_count: int) -> None:
    """Have glibc keep room for a search's arrays instead of giving it back to the kernel after each.

    Fetching it again, page by page, took up to half of a search. Freeing a large block once raises the limits
    up to which glibc keeps (mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD: twice as much as the block).
    The block is never written to, so it takes no memory; other allocators are not changed by it.
    """
    np.empty(max(_MIN_ROOM_BYTES, page_count * _ROOM_BYTES_A_PAGE), np.uint8)


def _watermark(views: Sequence[SegmentView]) -> Watermark:
    marks = [
        view.segment.watermark
        for view in views
        if view.segment.watermark and view.segment.watermark_page not in view.removed
    ]
    if len(marks) != 1:
        raise damaged("it does not say how far it has come")
    return marks[0]


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
        """Return the newest committed state, None where there is no index.

        Raises:
            FilesVanished: A writer has just replaced it, or a file is missing.
            IndexUnusable: It is damaged.
        """
        with self._lock:
            folder = self._generations.current()
            if folder is None:
                self._open = None
                return None
            toc = latest_toc(folder)
            known = self._open if self._open and self._open.folder == folder else None
            if known is None or known.toc != toc:
                self._open = open_snapshot(folder, toc, known)
            else:
                for view in known.views:
                    view.segment.file.check_unchanged()
            return self._open

    def close(self) -> None:
        """Release all files; a mapped file is unmapped with the last search that reads it."""
        with self._lock:
            self._open = None
