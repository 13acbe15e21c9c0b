"""The terms behind a prefix: for prefix search and for suggestions, with bounded work."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Final

from archive.index.schema import TextField
from archive.index.whoosh_stock.segments import NO_UNIT, View
from archive.index.whoosh_stock.snapshot import Leaf, Snapshot

MAX_TERMS_READ: Final = 5_000
"""Terms looked at per segment, in the order of their letters; three letters reach fewer in most archives."""
_MAX_CANDIDATES = 500
_MAX_CACHED = 64


class Expansion:
    """Terms of one snapshot by their beginning; for one search, in one thread."""

    def __init__(self, snapshot: Snapshot, leaves: Sequence[Leaf]) -> None:
        self._cache = snapshot.expansions
        self._leaves = leaves

    def frequent_terms(self, field: TextField, prefix: str, limit: int) -> tuple[str, ...]:
        """Return the terms that begin with `prefix`, at most 500, most frequent first, then by letter."""
        return tuple(term for term, _ in self._counted(field, prefix)[:limit])

    def visible_terms(
        self, field: TextField, prefix: str, max_rank: int, masked: frozenset[str], limit: int
    ) -> tuple[str, ...]:
        """Return the same with only the pages counted that a visitor may see; no term that is on none."""
        seen: list[tuple[int, str]] = []
        for term, most in self._counted(field, prefix):
            # A term is never on more visible pages than on all, so the rest cannot do better.
            if sum(count > most for count, _ in seen) >= limit:
                break
            count = sum(visible_count(leaf, field, term, max_rank, masked) for leaf in self._leaves)
            if count:
                seen.append((count, term))
        seen.sort(key=lambda one: (-one[0], one[1]))
        return tuple(term for _, term in seen[:limit])

    def _counted(self, field: TextField, prefix: str) -> list[tuple[str, int]]:
        found = self._cache.get((field, prefix))
        if found is None:
            counts: dict[str, int] = defaultdict(int)
            for leaf in self._leaves:
                for term, info in islice(leaf.reader.iter_prefix(field.value, prefix), MAX_TERMS_READ):
                    counts[term.decode("utf-8")] += info.doc_frequency()
            found = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MAX_CANDIDATES]
            if len(self._cache) >= _MAX_CACHED:
                self._cache.clear()
            self._cache[field, prefix] = found
        return found


def visible_count(leaf: Leaf, field: TextField, term: str, max_rank: int, masked: frozenset[str]) -> int:
    """Return how many pages of a segment with a term a visitor may see."""
    view = leaf.view
    if (field.value, term) not in leaf.reader:
        return 0
    if not view.removed and view.highest_rank <= max_rank and masked.isdisjoint(view.documents):
        return int(leaf.reader.doc_frequency(field.value, term))
    pages = leaf.reader.postings(field.value, term).all_ids()
    return sum(is_visible(view, page, max_rank, masked) for page in pages)


def is_visible(view: View, page: int, max_rank: int, masked: frozenset[str]) -> bool:
    """Tell whether a visitor may see a page of the segment."""
    unit = view.unit_of[page]
    if unit == NO_UNIT or view.segment.ranks[page] > max_rank:
        return False
    return view.segment.units[unit].document not in masked
