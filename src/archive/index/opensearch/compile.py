"""From the query of every engine to the server's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from archive.index.opensearch.mapping import order_of, values_of, weights_of, words_of
from archive.index.opensearch.statistics import RemoteStatistics
from archive.index.opensearch.terms import written
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

Body = dict[str, Any]

NOTHING: Final[Body] = {"match_none": {}}
EVERYTHING: Final[Body] = {"match_all": {"boost": 0.0}}


class Compiler:
    """Compiles queries for one snapshot and one kind of visitor.

    With `is_scored` words weigh what they weigh for this visitor, and the alternatives whose scores add with
    a power are named, so that a page's scores can be told apart (`powers`).
    """

    def __init__(self, statistics: RemoteStatistics, is_scored: bool) -> None:
        self._statistics = statistics
        self._is_scored = is_scored
        self.powers: list[tuple[float, tuple[str, ...]]] = []
        self._by_type: Mapping[type, Callable[[Any], Body]] = {
            Term: self._term,
            TermPhrase: self._phrase,
            TermPrefix: self._prefix,
            FacetFilter: _values,
            AllOf: self._all,
            AnyOf: self._any,
            BestOf: self._best,
            MatchAll: lambda _query: EVERYTHING,
            MatchNone: lambda _query: NOTHING,
        }

    def compile(self, query: Query) -> Body:
        """Return the server's query of one that `check_query` has accepted."""
        if self._is_scored:
            self._statistics.prepare(query)
        return self._compile(query)

    def _compile(self, query: Query) -> Body:
        return self._by_type[type(query)](query)

    def _term(self, query: Term) -> Body:
        if not self._is_scored:
            return {"term": {words_of(query.field): {"value": written(query.term)}}}
        weight = query.boost * self._statistics.correction(query.field, [query.term])
        if not weight:
            return self._unweighted(query.field, [query.term], {words_of(query.field): written(query.term)})
        return {"term": {weights_of(query.field): {"value": written(query.term), "boost": weight}}}

    def _unweighted(self, field: Any, terms: Sequence[str], found: Mapping[str, str]) -> Body:
        """Return what finds a term of weight 0; nothing where it is on no page that the visitor may see."""
        if not all(self._statistics.frequency((field, term)) for term in terms):
            return NOTHING
        return _unscored({"term": dict(found)})

    def _phrase(self, query: TermPhrase) -> Body:
        if not query.terms:
            return NOTHING
        weight = query.boost
        if self._is_scored:
            weight *= self._statistics.correction(query.field, query.terms)
            if not all(self._statistics.frequency((query.field, term)) for term in query.terms):
                return NOTHING
        phrase = {"query": " ".join(map(written, query.terms)), "analyzer": "plain"}
        found: Body = {"match_phrase": {order_of(query.field): phrase}}
        return _boosted(found, weight) if self._is_scored else found

    def _prefix(self, query: TermPrefix) -> Body:
        terms = self._statistics.beginning_with(query)
        if not self._is_scored:
            return {"terms": {words_of(query.field): [written(term) for term in terms]}} if terms else NOTHING
        return self._best(BestOf(tuple(Term(query.field, term, query.boost) for term in terms)))

    def _all(self, query: AllOf) -> Body:
        must, without, filters = [], [], []
        for child in query.children:
            if isinstance(child, NoneOf):
                without.append(Compiler(self._statistics, is_scored=False).compile(child.child))
            elif isinstance(child, FacetFilter | MatchAll):
                filters.append(self._compile(child))
            else:
                must.append(self._compile(child))
        if not must:
            must.append(EVERYTHING)
        return {"bool": {"must": must, "must_not": without, "filter": filters}}

    def _any(self, query: AnyOf) -> Body:
        children = [self._compile(child) for child in query.children]
        if not children:
            return NOTHING
        if self._is_scored and query.power != 1 and len(children) > 1:
            first = sum(len(names) for _, names in self.powers)
            names = tuple(f"p{first + nth}" for nth in range(len(children)))
            self.powers.append((query.power, names))
            children = [_named(child, name) for child, name in zip(children, names, strict=True)]
        return {"bool": {"should": children, "minimum_should_match": 1}}

    def _best(self, query: BestOf) -> Body:
        children = [self._compile(child) for child in query.children]
        return {"dis_max": {"queries": children, "tie_breaker": 0.0}} if children else NOTHING


def with_power(
    score: float, powers: Sequence[tuple[float, tuple[str, ...]]], parts: Mapping[str, float]
) -> float:
    """Return a page's score with the alternatives' scores added as their power says, instead of plainly.

    `parts` are the scores of the alternatives that match it, by name.
    """
    for power, names in powers:
        present = [parts[name] for name in names if parts.get(name, 0.0) > 0]
        if len(present) > 1:
            score += sum(part**power for part in present) ** (1 / power) - sum(present)
    return score


def _values(query: FacetFilter) -> Body:
    if not query.values:
        return NOTHING
    return _unscored({"terms": {values_of(query.facet): list(query.values)}})


def _unscored(found: Body) -> Body:
    return {"constant_score": {"filter": found, "boost": 0.0}}


def _boosted(found: Body, boost: float) -> Body:
    return {"bool": {"must": [found], "boost": boost}}


def _named(found: Body, name: str) -> Body:
    return {"bool": {"must": [found], "_name": name}}
