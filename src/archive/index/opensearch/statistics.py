"""How common words are on the pages that a visitor may see, and what that makes of their weight.

The server weighs a word by all pages, also those that are hidden or were removed a moment ago: the order of
results would tell of them. So each word's weight is corrected by the quotient of what it is and what the
server takes it for. The server's own is read from it: in the field of words a page scores its word's idf and
nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Final, TypeAlias

from archive.index.opensearch.mapping import words_of
from archive.index.opensearch.snapshot import RemoteSnapshot
from archive.index.opensearch.terms import FILLER, beginning, read, written
from archive.index.query import AllOf, AnyOf, BestOf, NoneOf, Query, Term, TermPhrase, TermPrefix
from archive.index.schema import TextField

Word: TypeAlias = tuple[TextField, str]

MAX_CANDIDATES: Final = 500
"""Words that a beginning is expanded to at most, as in the embedded engine."""
_QUESTIONS_AT_ONCE: Final = 200
_SPARE: Final = 1_000
"""How many words more each shard tells of, so that the most frequent of all are among them."""

_PORTION: Final = 20_000

Ask: TypeAlias = Callable[[Callable[[RemoteSnapshot], Any], Any], Any]


@dataclass(frozen=True, slots=True)
class Weight:
    """What is known of a word: on how many visible pages it is, and the idf that the server gives it."""

    pages: int
    servers_idf: float


def visible(max_rank: int) -> dict[str, Any]:
    """Return the filter for pages of ranks up to `max_rank` (tombstones have none)."""
    return {"range": {"rank": {"lte": max_rank}}}


class RemoteStatistics:
    """Counts of one snapshot for visitors of one rank; what was counted once stays known."""

    def __init__(self, snapshot: RemoteSnapshot, max_rank: int) -> None:
        self._snapshot = snapshot
        self._max_rank = max_rank
        self._weights: dict[Word, Weight] = snapshot.known.setdefault(("weights", max_rank), {})
        self._beginnings: dict[tuple[TextField, str, int], tuple[str, ...]] = snapshot.known.setdefault(
            ("beginnings", max_rank), {}
        )

    def page_count(self) -> int:
        """Return how many pages the visitor may see."""
        key = ("pages", self._max_rank)
        if key not in self._snapshot.known:
            body = {
                "size": 0,
                "track_total_hits": True,
                "query": {"bool": {"filter": [visible(self._max_rank)]}},
            }
            found = self._snapshot.search(body)
            self._snapshot.known[key] = int(found["hits"]["total"]["value"])
        count: int = self._snapshot.known[key]
        return count

    def frequency(self, word: Word) -> int:
        """Return on how many visible pages a word is."""
        return self._weight(word).pages

    def correction(self, field: TextField, words: Sequence[str]) -> float:
        """Return what the server's weight of words is to be multiplied by; 0 where a word is on no page."""
        weights = [self._weight((field, word)) for word in words]
        if not all(weight.pages for weight in weights):
            return 0.0
        servers = sum(weight.servers_idf for weight in weights)
        ours = sum(lucene_idf(self.page_count(), weight.pages) for weight in weights)
        return ours / servers if servers > 0 else 1.0

    def prepare(self, query: Query) -> None:
        """Count all words of a query at once, those that its beginnings stand for with them."""
        prefixes = [one for one in leaves(query) if isinstance(one, TermPrefix)]
        self._expand([one for one in prefixes if _key(one) not in self._beginnings])
        words: list[Word] = []
        for leaf in leaves(query):
            if isinstance(leaf, Term):
                words.append((leaf.field, leaf.term))
            elif isinstance(leaf, TermPhrase):
                words += [(leaf.field, term) for term in leaf.terms]
            elif isinstance(leaf, TermPrefix):
                words += [(leaf.field, term) for term in self.beginning_with(leaf)]
        self.count(words)

    def beginning_with(self, prefix: TermPrefix) -> tuple[str, ...]:
        """Return the words that a beginning stands for, most frequent first, then by letter."""
        if _key(prefix) not in self._beginnings:
            self._expand([prefix])
        return self._beginnings[_key(prefix)]

    def count(self, words: Iterable[Word]) -> None:
        """Count some words, as many as are not known yet."""
        unknown = [word for word in dict.fromkeys(words) if word not in self._weights]
        for start in range(0, len(unknown), _QUESTIONS_AT_ONCE):
            some = unknown[start : start + _QUESTIONS_AT_ONCE]
            answers = self._snapshot.searches([self._question(word) for word in some])
            for word, answer in zip(some, answers, strict=True):
                hits = answer["hits"]
                self._weights[word] = Weight(int(hits["total"]["value"]), float(hits["max_score"] or 0.0))

    def _weight(self, word: Word) -> Weight:
        if word not in self._weights:
            self.count([word])
        return self._weights[word]

    def _question(self, word: Word) -> dict[str, Any]:
        field, term = word
        found = {"term": {words_of(field): {"value": written(term)}}}
        scored = {"bool": {"must": [found], "filter": [visible(self._max_rank)]}}
        return {"size": 1, "track_total_hits": True, "query": scored}

    def _expand(self, prefixes: Sequence[TermPrefix]) -> None:
        bodies = [
            prefix_body(
                one.field, one.prefix, [visible(self._max_rank)], [], min(one.max_terms, MAX_CANDIDATES)
            )
            for one in prefixes
        ]
        for prefix, answer in zip(prefixes, self._snapshot.searches(bodies), strict=True):
            terms = tuple(term for term, _ in counted_words(answer))
            self._beginnings[_key(prefix)] = terms[: max(0, prefix.max_terms)]


def lucene_idf(page_count: int, frequency: int) -> float:
    """Return a word's idf: ln(1 + (N - n + .5) / (n + .5)), as in Lucene's BM25Similarity."""
    return log(1 + (page_count - frequency + 0.5) / (frequency + 0.5))


def prefix_body(
    field: TextField, prefix: str, filters: list[Any], without: list[Any], limit: int
) -> dict[str, Any]:
    """Return the question for the words of a field that begin so, most frequent first, then by letter."""
    words = words_of(field)
    begins = [{"prefix": {words: {"value": written(prefix)}}}] if prefix else []
    counted = {
        "field": words,
        "include": beginning(prefix),
        "size": max(1, limit) + 1,
        "shard_size": max(1, limit) + _SPARE,
    }
    return {
        "size": 0,
        "query": {"bool": {"filter": [*filters, *begins], "must_not": without}},
        "aggs": {"words": {"terms": counted}},
    }


def counted_words(answer: dict[str, Any]) -> list[tuple[str, int]]:
    """Return the words of an answer to `prefix_body` with their pages, in order."""
    buckets = answer["aggregations"]["words"]["buckets"]
    words = [(read(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(words, key=lambda item: (-item[1], item[0]))


def leaves(query: Query) -> Iterator[Query]:
    """Yield the parts of a query that are not made of others."""
    match query:
        case AllOf(children) | BestOf(children) | AnyOf(children):
            for child in children:
                yield from leaves(child)
        case NoneOf(child):
            yield from leaves(child)
        case _:
            yield query


def _key(prefix: TermPrefix) -> tuple[TextField, str, int]:
    return prefix.field, prefix.prefix, prefix.max_terms


class ServerVocabulary:
    """The terms on the pages of ranks up to `max_rank`, in the newest state when it is asked."""

    def __init__(self, ask: Ask, max_rank: int) -> None:
        self._ask = ask
        self._max_rank = max_rank

    def page_count(self) -> int:
        """Return how many such pages there are."""
        count: int = self._ask(lambda snapshot: RemoteStatistics(snapshot, self._max_rank).page_count(), 0)
        return count

    def frequencies(self, field: TextField, terms: Sequence[str]) -> list[int]:
        """Return on how many pages each term occurs in a field, 0 for unknown ones, in the order given."""

        def count(snapshot: RemoteSnapshot) -> list[int]:
            statistics = RemoteStatistics(snapshot, self._max_rank)
            statistics.count((field, term) for term in terms)
            return [statistics.frequency((field, term)) for term in terms]

        counts: list[int] = self._ask(count, [0] * len(terms))
        return counts

    def terms(self, field: TextField) -> Iterator[tuple[str, int]]:
        """Yield every term of a field with the number of pages it occurs on, in order of the terms."""
        counted: list[tuple[str, int]] = self._ask(lambda snapshot: self._all(snapshot, field), [])
        yield from counted

    def _all(self, snapshot: RemoteSnapshot, field: TextField) -> list[tuple[str, int]]:
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
    snapshot: RemoteSnapshot,
    field: TextField,
    prefix: str,
    max_rank: int,
    masked: frozenset[str],
    limit: int,
) -> tuple[str, ...]:
    """Return the terms that begin with `prefix`, with only the pages counted that a visitor may see."""
    if limit <= 0:
        return ()
    without = [{"terms": {"document": sorted(masked)}}] if masked else []
    body = prefix_body(field, prefix, [visible(max_rank)], without, min(limit, MAX_CANDIDATES))
    return tuple(term for term, _ in counted_words(snapshot.search(body))[:limit])
