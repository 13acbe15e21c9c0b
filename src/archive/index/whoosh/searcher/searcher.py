"""One search over one snapshot: matching pages, filtered, grouped and counted in one pass."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from archive.index.query import Query
from archive.index.schema import Facet
from archive.index.search import FacetCount, Scope, SearchAnswer, SearchRequest
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.docset import DocSet, VisiblePages
from archive.index.whoosh.searcher.evaluate import Evaluator
from archive.index.whoosh.searcher.facets import count_facet
from archive.index.whoosh.searcher.fallback import StockQueries
from archive.index.whoosh.searcher.groups import Grouping, UnitRuns, find_runs, present_groups
from archive.index.whoosh.searcher.queries import compile_query
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.searcher.statistics import Statistics
from archive.index.whoosh.segment.ordinals import Numbering


def evaluators(snapshot: Snapshot) -> list[Evaluator]:
    """Return an evaluator for each segment."""
    statistics, stock = Statistics(snapshot), cache(lambda: StockQueries(snapshot))
    return [Evaluator(statistics, nth, stock) for nth in range(len(snapshot.views))]


def search(snapshot: Snapshot, request: SearchRequest) -> SearchAnswer:
    """Answer one search."""
    scope, query = request.scope, compile_query(request.query)
    by_segment = evaluators(snapshot)
    all_runs = []
    for nth, evaluator in enumerate(by_segment):
        matching = evaluator.matching(query)
        if matching.is_mask or len(matching):
            pages = VisiblePages(evaluator.view, scope.max_rank, scope.masked).keep(matching)
            if pages.size:
                all_runs.append(find_runs(nth, evaluator.view.segment, pages, scope.filters))
    if not all_runs:
        return SearchAnswer((), 0, 0, dict.fromkeys(request.facets, ()))
    numbering = snapshot.numbering
    groups = [
        numbering.groups.of(runs.segment).take(runs.segment.units.group.take(runs.units)) for runs in all_runs
    ]
    passes = [runs.passing() for runs in all_runs]

    def score(nth: int, pages: Array) -> NDArray[np.float64]:
        return by_segment[nth].scores(query, pages)

    passing = [runs.kept(kept) for runs, kept in zip(all_runs, passes, strict=True)]
    grouping = Grouping(
        snapshot,
        passing,
        [group[kept] for group, kept in zip(groups, passes, strict=True)],
        score,
    )
    return SearchAnswer(
        groups=grouping.page_of_groups(request.sort, request.offset, request.limit, request.best),
        total_groups=grouping.group_count,
        total_pages=grouping.page_count,
        facets=_facets(all_runs, groups, numbering, request),
        document_pages=_document_pages(passing, request.document) if request.document else (),
    )


def _facets(
    all_runs: Sequence[UnitRuns], groups: Sequence[Array], numbering: Numbering, request: SearchRequest
) -> dict[Facet, tuple[FacetCount, ...]]:
    if not request.facets:
        return {}
    owners = [] if present_groups(np.concatenate(groups), len(numbering.groups.names))[1] else groups
    return {
        facet: count_facet(all_runs, owners, numbering, facet, request.facet_limit)
        for facet in request.facets
    }


def _document_pages(all_runs: Sequence[UnitRuns], document: str) -> tuple[int, ...]:
    """Return the numbers of one document's pages among those that pass the filters."""
    numbers: list[int] = []
    for runs in all_runs:
        own = runs.segment.units.pages_of(document)
        first, last = np.searchsorted(runs.pages, (own.start, own.stop)) if own else (0, 0)
        numbers += runs.segment.units.page_number[runs.pages[first:last]].tolist()
    return tuple(sorted(numbers))


def matching_pages(snapshot: Snapshot, query: Query, scope: Scope, document: str) -> tuple[int, ...]:
    """Return the numbers of one document's matching pages. Only the segment that has it is searched."""
    compiled = compile_query(query)
    numbers: list[int] = []
    for nth, evaluator in enumerate(evaluators(snapshot)):
        segment = evaluator.view.segment
        own = segment.units.pages_of(document)
        if not own or not evaluator.view.live[own.start]:
            continue
        matching = evaluator.matching(compiled).pages
        pages = matching[np.searchsorted(matching, own.start) : np.searchsorted(matching, own.stop)]
        visible = VisiblePages(evaluator.view, scope.max_rank, scope.masked)
        pages = visible.keep(DocSet(segment.page_count, pages))
        runs = find_runs(nth, segment, pages, scope.filters)
        numbers += segment.units.page_number[runs.kept(runs.passing()).pages].tolist()
    return tuple(sorted(numbers))
