"""The words that one kind of visitor may see, counted by walking Whoosh's postings. Exact and slow."""

from collections import Counter
from collections.abc import Iterator, Sequence

from archive.index.schema import TextField
from archive.index.whoosh.directory.errors import index_failures
from archive.index.whoosh_stock.expansion import visible_count
from archive.index.whoosh_stock.snapshot import Leaf, StockSnapshots


class StockVocabulary:
    """The terms on the pages of ranks up to `max_rank`, in the newest state when it is asked."""

    def __init__(self, snapshots: StockSnapshots, max_rank: int) -> None:
        self._snapshots = snapshots
        self._max_rank = max_rank

    def frequencies(self, field: TextField, terms: Sequence[str]) -> list[int]:
        """Return on how many pages each term stands in a field, 0 for unknown ones, in the order given."""
        with index_failures():
            return self._snapshots.ask(
                lambda _snapshot, leaves: [
                    sum(self._count(leaf, field, term) for leaf in leaves) for term in terms
                ],
                [0] * len(terms),
            )

    def terms(self, field: TextField) -> Iterator[tuple[str, int]]:
        """Yield every term of a field with the number of pages it stands on, in order of the terms."""
        with index_failures():
            nothing: Counter[str] = Counter()
            counts = self._snapshots.ask(lambda _snapshot, leaves: self._all(leaves, field), nothing)
        return ((term, count) for term, count in sorted(counts.items()) if count)

    def _all(self, leaves: Sequence[Leaf], field: TextField) -> Counter[str]:
        counts: Counter[str] = Counter()
        for leaf in leaves:
            for raw in leaf.reader.lexicon(field.value):
                term = raw.decode("utf-8")
                counts[term] += self._count(leaf, field, term)
        return counts

    def _count(self, leaf: Leaf, field: TextField, term: str) -> int:
        return visible_count(leaf, field, term, self._max_rank, frozenset())
