"""From our tree of terms to Whoosh's query objects, and the kinds of query that Whoosh has not."""

from collections.abc import Callable, Mapping
from typing import Any

from whoosh import query

from archive.text import terms
from archive.text.terms import (
    All,
    Best,
    Every,
    Facet,
    Never,
    Term,
    TermPhrase,
    TermPrefix,
    TermTree,
    Value,
    Without,
)


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


def compile_tree(tree: TermTree) -> Any:
    """Return the query of a tree that `check_tree` has let by."""
    return _COMPILERS[type(tree)](tree)


def _children(tree: All | terms.Any | Best) -> list[Any]:
    return [compile_tree(child) for child in tree.children]


_COMPILERS: Mapping[type, Callable[[Any], Any]] = {
    Term: lambda tree: query.Term(tree.field.value, tree.term, boost=tree.boost),
    TermPhrase: lambda tree: query.Phrase(tree.field.value, list(tree.terms), boost=tree.boost),
    TermPrefix: lambda tree: FrequentPrefix(tree.field.value, tree.prefix, tree.boost, tree.max_terms),
    Value: lambda tree: FacetValues(tree.facet, tree.values),
    All: lambda tree: query.And(_children(tree)),
    terms.Any: lambda tree: (
        query.Or(_children(tree)) if tree.power == 1 else PowerOr(_children(tree), tree.power)
    ),
    Best: lambda tree: query.DisjunctionMax(_children(tree)),
    Without: lambda tree: query.Not(compile_tree(tree.child)),
    Every: lambda _tree: query.Every(),
    Never: lambda _tree: query.NullQuery,
}
