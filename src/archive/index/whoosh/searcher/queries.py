"""From the query of every engine to Whoosh's query objects, and the kinds of query that Whoosh lacks."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from whoosh import query as whoosh_query

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
from archive.index.schema import Facet

WhooshQuery: TypeAlias = whoosh_query.Query
"""A query of Whoosh's. `evaluate.py` answers those that `compile_query` returns, `fallback.py` all others."""


class FrequentPrefix(whoosh_query.Prefix):
    """The terms that begin with something, at most the `max_terms` most frequent; the best one counts."""

    def __init__(self, fieldname: str, text: str, boost: float, max_terms: int) -> None:
        super().__init__(fieldname, text, boost=boost)
        self.max_terms = max_terms


class FacetValues(whoosh_query.Query):
    """Pages with any of some values of a facet."""

    def __init__(self, facet: Facet, values: tuple[str, ...]) -> None:
        self.facet, self.values = facet, values

    def is_leaf(self) -> bool:
        """Say that it has no children."""
        return True


class PowerOr(whoosh_query.Or):
    """Any of some queries; the scores to this power add, and the sum is taken to its inverse."""

    def __init__(self, subqueries: list[WhooshQuery], power: float) -> None:
        super().__init__(subqueries)
        self.power = power


def compile_query(query: Query) -> WhooshQuery:
    """Return Whoosh's query of one that `check_query` has accepted."""
    return _COMPILERS[type(query)](query)


def _children(query: AllOf | AnyOf | BestOf) -> list[WhooshQuery]:
    return [compile_query(child) for child in query.children]


_COMPILERS: Mapping[type, Callable[[Any], Any]] = {
    Term: lambda query: whoosh_query.Term(query.field.value, query.term, boost=query.boost),
    TermPhrase: lambda query: whoosh_query.Phrase(query.field.value, list(query.terms), boost=query.boost),
    TermPrefix: lambda query: FrequentPrefix(query.field.value, query.prefix, query.boost, query.max_terms),
    FacetFilter: lambda query: FacetValues(query.facet, query.values),
    AllOf: lambda query: whoosh_query.And(_children(query)),
    AnyOf: lambda query: (
        whoosh_query.Or(_children(query)) if query.power == 1 else PowerOr(_children(query), query.power)
    ),
    BestOf: lambda query: whoosh_query.DisjunctionMax(_children(query)),
    NoneOf: lambda query: whoosh_query.Not(compile_query(query.child)),
    MatchAll: lambda _query: whoosh_query.Every(),
    MatchNone: lambda _query: whoosh_query.NullQuery,
}
