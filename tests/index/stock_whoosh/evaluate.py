"""Answer a query on one segment: page number in the segment → score.

It is worked out set by set over whole posting lists instead of with Whoosh's query classes: those drop pages
that score 0 from a union (ArrayUnionMatcher). Pages that were removed since may be among the results; the
caller leaves them out by their View.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, cast

from whoosh.reading import TermNotFound

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
from archive.index.schema import TextField
from archive.index.whoosh.searcher.statistics import bm25
from tests.index.stock_whoosh.prefix import PrefixTerms
from tests.index.stock_whoosh.state import State, View
from tests.index.stock_whoosh.statistics import Statistics

Scores = Mapping[int, float]
_NOTHING: Scores = {}


class Evaluator:
    """Answers queries against one state for visitors of one rank; for one search, in one thread."""

    def __init__(self, state: State, max_rank: int) -> None:
        self._max_rank = max_rank
        self._statistics = Statistics(state, max_rank)
        self._prefix_terms = PrefixTerms(state)
        self._by_type: Mapping[type, Callable[[Any, View], Scores]] = {
            Term: self._term,
            TermPhrase: self._phrase,
            TermPrefix: self._prefix,
            FacetFilter: self._value,
            AllOf: self._all,
            AnyOf: self._any,
            BestOf: self._best,
            MatchAll: self._every,
            MatchNone: lambda _query, _view: _NOTHING,
        }

    def scores(self, query: Query, view: View) -> Scores:
        """Return the pages of one segment that match, with their scores."""
        return self._by_type[type(query)](query, view)

    def _term(self, query: Term, view: View) -> Scores:
        postings = _postings(view, query.field, query.term)
        if postings is None:
            return _NOTHING
        idf = self._statistics.idf(query.field, query.term) * query.boost
        lengths = view.segment.lengths(query.field)
        found: dict[int, float] = {}
        while postings.is_active():
            page = postings.id()
            found[page] = bm25(idf, postings.weight(), self._statistics.norm(query.field, lengths[page]))
            postings.next()
        return found

    def _phrase(self, query: TermPhrase, view: View) -> Scores:
        starts = _phrase_starts(view, query)
        idf = sum(self._statistics.idf(query.field, term) for term in query.terms) * query.boost
        lengths = view.segment.lengths(query.field)
        # The phrase counts as one term whose idf is the sum of its words' (as in Lucene's PhraseQuery).
        return {
            page: bm25(idf, count, self._statistics.norm(query.field, lengths[page]))
            for page, count in starts.items()
        }

    def _prefix(self, query: TermPrefix, view: View) -> Scores:
        terms = self._prefix_terms.most_frequent(query.field, query.prefix, self._max_rank, query.max_terms)
        return self._best(BestOf(tuple(Term(query.field, term, query.boost) for term in terms)), view)

    def _value(self, query: FacetFilter, view: View) -> Scores:
        wanted = set(query.values)
        units = view.segment.units
        fitting = {
            n for n, unit in enumerate(units) if not wanted.isdisjoint(unit.facets.get(query.facet, ()))
        }
        if not fitting:
            return _NOTHING
        return {page: 0.0 for page, unit in enumerate(view.unit_of) if unit in fitting}

    def _all(self, query: AllOf, view: View) -> Scores:
        kept = []
        for child in query.children:
            if not isinstance(child, NoneOf | MatchAll):
                kept.append(self.scores(child, view))
                if not kept[-1]:
                    return _NOTHING
        taken = [self.scores(child.child, view) for child in query.children if isinstance(child, NoneOf)]
        pages: set[int] = reduce(set.intersection, map(set, kept)) if kept else set(view.live)
        for scores in taken:
            pages -= scores.keys()
        return {page: sum(scores[page] for scores in kept) for page in pages}

    def _any(self, query: AnyOf, view: View) -> Scores:
        found: dict[int, float] = {}
        for child in query.children:
            for page, score in self.scores(child, view).items():
                found[page] = found.get(page, 0.0) + score**query.power
        return (
            found if query.power == 1 else {page: sum_ ** (1 / query.power) for page, sum_ in found.items()}
        )

    def _best(self, query: BestOf, view: View) -> Scores:
        found: dict[int, float] = {}
        for child in query.children:
            for page, score in self.scores(child, view).items():
                if score > found.get(page, -1.0):
                    found[page] = score
        return found

    def _every(self, _query: MatchAll, view: View) -> Scores:
        return dict.fromkeys(view.live, 0.0)


def _postings(view: View, field: TextField, term: str) -> Any:
    try:
        return view.segment.reader.postings(field.value, term)
    except TermNotFound:
        return None


def _phrase_starts(view: View, query: TermPhrase) -> dict[int, int]:
    """Return how often the phrase begins on each page that holds it."""
    pages: set[int] | None = None
    for term in dict.fromkeys(query.terms):
        postings = _postings(view, query.field, term)
        here = set(postings.all_ids()) if postings else set()
        pages = here if pages is None else pages & here
        if not pages:
            return {}
    places = {term: _positions(view, query.field, term, sorted(pages or ())) for term in set(query.terms)}
    found = {}
    for page in sorted(pages or ()):
        starts = set(places[query.terms[0]][page])
        for offset, term in enumerate(query.terms):
            starts &= {position - offset for position in places[term][page]}
        if starts:
            found[page] = len(starts)
    return found


def _positions(view: View, field: TextField, term: str, pages: Sequence[int]) -> dict[int, list[int]]:
    postings = _postings(view, field, term)
    found = {}
    for page in pages:
        postings.skip_to(page)
        found[page] = cast("list[int]", postings.value_as("positions"))
    return found
