"""How common terms are in one snapshot."""

from collections.abc import Sequence

from archive.index.schema import TextField
from archive.index.whoosh.searcher.bm25 import length_norm, lucene_idf
from archive.index.whoosh_stock.snapshot import Leaf


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
        """Return how much a term tells."""
        found = self._idfs.get((field, term))
        if found is None:
            found = lucene_idf(self._page_count, self.document_frequency(field, term))
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
        norm = length_norm(length, self._average)
        self[length] = norm
        return norm
