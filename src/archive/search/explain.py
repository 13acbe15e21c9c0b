"""Why a slide is where it is among the results: what of the question it holds, how much each part tells."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log

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
from archive.query.query_expansion import Expansion
from archive.search.question import Question
from archive.search.service import SearchService

_GROUPS_MAX = 1000
_LEAVES_MAX = 400

Leaf = Term | TermPhrase | TermPrefix | FacetFilter


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One thing that was looked for. `pages`: on how many it stands; `is_here`: whether on this slide.

    `weight` is its boost times Lucene's idf: the score that it gives at most is about twice that.
    """

    leaf: Leaf
    pages: int
    weight: float
    is_here: bool
    is_excluded: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """`place`: that of the slide's talk among the results (from 1), 0 where it is not among the first 1,000.

    `has_all`: whether the slide has all that was asked, not only some of it.
    """

    place: int
    total_groups: int
    has_all: bool
    widened: tuple[Expansion, ...]
    parts: tuple[QueryPart, ...]


class Explainer:
    """Asks an engine about one slide, a part of the question at a time."""

    def __init__(self, engine: SearchEngine, search: SearchService) -> None:
        self._engine = engine
        self._search = search

    def explain(
        self, question: Question, document_id: str, number: int, group: str, visitor: Visibility
    ) -> Explanation:
        """Explain one slide of a document, which belongs to the talk `group`, as this visitor sees it."""
        expansion = self._search.expansion(question, visitor)
        scope = Scope(max_rank=visitor.rank)
        strict = self._groups(expansion.strict, scope)
        found = strict
        if group not in strict and expansion.relaxed is not None:
            found = self._groups(expansion.relaxed, scope)
        parts = {
            (leaf, is_excluded): self._part(leaf, is_excluded, scope, document_id, number)
            for leaf, is_excluded in _leaves(expansion.strict, is_excluded=False)
        }
        return Explanation(
            place=found.index(group) + 1 if group in found else 0,
            total_groups=len(found),
            has_all=number in self._engine.matching_pages(expansion.strict, scope, document_id),
            widened=expansion.widened,
            parts=tuple(sorted(parts.values(), key=lambda part: (not part.is_here, -part.weight))),
        )

    def _groups(self, tree: Query, scope: Scope) -> list[str]:
        request = SearchRequest(tree, scope, Sort.RELEVANCE, limit=_GROUPS_MAX, best=1)
        return [group.group for group in self._engine.search(request).groups]

    def _part(self, leaf: Leaf, is_excluded: bool, scope: Scope, document_id: str, number: int) -> QueryPart:
        pages = self._engine.search(SearchRequest(leaf, scope, limit=1, best=1)).total_pages
        everything = self._engine.search(SearchRequest(MatchAll(), scope, limit=1, best=1)).total_pages
        boost = 0.0 if isinstance(leaf, FacetFilter) else leaf.boost
        weight = boost * log(1 + (everything - pages + 0.5) / (pages + 0.5))
        here = number in self._engine.matching_pages(leaf, scope, document_id)
        return QueryPart(leaf, pages, round(weight, 2), here, is_excluded)


def _leaves(tree: Query, is_excluded: bool) -> Iterator[tuple[Leaf, bool]]:
    """Yield the leaves of a tree, each in its heaviest form, at most 400."""
    heaviest: dict[tuple[Leaf, bool], Leaf] = {}
    for leaf, excluded in _all_leaves(tree, is_excluded):
        bare = leaf if isinstance(leaf, FacetFilter) else replace(leaf, boost=0.0)
        held = heaviest.get((bare, excluded))
        if held is None or _boost(leaf) > _boost(held):
            heaviest[bare, excluded] = leaf
    for (_, excluded), leaf in list(heaviest.items())[:_LEAVES_MAX]:
        yield leaf, excluded


def _all_leaves(tree: Query, is_excluded: bool) -> Iterator[tuple[Leaf, bool]]:
    match tree:
        case AllOf(children) | AnyOf(children) | BestOf(children):
            for child in children:
                yield from _all_leaves(child, is_excluded)
        case NoneOf(child):
            yield from _all_leaves(child, is_excluded=True)
        case Term() | TermPhrase() | TermPrefix() | FacetFilter():
            yield tree, is_excluded


def _boost(leaf: Leaf) -> float:
    return 0.0 if isinstance(leaf, FacetFilter) else leaf.boost
