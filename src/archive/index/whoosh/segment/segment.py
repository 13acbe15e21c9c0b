"""Segments as searches use them: one mapped file each, shared by all threads.

A segment's file never changes; which of its pages have since been removed is part of the snapshot
(`SegmentView`). A file that was unlinked stays readable until the last search that has it ends.
"""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from archive.index.documents import Watermark
from archive.index.schema import HIDDEN_RANK, POSITIONAL, Facet, TextField
from archive.index.whoosh.directory.array_file import ArrayFile, layout_fingerprint
from archive.index.whoosh.directory.errors import FilesVanished
from archive.index.whoosh.directory.storage import ARRAYS_SUFFIX
from archive.index.whoosh.segment.postings import LENGTHS, FieldPostings
from archive.index.whoosh.segment.units import Units

FINGERPRINT: Final = layout_fingerprint(
    "2 " + " ".join([*sorted(TextField), "/", *sorted(POSITIONAL), "/", *sorted(Facet)])
)
"""Changes with the fields and facets, and by its first number when arrays come to mean something else."""

_POSTINGS_AT_ONCE: Final = 4_000_000
# Looking up few pages in the postings of a term beats looking at all of them where there are so many more.
_FEW: Final = 16


class Segment:
    """One immutable segment. Thread-safe."""

    def __init__(self, folder: Path, stored: Any) -> None:
        """Open the segment that Whoosh's table of contents calls `stored`.

        Raises FilesVanished where a writer has removed its file, IndexUnusable where it is damaged.
        """
        self.id: str = stored.segment_id()
        try:
            self.file = ArrayFile(folder / stored.make_filename(ARRAYS_SUFFIX), FINGERPRINT)
        except FileNotFoundError as error:
            raise FilesVanished from error
        self.page_count: int = stored.doc_count_all()
        self.units = Units(self.file)
        # By plain strings as well: a TextField is one, and equal to it.
        self.fields: dict[str, FieldPostings] = {
            name: FieldPostings(self.file, name.value)
            for name in TextField
            if f"{name.value}/starts" in self.file
        }
        mark = self.file.meta["watermark"]
        self.watermark = Watermark(mark["epoch"], mark["seq"], mark["fingerprint"]) if mark else None
        self.watermark_page: int = mark["page"] if mark else -1

    @cached_property
    def highest_rank(self) -> int:
        """The highest visibility rank among its pages, removed ones included."""
        ranks = self.units.page_rank
        return int(ranks.max(initial=0, where=ranks < HIDDEN_RANK))


@dataclass(frozen=True)
class SegmentView:
    """A segment as one snapshot sees it: without the pages removed since."""

    segment: Segment
    removed: frozenset[int]
    _visible: dict[int, NDArray[np.bool_] | None] = field(default_factory=dict, compare=False)
    _unseen: dict[int, NDArray[np.int64]] = field(default_factory=dict, compare=False)
    _length_sums: dict[tuple[str, int], int] = field(default_factory=dict, compare=False)
    _term_counts: dict[tuple[str, int], NDArray[np.int64]] = field(default_factory=dict, compare=False)

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Per page whether the snapshot has it, shape (n_pages,); not so the watermark's page."""
        live = np.ones(self.segment.page_count, bool)
        live[list(self.removed)] = False
        if self.segment.watermark_page >= 0:
            live[self.segment.watermark_page] = False
        return live

    def visible(self, max_rank: int) -> NDArray[np.bool_] | None:
        """Return per page whether it is live and of that rank at most, shape (n_pages,); None for all."""
        if max_rank not in self._visible:
            self._visible[max_rank] = self._find_visible(max_rank)
        return self._visible[max_rank]

    def _find_visible(self, max_rank: int) -> NDArray[np.bool_] | None:
        if self.segment.highest_rank > max_rank:
            return self.live & (self.segment.units.page_rank <= max_rank)
        return self.live if self.removed - {self.segment.watermark_page} else None

    def page_count(self, max_rank: int) -> int:
        """Return how many pages are live and of that rank at most."""
        return self.segment.page_count - int(self._unseen_pages(max_rank).size)

    def length_sum(self, postings: FieldPostings, max_rank: int) -> int:
        """Return how many tokens a field has on those pages, each page's number rounded as it is kept."""
        key = (postings.name, max_rank)
        if key not in self._length_sums:
            lengths = np.bincount(postings.lengths[:], minlength=LENGTHS.size)
            lengths -= np.bincount(
                postings.lengths.take(self._unseen_pages(max_rank)), minlength=LENGTHS.size
            )
            self._length_sums[key] = int(lengths @ LENGTHS)
        return self._length_sums[key]

    def frequency(self, postings: FieldPostings, term: int, max_rank: int) -> int:
        """Return on how many of those pages a term of a field stands."""
        counts = self._term_counts.get((postings.name, max_rank))
        if counts is not None:
            return int(counts[term])
        visible, unseen = self.visible(max_rank), self._unseen_pages(max_rank)
        frequency = postings.frequency(term)
        if visible is None or not frequency:
            return frequency
        pages = postings.pages[slice(*postings.span(term))]
        if unseen.size * _FEW > frequency:
            return int(np.count_nonzero(visible.take(pages)))
        places = np.searchsorted(pages, unseen.astype(pages.dtype, copy=False))
        places[places == frequency] = 0
        return frequency - int(np.count_nonzero(pages.take(places) == unseen))

    def frequencies(
        self, postings: FieldPostings, max_rank: int, start: int = 0, end: int | None = None
    ) -> NDArray[np.int64]:
        """Return on how many of those pages the terms `start` … `end` of a field stand, shape (n_terms,).

        Those of all its terms are kept, as long as no page leaves the view.
        """
        end = len(postings.terms) if end is None else end
        visible = self.visible(max_rank)
        if visible is None:
            return postings.frequencies(np.arange(start, end))
        key = (postings.name, max_rank)
        if key not in self._term_counts:
            counts = _visible_counts(postings, postings.starts[start : end + 1].astype(np.int64), visible)
            if counts.size < len(postings.terms):
                return counts
            self._term_counts[key] = counts
        return self._term_counts[key][start:end]

    def _unseen_pages(self, max_rank: int) -> NDArray[np.int64]:
        """Return the pages that are not live or of a higher rank, in order; the watermark's, too."""
        if max_rank not in self._unseen:
            visible = self.visible(max_rank)
            mark = self.segment.watermark_page
            if visible is not None:
                self._unseen[max_rank] = np.flatnonzero(~visible)
            else:
                self._unseen[max_rank] = np.array([mark] if mark >= 0 else [], np.int64)
        return self._unseen[max_rank]

    @cached_property
    def live_count(self) -> int:
        """How many pages are live."""
        return int(np.count_nonzero(self.live))

    @cached_property
    def document_count(self) -> int:
        """How many documents have pages here; a document's pages are all in one segment."""
        units = self.segment.units
        has_pages = np.zeros(units.count + 1, bool)
        has_pages[units.page_unit[self.live]] = True
        is_live = np.zeros(len(units.documents), bool)
        is_live[units.document[has_pages[: units.count]]] = True
        return int(np.count_nonzero(is_live))


def _visible_counts(
    field: FieldPostings, starts: NDArray[np.int64], visible: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return how many pages of each term are visible, shape (n_terms,); millions of postings at a time.

    `starts` are where the postings of some terms begin that follow each other, and one more for their end.
    """
    counts = [np.zeros(0, np.int64)]
    first = 0
    while first < starts.size - 1:
        after = int(np.searchsorted(starts, starts[first] + _POSTINGS_AT_ONCE, side="right")) - 1
        after = max(after, first + 1)
        seen = visible.take(field.pages[int(starts[first]) : int(starts[after])])
        # Sums up to each place, so that a term without postings (there should be none) counts 0.
        sums = np.concatenate(([0], np.cumsum(seen, dtype=np.int64)))
        counts.append(np.diff(sums.take(starts[first : after + 1] - starts[first])))
        first = after
    return np.concatenate(counts)
