"""The words of one snapshot that visitors of one rank may see: exact counts from the mapped postings."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import TextField
from archive.index.whoosh.searcher.docset import VisiblePages
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.postings import FieldPostings
from archive.index.whoosh.segment.segment import SegmentView

_READ_AT_ONCE: Final = 10_000
_POSTINGS_AT_ONCE: Final = 4_000_000
_NO_TERMS = np.zeros(0, np.int64)


class SnapshotVocabulary:
    """The terms on a snapshot's pages of ranks up to `max_rank`. Thread-safe; keeps the snapshot's files.

    Counts of all a field's terms are kept with the view, as long as no page leaves it.
    """

    def __init__(self, snapshot: Snapshot | None, max_rank: int) -> None:
        self._views = snapshot.views if snapshot else ()
        self._max_rank = max_rank

    def frequencies(self, field: TextField, terms: Sequence[str]) -> list[int]:
        """Return on how many pages each term occurs in a field, 0 for unknown ones, in the order given."""
        by_segment = [VisiblePages(view, self._max_rank, frozenset()) for view in self._views]
        return [sum(visible.count(field, term) for visible in by_segment) for term in terms]

    def terms(self, field: TextField) -> Iterator[tuple[str, int]]:
        """Yield every term of a field with the number of pages it occurs on, in order of the terms."""
        by_segment = [
            self._counted(view, postings)
            for view in self._views
            if (postings := view.segment.fields.get(field))
        ]
        if len(by_segment) == 1:
            yield from ((term.decode("utf-8"), count) for term, count in by_segment[0])
            return
        # Terms in the order of their bytes are in the order of their letters.
        for term, same in groupby(merge(*by_segment), key=lambda item: item[0]):
            yield term.decode("utf-8"), sum(count for _, count in same)

    def _counted(self, view: SegmentView, field: FieldPostings) -> Iterator[tuple[bytes, int]]:
        counts = self._counts(view, field)
        for start in range(0, counts.size, _READ_AT_ONCE):
            some = counts[start : start + _READ_AT_ONCE].tolist()
            terms = field.terms.raw_range(start, start + len(some))
            yield from ((term, count) for term, count in zip(terms, some, strict=True) if count)

    def _counts(self, view: SegmentView, field: FieldPostings) -> NDArray[np.int64]:
        """Return on how many visible pages each term of a field occurs, shape (n_terms,)."""
        visible = view.visible(self._max_rank)
        starts = field.starts[:].astype(np.int64)
        if visible is None:
            return np.diff(starts)
        key = (field.name, self._max_rank)
        if key not in view.term_counts:
            view.term_counts[key] = _visible_counts(field, starts, visible)
        return view.term_counts[key]


def _visible_counts(
    field: FieldPostings, starts: NDArray[np.int64], visible: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return how many of each term's pages are visible, shape (n_terms,); millions of postings at a time."""
    counts = [_NO_TERMS]
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
