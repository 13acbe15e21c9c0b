"""Queries of index terms put together: all of several, the best of several, one that weighs more or less."""

from collections.abc import Sequence
from dataclasses import replace

from archive.index.query import AllOf, AnyOf, BestOf, NoneOf, Query, Term, TermPhrase, TermPrefix
from archive.index.schema import TextField


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
