"""Answer a query on one segment with whole arrays: first which pages match, then what they score.

Pages that have been removed may be among those that match; the caller leaves them out (`docset.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.docset import DocSet, common_rows, difference, intersection, union
from archive.index.whoosh.searcher.fallback import StockQueries
from archive.index.whoosh.searcher.phrase import phrase_starts
from archive.index.whoosh.searcher.queries import FacetValues, FrequentPrefix, PowerOr, WhooshQuery
from archive.index.whoosh.searcher.statistics import Statistics, bm25
from archive.index.whoosh.segment.segment import SegmentView

# Terms are scored on all their pages where many pages are wanted and the terms have not many times as many.
MANY: Final = 256
_FEW: Final = 4

Scores: TypeAlias = NDArray[np.float64]
Compound: TypeAlias = whoosh_query.Or | PowerOr | whoosh_query.DisjunctionMax


class Evaluator:
    """Answers queries on one segment; for one search, in one thread."""

    def __init__(self, statistics: Statistics, nth: int, stock: Callable[[], StockQueries]) -> None:
        self._statistics = statistics
        self._nth = nth
        self._stock = stock
        self.view: SegmentView = statistics.snapshot.views[nth]
        self._limit = self.view.segment.page_count
        self._nothing = DocSet(self._limit, np.empty(0, np.int64))
        self._sets: dict[int, DocSet] = {}
        self._values: dict[int, Scores] = {}

    def matching(self, query: WhooshQuery) -> DocSet:
        """Return the pages that match a query."""
        matching = self._sets.get(id(query))
        if matching is None:
            match = _MATCHERS.get(type(query), Evaluator._match_stock)
            matching = self._sets[id(query)] = match(self, query)
        return matching

    def scores(self, query: WhooshQuery, pages: Array) -> Scores:
        """Return the scores of some pages, 0 where one does not match.

        Args:
            query: What is searched for.
            pages: Pages of the segment in order, each once, shape (n_pages,).

        Returns:
            Scores, shape (n_pages,).
        """
        return _SCORERS.get(type(query), Evaluator._score_stock)(self, query, pages)

    def _match_every(self, _query: WhooshQuery) -> DocSet:
        return DocSet(self._limit, mask=self.view.live)

    def _match_nothing(self, _query: WhooshQuery) -> DocSet:
        return self._nothing

    def _match_prefix(self, query: FrequentPrefix) -> DocSet:
        field = self.view.segment.fields.get(query.fieldname)
        if field is None:
            return self._nothing
        places, _ = self._statistics.expanded(self._nth, query)
        mask = np.zeros(self._limit, bool)
        mask[field.pages.take(field.rows_of(places))] = True
        return DocSet(self._limit, mask=mask)

    def _match_any(self, query: Compound) -> DocSet:
        sets = [matching for child in query.subqueries if len(matching := self.matching(child))]
        return union(sets, self._limit) if sets else self._nothing

    def _match_term(self, query: whoosh_query.Term) -> DocSet:
        field = self.view.segment.fields.get(query.fieldname)
        place = self._statistics.place(self._nth, query.fieldname, query.text)
        if field is None or place < 0:
            return self._nothing
        start, end = field.span(place)
        return DocSet(self._limit, field.pages[start:end])

    def _match_phrase(self, query: whoosh_query.Phrase) -> DocSet:
        if query.slop != 1:
            return self._match_stock(query)
        field = self.view.segment.fields.get(query.fieldname)
        places = [self._statistics.place(self._nth, query.fieldname, word) for word in query.words]
        if field is None or min(places, default=-1) < 0:
            return self._nothing
        pages, counts = phrase_starts(field, places, self._limit)
        self._values[id(query)] = counts.astype(np.float64)
        return DocSet(self._limit, pages)

    def _match_values(self, query: FacetValues) -> DocSet:
        units = self.view.segment.units
        holds = units.facet(query.facet).holding(query.values, units.count)
        return DocSet(self._limit, mask=np.append(holds, False).take(units.page_unit))

    def _match_all(self, query: whoosh_query.And) -> DocSet:
        kept = []
        for child in _scored_children(query):
            kept.append(self.matching(child))
            if not len(kept[-1]):
                return self._nothing
        matching = intersection(kept, self._limit) if kept else self._match_every(query)
        for child in query.subqueries:
            if isinstance(child, whoosh_query.Not):
                matching = difference(matching, self.matching(child.query))
        return matching

    def _match_stock(self, query: WhooshQuery) -> DocSet:
        pages, scores = self._stock().answer(self._nth, query)
        self._values[id(query)] = scores
        return DocSet(self._limit, pages)

    def _score_term(self, query: whoosh_query.Term, pages: Array) -> Scores:
        field = self.view.segment.fields.get(query.fieldname)
        place = self._statistics.place(self._nth, query.fieldname, query.text)
        if field is None or place < 0:
            return self._score_nothing(query, pages)
        start, end = field.span(place)
        norms = self._statistics.norms(query.fieldname)
        idf = self._statistics.idf(query.fieldname, query.text) * query.boost
        if pages is self.matching(query).pages:
            return bm25(idf, field.weights_at(slice(start, end)), norms.take(field.lengths.take(pages)))
        mine, theirs = common_rows(pages, field.pages[start:end], self._limit)
        weights = field.weights_at(theirs + start)
        scored = pages if mine.size == pages.size else pages[mine]
        return _spread(mine, bm25(idf, weights, norms.take(field.lengths.take(scored))), pages.size)

    def _score_phrase(self, query: whoosh_query.Phrase, pages: Array) -> Scores:
        if query.slop != 1:
            return self._score_stock(query, pages)
        matching = self.matching(query).pages
        field = self.view.segment.fields.get(query.fieldname)
        if field is None or not matching.size:
            return self._score_nothing(query, pages)
        # The phrase counts as one term whose idf is the sum of its words' (as in Lucene's PhraseQuery).
        idf = sum(self._statistics.idf(query.fieldname, word) for word in query.words) * query.boost
        mine, theirs = common_rows(pages, matching, self._limit)
        norms = self._statistics.norms(query.fieldname).take(field.lengths.take(pages[mine]))
        return _spread(mine, bm25(idf, self._values[id(query)][theirs], norms), pages.size)

    def _score_all(self, query: whoosh_query.And, pages: Array) -> Scores:
        mine, _ = common_rows(pages, self.matching(query).pages, self._limit)
        children = _scored_children(query)
        if mine.size == pages.size:
            return self._sum(children, pages)
        return _spread(mine, self._sum(children, pages[mine]), pages.size)

    def _score_nothing(self, _query: WhooshQuery, pages: Array) -> Scores:
        return np.zeros(pages.size)

    def _score_prefix(self, query: FrequentPrefix, pages: Array) -> Scores:
        field = self.view.segment.fields.get(query.fieldname)
        if field is None:
            return self._score_nothing(query, pages)
        places, idfs = self._statistics.expanded(self._nth, query)
        idf = np.repeat(idfs * query.boost, field.frequencies(places))
        rows = field.rows_of(places)
        term_pages = field.pages.take(rows)
        norms = self._statistics.norms(query.fieldname).take(field.lengths.take(term_pages))
        best = np.zeros(self._limit)
        np.maximum.at(best, term_pages, bm25(1.0, field.weights_at(rows), norms) * idf)
        return best.take(pages)

    def _score_any(self, query: whoosh_query.Or, pages: Array) -> Scores:
        together = self._together(np.add, query.subqueries, pages)
        return self._sum(query.subqueries, pages) if together is None else together

    def _score_power(self, query: PowerOr, pages: Array) -> Scores:
        powers = (self.scores(child, pages) ** query.power for child in query.subqueries)
        total: Scores = reduce(np.add, powers, np.zeros(pages.size)) ** (1 / query.power)
        return total

    def _score_best(self, query: whoosh_query.DisjunctionMax, pages: Array) -> Scores:
        together = self._together(np.maximum, query.subqueries, pages)
        return self._best(query.subqueries, pages) if together is None else together

    def _together(self, join: np.ufunc, children: Sequence[WhooshQuery], pages: Array) -> Scores | None:
        """Return the joint scores of terms, gathered on all pages; None where there is a better way."""
        if pages.size < MANY or any(type(child) is not whoosh_query.Term for child in children):
            return None
        sets = [self.matching(child).pages for child in children]
        if sum(matching.size for matching in sets) > pages.size * _FEW:
            return None
        scores = np.zeros(self._limit)
        for child, matching in zip(children, sets, strict=True):
            if matching.size:
                scores[matching] = join(scores.take(matching), self._score_term(child, matching))
        return scores.take(pages)

    def _sum(self, children: Sequence[WhooshQuery], pages: Array) -> Scores:
        return reduce(np.add, (self.scores(child, pages) for child in children), np.zeros(pages.size))

    def _best(self, children: Sequence[WhooshQuery], pages: Array) -> Scores:
        return reduce(np.maximum, (self.scores(child, pages) for child in children), np.zeros(pages.size))

    def _score_stock(self, query: WhooshQuery, pages: Array) -> Scores:
        mine, theirs = common_rows(pages, self.matching(query).pages, self._limit)
        return _spread(mine, self._values[id(query)][theirs], pages.size)


def _scored_children(query: whoosh_query.And) -> list[WhooshQuery]:
    neutral = whoosh_query.Not | whoosh_query.Every
    return [child for child in query.subqueries if not isinstance(child, neutral)]


def _spread(rows: Array, scores: Scores, size: int) -> Scores:
    if rows.size == size:
        return scores
    spread = np.zeros(size)
    spread[rows] = scores
    return spread


_NULL = type(whoosh_query.NullQuery)
# Outside the class: tables of bound methods would tie each evaluator, and so the mapped files, into a circle.
_MATCHERS: Mapping[type, Callable[[Evaluator, Any], DocSet]] = {
    whoosh_query.Term: Evaluator._match_term,
    whoosh_query.Phrase: Evaluator._match_phrase,
    FrequentPrefix: Evaluator._match_prefix,
    FacetValues: Evaluator._match_values,
    whoosh_query.And: Evaluator._match_all,
    whoosh_query.Or: Evaluator._match_any,
    PowerOr: Evaluator._match_any,
    whoosh_query.DisjunctionMax: Evaluator._match_any,
    whoosh_query.Every: Evaluator._match_every,
    _NULL: Evaluator._match_nothing,
}
_SCORERS: Mapping[type, Callable[[Evaluator, Any, Array], Scores]] = {
    whoosh_query.Term: Evaluator._score_term,
    whoosh_query.Phrase: Evaluator._score_phrase,
    FrequentPrefix: Evaluator._score_prefix,
    FacetValues: Evaluator._score_nothing,
    whoosh_query.And: Evaluator._score_all,
    whoosh_query.Or: Evaluator._score_any,
    PowerOr: Evaluator._score_power,
    whoosh_query.DisjunctionMax: Evaluator._score_best,
    whoosh_query.Every: Evaluator._score_nothing,
    _NULL: Evaluator._score_nothing,
}
