"""A plain search over plain lists: slow, obvious, and the third witness when two engines differ.

It reads the documents themselves and shares no code with any engine. Only what `index/engine.py` promises
stands here; BM25 is written down from the formula, over the pages that are there and may be seen.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from archive.index.documents import IndexDocument, IndexPage
from archive.index.query import (
    AllOf,
    AnyOf,
    BestOf,
    FacetFilter,
    MatchAll,
    MatchNone,
    NoneOf,
    Query,
    Term,
    TermPhrase,
    TermPrefix,
)
from archive.index.schema import Facet, TextField

K1, B = 0.9, 0.75

Scores = Mapping[int, float]
Idf = Callable[[int, int], float]


def lucene_idf(page_count: int, frequency: int) -> float:
    """Return ln(1 + (N − n + ½)/(n + ½)), as Lucene's BM25Similarity has it."""
    return log(1 + (page_count - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True, slots=True)
class Held:
    """A page with its document."""

    document: IndexDocument
    page: IndexPage

    def values(self, facet: Facet) -> set[str]:
        """Return the page's values of a facet; its language stands in for the document's."""
        if facet is Facet.LANGUAGE and self.page.language:
            return {self.page.language}
        return set(self.document.facets.get(facet, ()))


class BruteForceSearch:
    """Holds documents and says which pages match a query, with scores.

    Words are weighed by the pages of ranks up to `max_rank`.
    """

    def __init__(
        self, batches: Iterable[Sequence[IndexDocument]], idf: Idf = lucene_idf, max_rank: int = 2
    ) -> None:
        self._batches = list(batches)
        documents = {document.id: document for batch in self._batches for document in batch}
        self.pages = [Held(one, page) for one in documents.values() for page in one.pages]
        self._weights = _weights(self.pages)
        self._idf = idf
        counted = [held for held in self.pages if held.page.rank <= max_rank]
        self._page_count = len(counted)
        self._frequencies = Counter(
            (field, term)
            for held in counted
            for field, tokens in held.page.terms.items()
            for term in {token.term for token in tokens}
        )
        self._field_lengths: Counter[TextField] = Counter()
        for held in counted:
            self._field_lengths.update({field: len(tokens) for field, tokens in held.page.terms.items()})

    def for_visitors(self, max_rank: int) -> "BruteForceSearch":
        """Return the same search for visitors who see pages of ranks up to `max_rank`."""
        return BruteForceSearch(self._batches, self._idf, max_rank)

    def frequency(self, field: TextField, term: str) -> int:
        """Return how many pages hold a term."""
        return self._frequencies[field, term]

    def scores(self, query: Query) -> dict[int, float]:
        """Return the score of each page that matches, by its place in `pages`."""
        match query:
            case Term(field, term, boost):
                idf = boost * self._idf_of(field, [term])
                weights = self._weights.get((field, term), {})
                return {n: self._bm25(n, field, idf, weight) for n, weight in weights.items() if weight}
            case TermPhrase(field, words, boost):
                counts = {n: self._phrase_count(n, field, words) for n in self._every()}
                idf = boost * self._idf_of(field, words)
                return {n: self._bm25(n, field, idf, count) for n, count in counts.items() if count}
            case TermPrefix(field, prefix, boost, max_terms):
                chosen = self.beginning_with(field, prefix)[:max_terms]
                return self.scores(BestOf(tuple(Term(field, term, boost) for term in chosen)))
            case AllOf(children):
                return self._all(children)
            case AnyOf(children, power):
                return self._united(children, lambda left, right: (left**power + right**power) ** (1 / power))
            case BestOf(children):
                return self._united(children, max)
            case _:
                return self._unscored(query)

    def _unscored(self, query: Query) -> dict[int, float]:
        match query:
            case FacetFilter(facet, values):
                wanted = set(values)
                return {n: 0.0 for n in self._every() if wanted & self.pages[n].values(facet)}
            case MatchAll():
                return dict.fromkeys(self._every(), 0.0)
            case MatchNone():
                return {}
        raise AssertionError(f"{query} stands in a wrong place")

    def beginning_with(self, field: TextField, prefix: str) -> list[str]:
        """Return the terms of a field with this beginning, most frequent first, then by letter."""
        found = [
            (-count, term)
            for (place, term), count in self._frequencies.items()
            if place is field and term.startswith(prefix)
        ]
        return [term for _, term in sorted(found)]

    def _every(self) -> range:
        return range(len(self.pages))

    def _all(self, children: Sequence[Query]) -> dict[int, float]:
        found = dict.fromkeys(self._every(), 0.0)
        for child in children:
            if isinstance(child, NoneOf):
                taken = self.scores(child.child)
                found = {n: score for n, score in found.items() if n not in taken}
            else:
                scores = self.scores(child)
                found = {n: score + scores[n] for n, score in found.items() if n in scores}
        return found

    def _united(self, children: Sequence[Query], join: Callable[[float, float], float]) -> dict[int, float]:
        found: dict[int, float] = {}
        for child in children:
            for n, score in self.scores(child).items():
                found[n] = join(found[n], score) if n in found else score
        return found

    def _phrase_count(self, n: int, field: TextField, words: Sequence[str]) -> int:
        held = {(token.position, token.term) for token in self.pages[n].page.terms.get(field, ())}
        return sum(
            all((start + nth, word) in held for nth, word in enumerate(words))
            for start in ({position for position, _ in held} if words else ())
        )

    def _idf_of(self, field: TextField, words: Iterable[str]) -> float:
        return sum(self._idf(self._page_count, self.frequency(field, word)) for word in words)

    def _bm25(self, n: int, field: TextField, idf: float, weight: float) -> float:
        average = self._field_lengths[field] / (self._page_count or 1) or 1.0
        norm = K1 * ((1 - B) + B * len(self.pages[n].page.terms[field]) / average)
        return idf * weight * (K1 + 1) / (weight + norm)


def _weights(pages: Sequence[Held]) -> dict[tuple[TextField, str], dict[int, float]]:
    """Return how much each word weighs on each page that has it, by the page's place."""
    found: dict[tuple[TextField, str], dict[int, float]] = {}
    for n, held in enumerate(pages):
        for field, tokens in held.page.terms.items():
            for token in tokens:
                of_word = found.setdefault((field, token.term), {})
                of_word[n] = of_word.get(n, 0) + token.boost
    return found
