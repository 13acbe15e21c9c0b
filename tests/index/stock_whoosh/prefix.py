"""The terms behind a prefix: for prefix search and for suggestions."""

from collections import defaultdict
from itertools import islice
from typing import Final

from archive.index.schema import TextField
from tests.index.stock_whoosh.state import State
from tests.index.stock_whoosh.statistics import visible_count

MAX_TERMS_READ: Final = 5_000
_MAX_CANDIDATES: Final = 500


class PrefixTerms:
    """Terms of one state by their beginning."""

    def __init__(self, state: State) -> None:
        self._state = state

    def most_frequent(self, field: TextField, prefix: str, max_rank: int, limit: int) -> tuple[str, ...]:
        """Return the terms that begin with `prefix`, at most 500, most frequent first, then by letter.

        Pages of ranks above `max_rank` do not count.
        """
        return tuple(term for term, _ in self._counted(field, prefix, max_rank)[:limit])

    def visible(
        self, field: TextField, prefix: str, max_rank: int, masked: frozenset[str], limit: int
    ) -> tuple[str, ...]:
        """Return the same with only the pages counted that a visitor may see; no term that is on none."""
        counts = [
            (sum(visible_count(view, field, term, max_rank, masked) for view in self._state.views), term)
            for term, _ in self._counted(field, prefix, max_rank)
        ]
        seen = sorted((-count, term) for count, term in counts if count)
        return tuple(term for _, term in seen[:limit])

    def _counted(self, field: TextField, prefix: str, max_rank: int) -> list[tuple[str, int]]:
        cache = self._state.prefix_counts
        if (field, prefix, max_rank) not in cache:
            counts: dict[str, int] = defaultdict(int)
            for view in self._state.views:
                terms = view.segment.reader.iter_prefix(field.value, prefix)
                for raw, _ in islice(terms, MAX_TERMS_READ):
                    term = raw.decode("utf-8")
                    counts[term] += visible_count(view, field, term, max_rank, frozenset())
            found = sorted((-count, term) for term, count in counts.items() if count)
            cache[field, prefix, max_rank] = [(term, -count) for count, term in found[:_MAX_CANDIDATES]]
        return cache[field, prefix, max_rank]
