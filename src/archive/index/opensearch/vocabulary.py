"""The words that one kind of visitor may see."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from archive.index.opensearch.mapping import words_of
from archive.index.opensearch.snapshot import Snapshot
from archive.index.opensearch.statistics import (
    MAX_CANDIDATES,
    Statistics,
    counted_words,
    prefix_body,
    visible,
)
from archive.index.opensearch.terms import FILLER, read
from archive.index.schema import TextField

_PORTION: Final = 20_000

Ask: TypeAlias = Callable[[Callable[[Snapshot], Any], Any], Any]


class ServerVocabulary:
    """The terms on the pages of ranks up to `max_rank`, in the newest state when it is asked."""

    def __init__(self, ask: Ask, max_rank: int) -> None:
        self._ask = ask
        self._max_rank = max_rank

    def page_count(self) -> int:
        """Return how many such pages there are."""
        count: int = self._ask(lambda snapshot: Statistics(snapshot, self._max_rank).page_count(), 0)
        return count

    def frequencies(self, field: TextField, terms: Sequence[str]) -> list[int]:
        """Return on how many pages each term occurs in a field, 0 for unknown ones, in the order given."""

        def count(snapshot: Snapshot) -> list[int]:
            statistics = Statistics(snapshot, self._max_rank)
            statistics.count((field, term) for term in terms)
            return [statistics.frequency((field, term)) for term in terms]

        counts: list[int] = self._ask(count, [0] * len(terms))
        return counts

    def terms(self, field: TextField) -> Iterator[tuple[str, int]]:
        """Yield every term of a field with the number of pages it occurs on, in order of the terms."""
        counted: list[tuple[str, int]] = self._ask(lambda snapshot: self._all(snapshot, field), [])
        yield from counted

    def _all(self, snapshot: Snapshot, field: TextField) -> list[tuple[str, int]]:
        listed: dict[str, Any] = {
            "size": _PORTION,
            "sources": [{"word": {"terms": {"field": words_of(field)}}}],
        }
        words: list[tuple[str, int]] = []
        while True:
            body = {
                "size": 0,
                "track_total_hits": False,
                "query": {"bool": {"filter": [visible(self._max_rank)]}},
                "aggs": {"words": {"composite": listed}},
            }
            told = snapshot.search(body)["aggregations"]["words"]
            buckets = told["buckets"]
            words += [
                (read(bucket["key"]["word"]), int(bucket["doc_count"]))
                for bucket in buckets
                if bucket["key"]["word"] != FILLER
            ]
            if len(buckets) < _PORTION:
                return sorted(words)
            listed["after"] = told["after_key"]


def suggested(
    snapshot: Snapshot, field: TextField, prefix: str, max_rank: int, masked: frozenset[str], limit: int
) -> tuple[str, ...]:
    """Return the terms that begin with `prefix`, with only the pages counted that a visitor may see."""
    if limit <= 0:
        return ()
    without = [{"terms": {"document": sorted(masked)}}] if masked else []
    body = prefix_body(field, prefix, [visible(max_rank)], without, min(limit, MAX_CANDIDATES))
    return tuple(term for term, _ in counted_words(snapshot.search(body))[:limit])
