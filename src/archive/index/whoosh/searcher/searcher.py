"""One search over one snapshot: matching pages, filtered, grouped and counted in one pass."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from archive.index.query import Query
from archive.index.schema import EVERY_RANK, Facet
from archive.index.search import FacetCount, PageRef, Scope, SearchAnswer, SearchRequest
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.docset import DocSet, VisiblePages
from archive.index.whoosh.searcher.evaluate import Evaluator
from archive.index.whoosh.searcher.fallback import StockQueries
from archive.index.whoosh.searcher.groups import Grouping, present_groups
from archive.index.whoosh.searcher.queries import WhooshQuery, compile_query
from archive.index.whoosh.searcher.runs import UnitRuns, count_facet, find_runs
from archive.index.whoosh.searcher.snapshot import Numbering, Snapshot
from archive.index.whoosh.searcher.statistics import Statistics
from archive.index.whoosh.segment.segment import SegmentView


def evaluators(snapshot: Snapshot, max_rank: int = EVERY_RANK) -> list[Evaluator]:
    """Return an evaluator for each segment, which weighs words by the pages of ranks up to `max_rank`."""
    statistics = Statistics(snapshot, max_rank)
    stock = cache(lambda: StockQueries(statistics))
    return [Evaluator(statistics, nth, stock) for nth in range(len(snapshot.views))]


def search(snapshot: Snapshot, request: SearchRequest) -> SearchAnswer:
    """Answer one search."""
    found = _Found(snapshot, request)
    all_runs = found.runs
    if not all_runs:
        return SearchAnswer((), 0, 0, dict.fromkeys(request.facets, ()))
    groups = [runs.groups(snapshot.numbering) for runs in all_runs]
    passes = [runs.passing() for runs in all_runs]
    passing = [runs.kept(kept) for runs, kept in zip(all_runs, passes, strict=True)]
    passing_groups = [group[kept] for group, kept in zip(groups, passes, strict=True)]
    grouping = Grouping(snapshot, passing, passing_groups, found.scores)
    of_fallback = [
        (runs, group) for runs, group in zip(passing, passing_groups, strict=True) if runs.is_fallback
    ]
    return SearchAnswer(
        groups=grouping.page_of_groups(request.sort, request.offset, request.limit, request.best),
        total_groups=grouping.group_count,
        total_pages=grouping.page_count,
        facets=_facets(all_runs, groups, snapshot.numbering, request),
        document_pages=_document_pages(passing, request.document) if request.document else (),
        fallback_groups=_count_different(snapshot, [group for _, group in of_fallback]),
        fallback_pages=sum(int(runs.pages.size) for runs, _ in of_fallback),
    )


class _Found:
    """The runs of pages that match a request, before any filter, and what they score."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest) -> None:
        self._snapshot = snapshot
        self._scope = request.scope
        self._evaluators = evaluators(snapshot, request.scope.max_rank)
        self._query = compile_query(request.query)
        self.runs = list(self._matching(self._query, is_fallback=False))
        fallback = request.fallback
        if fallback is None:
            return
        groups = [runs.groups(snapshot.numbering) for runs in self.runs]
        if _count_different(snapshot, groups) < fallback.enough:
            self._fallback = compile_query(fallback.query)
            self.runs += self._others(np.concatenate(groups) if groups else np.empty(0, np.int64))

    def scores(self, runs: UnitRuns, pages: Array) -> NDArray[np.float64]:
        """Return the scores of pages that belong to runs, shape (n_pages,)."""
        query = self._fallback if runs.is_fallback else self._query
        return self._evaluators[runs.nth].scores(query, pages)

    def _others(self, groups: Array) -> Iterator[UnitRuns]:
        """Yield what matches the fallback and is of none of the groups."""
        for runs in self._matching(self._fallback, is_fallback=True):
            others = runs.kept(~np.isin(runs.groups(self._snapshot.numbering), groups))
            if others.units.size:
                yield others

    def _matching(self, query: WhooshQuery, is_fallback: bool) -> Iterator[UnitRuns]:
        """Yield the runs of each segment that has pages that match and that the visitor may see."""
        scope = self._scope
        for nth, evaluator in enumerate(self._evaluators):
            matching = evaluator.matching(query)
            if matching.is_mask or len(matching):
                pages = VisiblePages(evaluator.view, scope.max_rank, scope.masked).keep(matching)
                if pages.size:
                    yield find_runs(nth, evaluator.view.segment, pages, scope.filters, is_fallback)


def _count_different(snapshot: Snapshot, groups: Sequence[Array]) -> int:
    if not groups:
        return 0
    return int(present_groups(np.concatenate(groups), len(snapshot.numbering.groups.names))[0].size)


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
    for nth, evaluator in enumerate(evaluators(snapshot, scope.max_rank)):
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


def holding(
    snapshot: Snapshot, queries: Sequence[Query], pages: Sequence[PageRef]
) -> tuple[frozenset[PageRef], ...]:
    """Return for each query those of the pages that match it."""
    compiled = [compile_query(query) for query in queries]
    held: list[set[PageRef]] = [set() for _ in queries]
    for evaluator in evaluators(snapshot):
        places = [(ref, place) for ref in pages if (place := _place(evaluator.view, ref)) is not None]
        for query, refs in zip(compiled, held, strict=True):
            if places:
                mask = evaluator.matching(query).mask
                refs.update(ref for ref, place in places if mask[place])
    return tuple(map(frozenset, held))


def _place(view: SegmentView, ref: PageRef) -> int | None:
    """Return where a page is in a segment, None where it is not there."""
    own = view.segment.units.pages_of(ref.document)
    if not own or not view.live[own.start]:
        return None
    places = np.flatnonzero(view.segment.units.page_number[own.start : own.stop] == ref.number)
    return own.start + int(places[0]) if places.size else None
