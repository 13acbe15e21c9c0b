"""One committed state of the index, and one numbering of the strings of all its segments.

Each segment numbers its own groups, titles, orders and facet values; here they get numbers that hold for all,
once per segment. The numbering outlives commits, so that a commit costs no more than its own strings.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from archive.index.documents import Watermark
from archive.index.schema import Facet, TextField
from archive.index.whoosh.codec.codec import ArrayCodec
from archive.index.whoosh.directory.array_file import StringTable
from archive.index.whoosh.directory.errors import FilesVanished, damaged
from archive.index.whoosh.directory.generations import Generations, TocIdentity, latest_toc, stored_segments
from archive.index.whoosh.segment.schema import shared_schema
from archive.index.whoosh.segment.segment import Segment, SegmentView

_MIN_ROOM_BYTES = 1 << 18
_ROOM_BYTES_A_PAGE = 16
# A numbering is begun again when so many of its strings may be of segments that are gone.
_MAX_STALE_SHARE: Final = 0.5
_MIN_NUMBERED: Final = 10_000


class GlobalOrdinals:
    """Numbers of the strings of one column. Thread-safe."""

    def __init__(self, table: Callable[[Segment], StringTable | None]) -> None:
        self._table = table
        self._lock = Lock()
        self._number_of: dict[str, int] = {}
        self._maps: WeakKeyDictionary[Segment, NDArray[np.int32]] = WeakKeyDictionary()
        self.names: list[str] = []
        self._ranks: NDArray[np.int64] = np.empty(0, np.int64)

    def of(self, segment: Segment) -> NDArray[np.int32]:
        """Return the numbers of a segment's strings by their places in its table, shape (n_strings,)."""
        numbers = self._maps.get(segment)
        return self._number(segment) if numbers is None else numbers

    def _number(self, segment: Segment) -> NDArray[np.int32]:
        table = self._table(segment)
        with self._lock:
            numbers = []
            for value in table.raw_range(0, len(table)) if table is not None else ():
                name = value.decode("utf-8")
                number = self._number_of.get(name)
                if number is None:
                    number = self._number_of[name] = len(self.names)
                    self.names.append(name)
                numbers.append(number)
            self._maps[segment] = np.array(numbers, np.int32)
            return self._maps[segment]

    def ranks(self, segments: Sequence[Segment]) -> list[NDArray[np.int64]]:
        """Return the places of each segment's strings in the order of all strings, shape (n_strings,) each.

        They are counted from 1; "" has 0. Those of one call compare with each other, not with later ones.
        """
        numbers = [self.of(segment) for segment in segments]
        ranked = self._ranked()
        return [ranked.take(of_segment) for of_segment in numbers]

    def _ranked(self) -> NDArray[np.int64]:
        """Return the rank of each number, shape (n_numbers,)."""
        with self._lock:
            count = len(self.names)
            if self._ranks.size != count:
                ranks = np.empty(count, np.int64)
                ranks[sorted(range(count), key=self.names.__getitem__)] = np.arange(1, count + 1)
                if "" in self._number_of:
                    ranks[self._number_of[""]] = 0
                self._ranks = ranks
            return self._ranks


class Numbering:
    """The numbers of all strings that searches count and sort by."""

    def __init__(self) -> None:
        self.groups = GlobalOrdinals(lambda segment: segment.units.groups)
        self.titles = GlobalOrdinals(lambda segment: segment.units.titles)
        self.group_orders = GlobalOrdinals(lambda segment: segment.units.group_orders)
        self.orders = GlobalOrdinals(lambda segment: segment.units.orders)
        self._facets = {facet: GlobalOrdinals(_facet_table(facet)) for facet in Facet}

    def facet(self, facet: Facet) -> GlobalOrdinals:
        """Return the numbers of a facet's values."""
        return self._facets[facet]

    def is_stale(self, views: Sequence[SegmentView]) -> bool:
        """Tell whether most strings are no longer in use."""
        used = sum(len(view.segment.units.groups) for view in views)
        numbered = len(self.groups.names)
        return numbered > _MIN_NUMBERED and used < numbered * (1 - _MAX_STALE_SHARE)


def _facet_table(facet: Facet) -> Callable[[Segment], StringTable | None]:
    def table(segment: Segment) -> StringTable | None:
        column = segment.units.facet(facet)
        return None if column.is_empty else column.table

    return table


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
