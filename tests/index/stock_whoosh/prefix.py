"""The terms behind a prefix: for prefix search and for suggestions."""

from collections import defaultdict
from itertools import islice
from typing import Final

from archive.index.schema import TextField
from tests.index.stock_whoosh.state import State, View

MAX_TERMS_READ: Final = 5_000
_MAX_CANDIDATES: Final = 500


class PrefixTerms:
    """Terms of one state by their beginning."""

    def __init__(self, state: State) -> None:
        self._state = state

    def most_frequent(self, field: TextField, prefix: str, limit: int) -> tuple[str, ...]:
        """Return the terms that begin with `prefix`, at most 500, most frequent first, then by letter."""
        return tuple(term for term, _ in self._counted(field, prefix)[:limit])

    def visible(
        self, field: TextField, prefix: str, max_rank: int, masked: frozenset[str], limit: int
    ) -> tuple[str, ...]:
        """Return the same with only the pages counted that a visitor may see; no term that is on none."""
        counts = [
            (sum(visible_count(view, field, term, max_rank, masked) for view in self._state.views), term)
            for term, _ in self._counted(field, prefix)
        ]
        seen = sorted((-count, term) for count, term in counts if count)
        return tuple(term for _, term in seen[:limit])

    def _counted(self, field: TextField, prefix: str) -> list[tuple[str, int]]:
        cache = self._state.prefix_counts
        if (field, prefix) not in cache:
            counts: dict[str, int] = defaultdict(int)
            for view in self._state.views:
                terms = view.segment.reader.iter_prefix(field.value, prefix)
                for term, info in islice(terms, MAX_TERMS_READ):
                    counts[term.decode("utf-8")] += info.doc_frequency()
            by_frequency = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            cache[field, prefix] = by_frequency[:_MAX_CANDIDATES]
        return cache[field, prefix]


def visible_count(view: View, field: TextField, term: str, max_rank: int, masked: frozenset[str]) -> int:
    """Return how many pages of a segment with a term a visitor may see."""
    if (field.value, term) not in view.segment.reader:
        return 0
    pages = view.segment.reader.postings(field.value, term).all_ids()
    return sum(view.is_visible(page, max_rank, masked) for page in pages)
