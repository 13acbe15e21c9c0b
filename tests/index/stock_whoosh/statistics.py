"""How common terms are in one state."""

from functools import cache

from archive.index.schema import TextField
from archive.index.whoosh.searcher.statistics import length_norm, lucene_idf
from tests.index.stock_whoosh.state import State


class Statistics:
    """Term and field statistics over all segments. Like Whoosh's own they count removed pages."""

    def __init__(self, state: State) -> None:
        self._segments = [view.segment for view in state.views]
        self._page_count = sum(segment.page_count for segment in self._segments) or 1
        self.idf = cache(self._idf)
        self.norm = cache(self._norm)
        self._average_length = cache(self._measure)

    def _idf(self, field: TextField, term: str) -> float:
        frequency = sum(segment.reader.doc_frequency(field.value, term) for segment in self._segments)
        return lucene_idf(self._page_count, frequency)

    def _norm(self, field: TextField, length: int) -> float:
        return length_norm(length, self._average_length(field))

    def _measure(self, field: TextField) -> float:
        total = sum(segment.reader.field_length(field.value) for segment in self._segments)
        return total / self._page_count or 1.0
