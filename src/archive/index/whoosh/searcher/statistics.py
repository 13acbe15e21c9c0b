"""Where terms are in a snapshot's segments and how common they are, and BM25F, which weighs them by that."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby
from math import log
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import TextField
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.prefix import expansion
from archive.index.whoosh.searcher.queries import FrequentPrefix
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.postings import LENGTHS, FieldPostings
from archive.index.whoosh.segment.segment import SegmentView

K1: Final = 0.9
"""BM25 term saturation. Short slides want less than the usual 1.2 (measured on known-item queries)."""
B: Final = 0.75
"""BM25 length normalisation (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)."""

_Number = TypeVar("_Number", float, NDArray[np.float64])


def lucene_idf(page_count: int, frequency: int) -> float:
    """Return a term's idf: ln(1 + (N - n + .5) / (n + .5)), as in Lucene's BM25Similarity."""
    return log(1 + (page_count - frequency + 0.5) / (frequency + 0.5))


def length_norm(length: _Number, average: float) -> _Number:
    """Return BM25's k1·((1 - b) + b·length/average)."""
    return K1 * ((1 - B) + B * length / average)


def bm25(idf: float, weight: _Number, norm: _Number) -> _Number:
    """Return BM25's score of one term on one page (Robertson and Zaragoza 2009, equation 3.15)."""
    return idf * (weight * (K1 + 1)) / (weight + norm)


class Statistics:
    """Term and field statistics of what a visitor may see, over all segments; for one search, in one thread.

    Pages of ranks above `max_rank` and removed ones are not counted: the order of results would tell of them.
    (Whoosh, like Lucene, counts all until a merge.)
    """

    def __init__(self, snapshot: Snapshot, max_rank: int) -> None:
        self.snapshot = snapshot
        self.max_rank = max_rank
        self._page_count = snapshot.page_count(max_rank) or 1
        self._places: dict[tuple[str, str], list[int]] = {}
        self._idfs: dict[tuple[str, str], float] = {}

    def _fields(self, name: str) -> list[FieldPostings | None]:
        return [view.segment.fields.get(name) for view in self.snapshot.views]

    def _all_places(self, field: str, term: str) -> list[int]:
        places = self._places.get((field, term))
        if places is None:
            raw = term.encode("utf-8", "surrogatepass")
            places = [postings.terms.find(raw) if postings else -1 for postings in self._fields(field)]
            self._places[field, term] = places
        return places

    def place(self, nth: int, field: str, term: str) -> int:
        """Return a term's place in the table of segment `nth`, -1 where the segment lacks it."""
        return self._all_places(field, term)[nth]

    def document_frequency(self, field: str, term: str) -> int:
        """Return how many pages have the term."""
        places = zip(self.snapshot.views, self._all_places(field, term), strict=True)
        return sum(
            view.frequency(view.segment.fields[field], place, self.max_rank)
            for view, place in places
            if place >= 0
        )

    def idf(self, field: str, term: str) -> float:
        """Return a term's inverse document frequency."""
        idf = self._idfs.get((field, term))
        if idf is None:
            frequency = self.document_frequency(field, term)
            idf = self._idfs[field, term] = lucene_idf(self._page_count, frequency)
        return idf

    def average_length(self, field: str) -> float:
        """Return how many tokens a page has in a field on average."""
        total = sum(
            view.length_sum(postings, self.max_rank)
            for view, postings in zip(self.snapshot.views, self._fields(field), strict=True)
            if postings
        )
        return total / self._page_count or 1.0

    def norms(self, field: str) -> NDArray[np.float64]:
        """Return BM25's length norm for each of Whoosh's 256 lengths, shape (256,)."""
        norms = self.snapshot.norms.get((field, self.max_rank))
        if norms is None:
            norms = length_norm(LENGTHS.astype(np.float64), self.average_length(field))
            self.snapshot.norms[field, self.max_rank] = norms
        return norms

    def expanded(self, nth: int, prefix: FrequentPrefix) -> tuple[Array, NDArray[np.float64]]:
        """Return the places in segment `nth` of a prefix's terms, and their idfs, shape (n_terms,) each."""
        field = TextField(prefix.fieldname)
        terms = expansion(self.snapshot, field, prefix.text, self.max_rank, prefix.max_terms)
        places = terms.places(nth)
        present = np.flatnonzero(places >= 0)
        idfs = [lucene_idf(self._page_count, frequency) for frequency in terms.counts[present].tolist()]
        return places[present], np.array(idfs, np.float64)


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
        counts = [0] * len(terms)
        wanted = [(place, term.encode("utf-8", "surrogatepass")) for place, term in enumerate(terms)]
        for view in self._views:
            postings = view.segment.fields.get(field)
            if postings is None:
                continue
            for place, term in wanted:
                found = postings.terms.find(term)
                if found >= 0:
                    counts[place] += view.frequency(postings, found, self._max_rank)
        return counts

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
