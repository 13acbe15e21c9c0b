"""How common terms are on the pages of one state that a visitor may see."""

from archive.index.schema import TextField
from archive.index.whoosh.searcher.statistics import length_norm, lucene_idf
from tests.index.stock_whoosh.state import State, View


class Statistics:
    """Term and field statistics over all segments, of pages of ranks up to `max_rank`."""

    def __init__(self, state: State, max_rank: int) -> None:
        self._state = state
        self._max_rank = max_rank
        self._pages = {
            view.segment: [page for page in view.live if view.segment.ranks[page] <= max_rank]
            for view in state.views
        }
        self._page_count = sum(map(len, self._pages.values())) or 1

    def idf(self, field: TextField, term: str) -> float:
        """Return a term's idf."""
        return lucene_idf(self._page_count, frequency(self._state, field, term, self._max_rank))

    def norm(self, field: TextField, length: int) -> float:
        """Return BM25's length norm."""
        kept, key = self._state.average_lengths, (field, self._max_rank)
        if key not in kept:
            kept[key] = self._average_length(field)
        return length_norm(length, kept[key])

    def _average_length(self, field: TextField) -> float:
        total = sum(
            segment.reader.doc_field_length(page, field.value, 0) or 0
            for segment, pages in self._pages.items()
            for page in pages
        )
        return total / self._page_count or 1.0


def frequency(state: State, field: TextField, term: str, max_rank: int) -> int:
    """Return on how many pages of ranks up to `max_rank` a term is; a state counts it once."""
    kept, key = state.frequencies, (field, term, max_rank)
    if key not in kept:
        kept[key] = sum(visible_count(view, field, term, max_rank, frozenset()) for view in state.views)
    return kept[key]


def visible_count(view: View, field: TextField, term: str, max_rank: int, masked: frozenset[str]) -> int:
    """Return how many pages of a segment with a term a visitor may see."""
    if (field.value, term) not in view.segment.reader:
        return 0
    pages = view.segment.reader.postings(field.value, term).all_ids()
    return sum(view.is_visible(page, max_rank, masked) for page in pages)
