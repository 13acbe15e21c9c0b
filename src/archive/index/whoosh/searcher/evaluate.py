"""Answer a query on one segment with whole arrays: first which pages match, then what they score.

Pages that were removed since may be among those that match; the caller leaves them out by their View.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.bm25 import bm25
from archive.index.whoosh.searcher.docset import DocSet, common_rows, difference, intersection, union
from archive.index.whoosh.searcher.fallback import StockQueries
from archive.index.whoosh.searcher.phrase import phrase_starts
from archive.index.whoosh.searcher.queries import FacetValues, FrequentPrefix, PowerOr
from archive.index.whoosh.searcher.statistics import Statistics
from archive.index.whoosh.segment.segment import SegmentView

# Terms are scored on all their pages where many pages are wanted and the terms have not many times as many.
MANY = 256
_FEW = 4

Scores = NDArray[np.float64]


class Evaluator:
    """Answers queries on one segment; for one search, in one thread."""

    def __init__(self, statistics: Statistics, nth: int, stock: StockQueries) -> None:
        self._statistics = statistics
        self._nth = nth
        self._stock = stock
        self.view: SegmentView = statistics.snapshot.views[nth]
        self._limit = self.view.segment.page_count
        self._nothing = DocSet(self._limit, np.empty(0, np.int64))
        self._sets: dict[int, DocSet] = {}
        self._values: dict[int, Scores] = {}

    def matching(self, asked: Any) -> DocSet:
        """Return the pages that match a query."""
        found = self._sets.get(id(asked))
        if found is None:
            matcher = _MATCHERS.get(type(asked), Evaluator._match_stock)
            found = self._sets[id(asked)] = matcher(self, asked)
        return found

    def scores(self, asked: Any, pages: Array) -> Scores:
        """Return the scores of some pages (in order, each once), 0 where one does not match."""
        return _SCORERS.get(type(asked), Evaluator._score_stock)(self, asked, pages)

    def _match_every(self, _asked: Any) -> DocSet:
        return DocSet(self._limit, mask=self.view.live)

    def _match_nothing(self, _asked: Any) -> DocSet:
        return self._nothing

    def _match_prefix(self, asked: FrequentPrefix) -> DocSet:
        field = self.view.segment.fields.get(asked.fieldname)
        if field is None:
            return self._nothing
        places, _ = self._statistics.expanded(self._nth, asked)
        mask = np.zeros(self._limit, bool)
        mask[field.pages.take(field.rows_of(places))] = True
        return DocSet(self._limit, mask=mask)

    def _match_any(self, asked: Any) -> DocSet:
        return self._union(asked.subqueries)

    def _match_term(self, asked: Any) -> DocSet:
        field = self.view.segment.fields.get(asked.fieldname)
        place = self._statistics.place(self._nth, asked.fieldname, asked.text)
        if field is None or place < 0:
            return self._nothing
        start, end = field.span(place)
        return DocSet(self._limit, field.pages[start:end])

    def _match_phrase(self, asked: Any) -> DocSet:
        if asked.slop != 1:
            return self._match_stock(asked)
        field = self.view.segment.fields.get(asked.fieldname)
        places = [self._statistics.place(self._nth, asked.fieldname, word) for word in asked.words]
        if field is None or min(places, default=-1) < 0:
            return self._nothing
        pages, counts = phrase_starts(field, places, self._limit)
        self._values[id(asked)] = counts.astype(np.float64)
        return DocSet(self._limit, pages)

    def _match_values(self, asked: FacetValues) -> DocSet:
        units = self.view.segment.units
        holds = units.facet(asked.facet).holding(asked.values, units.count)
        return DocSet(self._limit, mask=np.append(holds, False).take(units.page_unit))

    def _union(self, asked: Sequence[Any]) -> DocSet:
        sets = [found for one in asked if len(found := self.matching(one))]
        return union(sets, self._limit) if sets else self._nothing

    def _match_all(self, asked: Any) -> DocSet:
        kept = []
        for one in asked.subqueries:
            if not isinstance(one, query.Not | query.Every):
                kept.append(self.matching(one))
                if not len(kept[-1]):
                    return self._nothing
        found = intersection(kept, self._limit) if kept else self._match_every(asked)
        for one in asked.subqueries:
            if isinstance(one, query.Not):
                found = difference(found, self.matching(one.query))
        return found

    def _match_stock(self, asked: Any) -> DocSet:
        pages, scores = self._stock.answer(self._nth, asked)
        self._values[id(asked)] = scores
        return DocSet(self._limit, pages)

    def _score_term(self, asked: Any, pages: Array) -> Scores:
        field = self.view.segment.fields.get(asked.fieldname)
        place = self._statistics.place(self._nth, asked.fieldname, asked.text)
        if field is None or place < 0:
            return self._score_nothing(asked, pages)
        start, end = field.span(place)
        norms = self._statistics.norms(asked.fieldname)
        idf = self._statistics.idf(asked.fieldname, asked.text) * asked.boost
        if pages is self.matching(asked).pages:
            return bm25(idf, field.weights_at(slice(start, end)), norms.take(field.lengths.take(pages)))
        mine, theirs = common_rows(pages, field.pages[start:end], self._limit)
        weights = field.weights_at(theirs + start)
        here = pages if mine.size == pages.size else pages[mine]
        return _spread(mine, bm25(idf, weights, norms.take(field.lengths.take(here))), pages.size)

    def _score_phrase(self, asked: Any, pages: Array) -> Scores:
        if asked.slop != 1:
            return self._score_stock(asked, pages)
        held = self.matching(asked).pages
        field = self.view.segment.fields.get(asked.fieldname)
        if field is None or not held.size:
            return self._score_nothing(asked, pages)
        # The phrase counts as one term whose idf is the sum of its words' (as in Lucene's PhraseQuery).
        idf = sum(self._statistics.idf(asked.fieldname, word) for word in asked.words) * asked.boost
        mine, theirs = common_rows(pages, held, self._limit)
        norms = self._statistics.norms(asked.fieldname).take(field.lengths.take(pages[mine]))
        return _spread(mine, bm25(idf, self._values[id(asked)][theirs], norms), pages.size)

    def _score_all(self, asked: Any, pages: Array) -> Scores:
        mine, _ = common_rows(pages, self.matching(asked).pages, self._limit)
        children = [one for one in asked.subqueries if not isinstance(one, query.Not | query.Every)]
        if mine.size == pages.size:
            return self._sum(children, pages)
        return _spread(mine, self._sum(children, pages[mine]), pages.size)

    def _score_nothing(self, _asked: Any, pages: Array) -> Scores:
        return np.zeros(pages.size)

    def _score_prefix(self, asked: FrequentPrefix, pages: Array) -> Scores:
        field = self.view.segment.fields.get(asked.fieldname)
        if field is None:
            return self._score_nothing(asked, pages)
        places, idfs = self._statistics.expanded(self._nth, asked)
        idf = np.repeat(idfs * asked.boost, field.frequencies(places))
        rows = field.rows_of(places)
        held = field.pages.take(rows)
        norms = self._statistics.norms(asked.fieldname).take(field.lengths.take(held))
        best = np.zeros(self._limit)
        np.maximum.at(best, held, bm25(1.0, field.weights_at(rows), norms) * idf)
        return best.take(pages)

    def _score_any(self, asked: Any, pages: Array) -> Scores:
        found = self._together(np.add, asked.subqueries, pages)
        return self._sum(asked.subqueries, pages) if found is None else found

    def _score_power(self, asked: PowerOr, pages: Array) -> Scores:
        powers = (self.scores(one, pages) ** asked.power for one in asked.subqueries)
        total: Scores = reduce(np.add, powers, np.zeros(pages.size)) ** (1 / asked.power)
        return total

    def _score_best(self, asked: Any, pages: Array) -> Scores:
        found = self._together(np.maximum, asked.subqueries, pages)
        return self._best(asked.subqueries, pages) if found is None else found

    def _together(self, join: np.ufunc, asked: Sequence[Any], pages: Array) -> Scores | None:
        """Return the joint scores of terms, gathered on all pages; None where there is a better way."""
        if pages.size < MANY or any(type(one) is not query.Term for one in asked):
            return None
        sets = [self.matching(one).pages for one in asked]
        if sum(held.size for held in sets) > pages.size * _FEW:
            return None
        scores = np.zeros(self._limit)
        for one, held in zip(asked, sets, strict=True):
            if held.size:
                scores[held] = join(scores.take(held), self._score_term(one, held))
        return scores.take(pages)

    def _sum(self, asked: Sequence[Any], pages: Array) -> Scores:
        return reduce(np.add, (self.scores(one, pages) for one in asked), np.zeros(pages.size))

    def _best(self, asked: Sequence[Any], pages: Array) -> Scores:
        return reduce(np.maximum, (self.scores(one, pages) for one in asked), np.zeros(pages.size))

    def _score_stock(self, asked: Any, pages: Array) -> Scores:
        mine, theirs = common_rows(pages, self.matching(asked).pages, self._limit)
        return _spread(mine, self._values[id(asked)][theirs], pages.size)


def _spread(rows: Array, scores: Scores, size: int) -> Scores:
    if rows.size == size:
        return scores
    spread = np.zeros(size)
    spread[rows] = scores
    return spread


_NULL = type(query.NullQuery)
# Outside the class: tables of bound methods would tie each evaluator, and so the mapped files, into a circle.
_MATCHERS: Mapping[type, Callable[[Evaluator, Any], DocSet]] = {
    query.Term: Evaluator._match_term,
    query.Phrase: Evaluator._match_phrase,
    FrequentPrefix: Evaluator._match_prefix,
    FacetValues: Evaluator._match_values,
    query.And: Evaluator._match_all,
    query.Or: Evaluator._match_any,
    PowerOr: Evaluator._match_any,
    query.DisjunctionMax: Evaluator._match_any,
    query.Every: Evaluator._match_every,
    _NULL: Evaluator._match_nothing,
}
_SCORERS: Mapping[type, Callable[[Evaluator, Any, Array], Scores]] = {
    query.Term: Evaluator._score_term,
    query.Phrase: Evaluator._score_phrase,
    FrequentPrefix: Evaluator._score_prefix,
    FacetValues: Evaluator._score_nothing,
    query.And: Evaluator._score_all,
    query.Or: Evaluator._score_any,
    PowerOr: Evaluator._score_power,
    query.DisjunctionMax: Evaluator._score_best,
    query.Every: Evaluator._score_nothing,
    _NULL: Evaluator._score_nothing,
}
