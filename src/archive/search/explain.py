"""Why a slide is where it is among the results: what of the question it holds, how much each part tells."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log

from archive.catalogue.database.sessions import Session
from archive.index.engine import SearchEngine
from archive.index.query import (
    AllOf,
    AnyOf,
    BestOf,
    FacetFilter,
    MatchAll,
    NoneOf,
    Query,
    Term,
    TermPhrase,
    TermPrefix,
)
from archive.index.search import Scope, SearchRequest, Sort
from archive.model.visibility import Visibility
from archive.query.compile import CompiledQuery
from archive.query.query_expansion import Expansion
from archive.query.word_readings import Readings
from archive.search.matching_strategy import MatchingStrategy, ask
from archive.search.question import Question
from archive.search.service import SearchService

_GROUPS_MAX = 1000
_LEAVES_MAX = 400

Leaf = Term | TermPhrase | TermPrefix | FacetFilter


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One thing that was looked for.

    Attributes:
        leaf: the term, phrase, prefix or values, with the heaviest boost that it has anywhere.
        strategies: which of the question's queries look for it.
        pages: on how many slides it is.
        weight: its boost times Lucene's idf: the score that it gives at most is about twice that.
        is_here: whether it is on this slide.
        is_excluded: whether slides with it are taken away.
    """

    leaf: Leaf
    strategies: tuple[MatchingStrategy, ...]
    pages: int
    weight: float
    is_here: bool
    is_excluded: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a slide is where it is.

    Attributes:
        place: that of the slide's talk among the results (from 1), 0 if it is not among the first 1,000.
        total_groups: how many talks are, at most 1,000.
        has_all: whether the slide has all that was asked, not only some of it.
        readings: what each word was read as.
        widened: what was added to the typed words.
        parts: all that was looked for; what is on the slide comes first, the heaviest before others.
    """

    place: int
    total_groups: int
    has_all: bool
    readings: Readings
    widened: tuple[Expansion, ...]
    parts: tuple[QueryPart, ...]


class Explainer:
    """Asks an engine about one slide, a part of the question at a time."""

    def __init__(self, engine: SearchEngine, search: SearchService) -> None:
        self._engine = engine
        self._search = search

    def explain(
        self,
        session: Session,
        question: Question,
        document_id: str,
        number: int,
        group: str,
        visitor: Visibility,
    ) -> Explanation:
        """Explain one slide of a document, which belongs to the talk `group`, as this visitor sees it."""
        understood = self._search.understand(session, question, visitor)
        compiled, scope = understood.meaning.compiled, understood.scope
        request = SearchRequest(compiled.strict, scope, Sort.RELEVANCE, limit=_GROUPS_MAX, best=1)
        groups = [hit.group for hit in ask(self._engine, compiled, request).answer.groups]
        everything = self._count(MatchAll(), scope)
        parts = [self._part(*found, everything, scope, document_id, number) for found in _leaves(compiled)]
        return Explanation(
            place=groups.index(group) + 1 if group in groups else 0,
            total_groups=len(groups),
            has_all=number in self._engine.matching_pages(compiled.strict, scope, document_id),
            readings=understood.meaning.readings,
            widened=compiled.widened,
            parts=tuple(sorted(parts, key=lambda part: (not part.is_here, -part.weight))),
        )

    def _part(
        self,
        leaf: Leaf,
        is_excluded: bool,
        strategies: tuple[MatchingStrategy, ...],
        everything: int,
        scope: Scope,
        document_id: str,
        number: int,
    ) -> QueryPart:
        pages = self._count(leaf, scope)
        weight = _boost(leaf) * log(1 + (everything - pages + 0.5) / (pages + 0.5))
        is_here = number in self._engine.matching_pages(leaf, scope, document_id)
        return QueryPart(leaf, strategies, pages, round(weight, 2), is_here, is_excluded)

    def _count(self, query: Query, scope: Scope) -> int:
        return self._engine.search(SearchRequest(query, scope, limit=0)).total_pages


def _leaves(compiled: CompiledQuery) -> Iterator[tuple[Leaf, bool, tuple[MatchingStrategy, ...]]]:
    """Yield what a question looks for, whether it is excluded, and by which queries; at most 400 leaves.

    Each comes once, in its heaviest form; what slides with all words have comes first.
    """
    heaviest: dict[tuple[Leaf, bool], Leaf] = {}
    strategies: dict[tuple[Leaf, bool], dict[MatchingStrategy, None]] = {}
    for strategy, query in _queries(compiled):
        for leaf, is_excluded in _all_leaves(query, is_excluded=False):
            bare = leaf if isinstance(leaf, FacetFilter) else replace(leaf, boost=0.0)
            key = bare, is_excluded
            strategies.setdefault(key, {})[strategy] = None
            if key not in heaviest or _boost(leaf) > _boost(heaviest[key]):
                heaviest[key] = leaf
    for key, leaf in list(heaviest.items())[:_LEAVES_MAX]:
        yield leaf, key[1], tuple(strategies[key])


def _queries(compiled: CompiledQuery) -> Iterator[tuple[MatchingStrategy, Query]]:
    yield MatchingStrategy.ALL_WORDS, compiled.strict
    if compiled.relaxed:
        yield MatchingStrategy.SOME_WORDS, compiled.relaxed.query
    if compiled.loose:
        yield MatchingStrategy.NO_PHRASES, compiled.loose.query


def _all_leaves(query: Query, is_excluded: bool) -> Iterator[tuple[Leaf, bool]]:
    match query:
        case AllOf(children) | AnyOf(children) | BestOf(children):
            for child in children:
                yield from _all_leaves(child, is_excluded)
        case NoneOf(child):
            yield from _all_leaves(child, is_excluded=True)
        case Term() | TermPhrase() | TermPrefix() | FacetFilter():
            yield query, is_excluded


def _boost(leaf: Leaf) -> float:
    return 0.0 if isinstance(leaf, FacetFilter) else leaf.boost
