"""Where terms are in a snapshot's segments and how common they are, and BM25F, which weighs them by that."""

from math import log
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh import scoring

from archive.index.schema import TextField
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.prefix import expansion
from archive.index.whoosh.searcher.queries import FrequentPrefix
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.postings import LENGTHS, FieldPostings

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


class LuceneBM25F(scoring.BM25F):
    """The same weighting for Whoosh's own matchers."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """Return a term's idf in the whole index."""
        parent = searcher.get_parent()
        return lucene_idf(parent.doc_count_all(), parent.doc_frequency(fieldname, text))


class Statistics:
    """Term and field statistics over all segments; for one search, in one thread.

    Like Whoosh's own they count removed pages until their segment is merged.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
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
        """Return how many pages have the term, removed ones included."""
        places = zip(self.snapshot.views, self._all_places(field, term), strict=True)
        return sum(view.segment.fields[field].frequency(place) for view, place in places if place >= 0)

    def idf(self, field: str, term: str) -> float:
        """Return a term's inverse document frequency."""
        idf = self._idfs.get((field, term))
        if idf is None:
            frequency = self.document_frequency(field, term)
            idf = self._idfs[field, term] = lucene_idf(self.snapshot.page_count or 1, frequency)
        return idf

    def norms(self, field: str) -> NDArray[np.float64]:
        """Return BM25's length norm for each of Whoosh's 256 lengths, shape (256,)."""
        norms = self.snapshot.norms.get(field)
        if norms is None:
            total = sum(postings.length_sum for postings in self._fields(field) if postings)
            average = total / (self.snapshot.page_count or 1) or 1.0
            norms = self.snapshot.norms[field] = length_norm(LENGTHS.astype(np.float64), average)
        return norms

    def expanded(self, nth: int, prefix: FrequentPrefix) -> tuple[Array, NDArray[np.float64]]:
        """Return the places in segment `nth` of a prefix's terms, and their idfs, shape (n_terms,) each."""
        terms = expansion(self.snapshot, TextField(prefix.fieldname), prefix.text, prefix.max_terms)
        places = terms.places(nth)
        present = np.flatnonzero(places >= 0)
        pages = self.snapshot.page_count or 1
        idfs = [lucene_idf(pages, frequency) for frequency in terms.counts[present].tolist()]
        return places[present], np.array(idfs, np.float64)
