"""The words of one snapshot that visitors of one rank may see: exact counts from the mapped postings."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby
from typing import Final

from archive.index.schema import TextField
from archive.index.whoosh.searcher.docset import VisiblePages
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.postings import FieldPostings
from archive.index.whoosh.segment.segment import SegmentView

_READ_AT_ONCE: Final = 10_000


class SnapshotVocabulary:
    """The terms on a snapshot's pages of ranks up to `max_rank`. Thread-safe; keeps the snapshot's files.

    Counts of all a field's terms are kept with the view, as long as no page leaves it.
    """

    def __init__(self, snapshot: Snapshot | None, max_rank: int) -> None:
        self._views = snapshot.views if snapshot else ()
        self._max_rank = max_rank

    def page_count(self) -> int:
        """Return how many such pages there are."""
        return sum(view.page_count(self._max_rank) for view in self._views)

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
        counts = view.frequencies(field, self._max_rank)
        for start in range(0, counts.size, _READ_AT_ONCE):
            some = counts[start : start + _READ_AT_ONCE].tolist()
            terms = field.terms.raw_range(start, start + len(some))
            yield from ((term, count) for term, count in zip(terms, some, strict=True) if count)
