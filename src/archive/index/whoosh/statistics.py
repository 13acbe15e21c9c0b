"""How common terms are in one snapshot, and BM25 from that."""

from collections.abc import Sequence
from math import log

from archive.index.whoosh.schema import K1, B
from archive.index.whoosh.snapshot import Leaf
from archive.text.terms import TextField


class Statistics:
    """Term and field statistics over all segments, worked out once a search.

    Like Whoosh's own they count removed pages until their segment is merged.
    """

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves
        self._idfs: dict[tuple[TextField, str], float] = {}
        self._averages: dict[TextField, float] = {}
        self._page_count = sum(leaf.view.segment.page_count for leaf in leaves) or 1

    def document_frequency(self, field: TextField, term: str) -> int:
        """Return how many pages hold the term, removed ones included."""
        return sum(leaf.reader.doc_frequency(field.value, term) for leaf in self._leaves)

    def idf(self, field: TextField, term: str) -> float:
        """Return how much a term tells: ln(N / (n + 1)) + 1, Whoosh's inverse document frequency."""
        found = self._idfs.get((field, term))
        if found is None:
            found = log(self._page_count / (self.document_frequency(field, term) + 1)) + 1
            self._idfs[field, term] = found
        return found

    def average_length(self, field: TextField) -> float:
        """Return the mean number of terms of a field per page, 1 where it is empty everywhere."""
        found = self._averages.get(field)
        if found is None:
            found = sum(leaf.reader.field_length(field.value) for leaf in self._leaves) / self._page_count
            self._averages[field] = found = found or 1.0
        return found


class LengthNorms(dict[int, float]):
    """BM25's k1·((1 - b) + b·length/average) by length; lengths are rounded, so there are few."""

    def __init__(self, average: float) -> None:
        super().__init__()
        self._average = average

    def __missing__(self, length: int) -> float:
        norm = K1 * ((1 - B) + B * length / self._average)
        self[length] = norm
        return norm


def bm25(idf: float, weight: float, norm: float) -> float:
    """Return BM25's score of one term on one page (Robertson and Zaragoza 2009, equation 3.15)."""
    return idf * (weight * (K1 + 1)) / (weight + norm)
