"""One search over one state: matching pages, filtered, grouped and counted in one pass."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.index.query import Query
from archive.index.search import PageRef, Scope, SearchAnswer, SearchRequest
from tests.index.stock_whoosh.evaluate import Evaluator
from tests.index.stock_whoosh.facets import FacetCounter, Filters
from tests.index.stock_whoosh.grouping import Grouping, UnitHits
from tests.index.stock_whoosh.state import State, View

_HIGHEST_RANK = 2


def search(state: State, request: SearchRequest) -> SearchAnswer:
    """Answer one search."""
    filters = Filters(request.scope.filters)
    grouping, counter = Grouping(), FacetCounter(request.facets)
    numbers: list[int] = []
    for hits in _found(state, request):
        failing = filters.failing(hits.unit)
        counter.add(hits.unit, len(hits.pages), failing)
        if not failing:
            grouping.add(hits)
            if hits.unit.document == request.document:
                numbers += [number for number, _ in hits.pages]
    fallback_groups, fallback_pages = grouping.of_fallback()
    return SearchAnswer(
        groups=grouping.page_of_groups(request.sort, request.offset, request.limit, request.best),
        total_groups=grouping.group_count,
        total_pages=grouping.page_count,
        facets=counter.counts(request.facet_limit),
        document_pages=tuple(sorted(numbers)),
        fallback_groups=fallback_groups,
        fallback_pages=fallback_pages,
    )


def _found(state: State, request: SearchRequest) -> list[UnitHits]:
    """Return what matches and may be seen, before any filter; of the fallback what other groups have."""
    evaluator = Evaluator(state, request.scope.max_rank)
    found = _in_all_segments(state, evaluator, request.query, request.scope)
    groups = {hits.unit.group for hits in found}
    if request.fallback is None or len(groups) >= request.fallback.enough:
        return found
    others = _in_all_segments(state, evaluator, request.fallback.query, request.scope)
    return found + [replace(hits, is_fallback=True) for hits in others if hits.unit.group not in groups]


def _in_all_segments(state: State, evaluator: Evaluator, query: Query, scope: Scope) -> list[UnitHits]:
    return [hits for view in state.views for hits in _matching_units(evaluator, view, query, scope)]


def _matching_units(evaluator: Evaluator, view: View, query: Query, scope: Scope) -> Iterator[UnitHits]:
    """Yield what matches in a segment and may be seen, before any filter."""
    by_unit: dict[int, UnitHits] = {}
    for page, score in evaluator.scores(query, view).items():
        if view.is_visible(page, scope.max_rank, scope.masked):
            unit = view.unit_of[page]
            if unit not in by_unit:
                by_unit[unit] = UnitHits(view.segment.units[unit], [])
            by_unit[unit].pages.append((view.segment.numbers[page], score))
    yield from by_unit.values()


def matching_pages(state: State, query: Query, scope: Scope, document: str) -> tuple[int, ...]:
    """Return the numbers of one document's matching pages. Only the segment that has it is searched."""
    filters = Filters(scope.filters)
    evaluator = Evaluator(state, scope.max_rank)
    numbers: list[int] = []
    for view in state.views:
        if document in view.documents:
            for hits in _matching_units(evaluator, view, query, scope):
                if hits.unit.document == document and not filters.failing(hits.unit):
                    numbers += [number for number, _ in hits.pages]
    return tuple(sorted(numbers))


def holding(
    state: State, queries: Sequence[Query], pages: Sequence[PageRef]
) -> tuple[frozenset[PageRef], ...]:
    """Return for each query those of the pages that match it."""
    evaluator, everybody = Evaluator(state, _HIGHEST_RANK), Scope(max_rank=_HIGHEST_RANK)
    return tuple(
        frozenset(
            PageRef(hits.unit.document, number)
            for hits in _in_all_segments(state, evaluator, query, everybody)
            for number, _ in hits.pages
        )
        & set(pages)
        for query in queries
    )
