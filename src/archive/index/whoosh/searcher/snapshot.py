"""One committed state of the index."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.index.documents import Watermark
from archive.index.schema import Facet, TextField
from archive.index.whoosh.codec.codec import ArrayCodec
from archive.index.whoosh.directory.errors import damaged
from archive.index.whoosh.directory.toc import TocIdentity, stored_segments
from archive.index.whoosh.searcher.snapshots import SnapshotState
from archive.index.whoosh.segment.ordinals import GlobalOrdinals
from archive.index.whoosh.segment.schema import shared_schema
from archive.index.whoosh.segment.segment import Segment, SegmentView
from archive.index.whoosh.segment.strings import StringTable

# A numbering is made anew when so many of its strings may be of segments that are gone.
_MAX_STALE_SHARE = 0.5
_MIN_NUMBERED = 10_000
_MIN_ROOM_BYTES = 1 << 18
_ROOM_BYTES_A_PAGE = 16


class Numbering:
    """The numbers of all strings that searches count and sort by; see `ordinals.py`."""

    def __init__(self) -> None:
        self.groups = GlobalOrdinals(lambda segment: segment.units.groups)
        self._facets = {facet: GlobalOrdinals(_facet_table(facet)) for facet in Facet}

    def facet(self, facet: Facet) -> GlobalOrdinals:
        """Return the numbers of a facet's values."""
        return self._facets[facet]

    def is_stale(self, views: Sequence[SegmentView]) -> bool:
        """Tell whether most strings are no longer in use."""
        used = sum(len(view.segment.units.groups) for view in views)
        numbered = len(self.groups.names)
        return numbered > _MIN_NUMBERED and used < numbered * (1 - _MAX_STALE_SHARE)


def _facet_table(facet: Facet) -> Any:
    def table(segment: Segment) -> StringTable | None:
        column = segment.units.facet(facet)
        return None if column.is_empty else column.table

    return table


@dataclass(frozen=True)
class Snapshot:
    """One committed state. `expansions` keeps what the prefixes asked last stand for, `norms` BM25's length
    norms of each field.
    """

    folder: Path
    toc: TocIdentity
    stored: tuple[Any, ...]
    views: tuple[SegmentView, ...]
    watermark: Watermark
    numbering: Numbering
    expansions: dict[tuple[TextField, str, int], Any] = field(default_factory=dict)
    norms: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    @cached_property
    def page_count(self) -> int:
        """How many pages the segments hold, removed ones and watermarks included (as Whoosh counts)."""
        return sum(view.segment.page_count for view in self.views)

    @cached_property
    def title_ranks(self) -> tuple[NDArray[np.int64], ...]:
        """Per segment the place of each unit's title among all titles, counted from 1; 0 for none."""
        tables = [view.segment.units.titles for view in self.views]
        raw = [table.raw_range(0, len(table)) for table in tables]
        place = {title: nth for nth, title in enumerate(sorted({b"", *(t for one in raw for t in one)}))}
        ranks = [np.array([place[title] for title in one], np.int64) for one in raw]
        return tuple(rank[view.segment.units.title] for rank, view in zip(ranks, self.views, strict=True))

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages there are, whatever their visibility."""
        return sum(view.document_count for view in self.views), sum(view.live_count for view in self.views)

    def retire(self, successor: SnapshotState | None) -> None:
        """Do nothing: a mapped file goes with the last search that has it."""


def open_snapshot(folder: Path, toc: TocIdentity, known: Snapshot | None = None) -> Snapshot:
    """Open a committed state, reusing the segments of the state `known`.

    Raises FilesVanished where a writer has just replaced it, IndexUnusable where it is damaged.
    """
    stored = stored_segments(folder, toc, shared_schema(), ArrayCodec)
    by_id = {view.segment.id: view for view in known.views} if known else {}
    views = []
    for one in stored:
        held = by_id.get(one.segment_id())
        removed = frozenset(one.deleted_docs())
        if held and held.removed == removed:
            views.append(held)
        else:
            views.append(SegmentView(held.segment if held else Segment(folder, one), removed))
    keep_room(sum(view.segment.page_count for view in views))
    numbering = Numbering() if known is None or known.numbering.is_stale(views) else known.numbering
    return Snapshot(folder, toc, tuple(stored), tuple(views), _watermark(views), numbering)


def keep_room(page_count: int) -> None:
    """Let glibc keep room for a search's arrays instead of giving it back to the kernel after each.

    Fetching it anew, page by page, took up to half of a search. Freeing a large block once raises the limits
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
