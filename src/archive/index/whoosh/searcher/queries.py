"""From our tree of terms to Whoosh's query objects, and the kinds of query that Whoosh has not."""

from collections.abc import Callable, Mapping
from typing import Any

from whoosh import query

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


class FrequentPrefix(query.Prefix):
    """The terms that begin with something, at most the `max_terms` most frequent; the best one counts."""

    def __init__(self, fieldname: str, text: str, boost: float, max_terms: int) -> None:
        super().__init__(fieldname, text, boost=boost)
        self.max_terms = max_terms


class FacetValues(query.Query):
    """Pages with any of some values of a facet."""

    def __init__(self, facet: Facet, values: tuple[str, ...]) -> None:
        self.facet, self.values = facet, values

    def is_leaf(self) -> bool:
        """Say that it has no children."""
        return True


class PowerOr(query.Or):
    """Any of some queries; the scores to this power add, and the sum is taken to its inverse."""

    def __init__(self, subqueries: list[Any], power: float) -> None:
        super().__init__(subqueries)
        self.power = power


def compile_tree(tree: Query) -> Any:
    """Return the query of a tree that `check_tree` has let by."""
    return _COMPILERS[type(tree)](tree)


def _children(tree: AllOf | AnyOf | BestOf) -> list[Any]:
    return [compile_tree(child) for child in tree.children]


_COMPILERS: Mapping[type, Callable[[Any], Any]] = {
    Term: lambda tree: query.Term(tree.field.value, tree.term, boost=tree.boost),
    TermPhrase: lambda tree: query.Phrase(tree.field.value, list(tree.terms), boost=tree.boost),
    TermPrefix: lambda tree: FrequentPrefix(tree.field.value, tree.prefix, tree.boost, tree.max_terms),
    FacetFilter: lambda tree: FacetValues(tree.facet, tree.values),
    AllOf: lambda tree: query.And(_children(tree)),
    AnyOf: lambda tree: (
        query.Or(_children(tree)) if tree.power == 1 else PowerOr(_children(tree), tree.power)
    ),
    BestOf: lambda tree: query.DisjunctionMax(_children(tree)),
    NoneOf: lambda tree: query.Not(compile_tree(tree.child)),
    MatchAll: lambda _tree: query.Every(),
    MatchNone: lambda _tree: query.NullQuery,
}
