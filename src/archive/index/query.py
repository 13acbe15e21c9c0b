"""The query that every search engine answers: index terms, how they are combined, and what combines them.

What a visitor typed (`query/ast.py`) becomes this in `query/compile.py`; engines know nothing of Swedish.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.index.schema import POSITIONAL, Facet, TextField


@dataclass(frozen=True, slots=True)
class Term:
    """A single index term in one field."""

    field: TextField
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class TermPhrase:
    """Terms at consecutive positions of one field."""

    field: TextField
    terms: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class TermPrefix:
    """All terms of a field that begin with `prefix`, at most the `max_terms` most frequent ones."""

    field: TextField
    prefix: str
    boost: float = 1.0
    max_terms: int = 64


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """Any of some fixed values of a facet; adds nothing to the score."""

    facet: Facet
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every child must match; scores add. Children of type `NoneOf` take pages away."""

    children: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one child must match; scores of the matching ones add.

    With a `power` p below 1 they add as (Σ scoreᵖ)^(1/p) (Salton, Fox and Wu, Extended Boolean information
    retrieval, 1983): two middling scores then weigh more than one that is as high as both together.
    """

    children: "tuple[Query, ...]"
    power: float = 1.0


@dataclass(frozen=True, slots=True)
class BestOf:
    """At least one child must match; the best score counts (alternatives of one word)."""

    children: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Pages that match the child are taken away. Only directly inside an `AllOf`."""

    child: "Query"


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every page; adds nothing to the score."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No page."""


Query = Term | TermPhrase | TermPrefix | FacetFilter | AllOf | AnyOf | BestOf | NoneOf | MatchAll | MatchNone


def all_of(children: tuple[Query, ...]) -> Query:
    """Return a query that all children must match; a single child is returned as it is."""
    return children[0] if len(children) == 1 and not isinstance(children[0], NoneOf) else AllOf(children)


def best_of(queries: Sequence[Query]) -> Query:
    """Return a query that scores as the best of several; a single one is returned as it is."""
    return queries[0] if len(queries) == 1 else BestOf(tuple(queries))


def boosted(query: Query, factor: float) -> Query:
    """Return the query with its scores multiplied."""
    match query:
        case Term() | TermPhrase() | TermPrefix():
            return replace(query, boost=query.boost * factor)
        case AllOf(children) | AnyOf(children) | BestOf(children):
            return replace(query, children=tuple(boosted(child, factor) for child in children))
    return query


def in_a_row(field: TextField, forms: tuple[str, ...], boost: float) -> Query:
    """Return words that follow each other in a field; a single word is that word."""
    return Term(field, forms[0], boost) if len(forms) == 1 else TermPhrase(field, forms, boost)


def check_query(query: Query) -> None:
    """Raise ValueError, a mistake in the program, where a query breaks the rules above."""
    if isinstance(query, NoneOf):
        raise ValueError("A NoneOf may only be directly inside an AllOf.")  # noqa: TRY004 - the type is fine, its place is not
    if isinstance(query, TermPhrase) and query.field not in POSITIONAL:
        raise ValueError(f"The field {query.field.value} keeps no positions and cannot answer phrases.")
    if isinstance(query, AllOf | AnyOf | BestOf):
        for child in query.children:
            check_query(child.child if isinstance(query, AllOf) and isinstance(child, NoneOf) else child)
