"""One search over one snapshot: matching pages, filtered, grouped and counted in one pass."""

from collections.abc import Iterator, Sequence

from archive.index.query import Query
from archive.index.search import Scope, SearchAnswer, SearchRequest
from archive.index.whoosh.segment.schema import DOCUMENT
from archive.index.whoosh_stock.evaluate import Evaluator
from archive.index.whoosh_stock.facets import FacetCounter, Filters
from archive.index.whoosh_stock.grouping import Grouping, UnitHits
from archive.index.whoosh_stock.segments import NO_UNIT
from archive.index.whoosh_stock.snapshot import Leaf, Snapshot


def search(snapshot: Snapshot, leaves: Sequence[Leaf], request: SearchRequest) -> SearchAnswer:
    """Answer one search."""
    filters = Filters(request.scope.filters)
    grouping, counter = Grouping(), FacetCounter(request.facets)
    evaluator = Evaluator(snapshot, leaves)
    numbers: list[int] = []
    for leaf in leaves:
        for hits in _matching_units(evaluator, leaf, request.tree, request.scope):
            failing = filters.failing(hits.unit)
            counter.add(hits.unit, len(hits.pages), failing)
            if not failing:
                grouping.add(hits)
                if hits.unit.document == request.document:
                    numbers += [number for number, _ in hits.pages]
    return SearchAnswer(
        groups=grouping.page_of_groups(request.sort, request.offset, request.limit, request.best),
        total_groups=grouping.group_count,
        total_pages=grouping.page_count,
        facets=counter.counts(request.facet_limit),
        document_pages=tuple(sorted(numbers)),
    )


def _matching_units(evaluator: Evaluator, leaf: Leaf, tree: Query, scope: Scope) -> Iterator[UnitHits]:
    """Yield what matches in a segment and may be seen, before any filter."""
    segment, unit_of = leaf.view.segment, leaf.view.unit_of
    found: dict[int, UnitHits] = {}
    for page, score in evaluator.scores(tree, leaf).items():
        unit = unit_of[page]
        if unit == NO_UNIT or segment.ranks[page] > scope.max_rank:
            continue
        hits = found.get(unit)
        if hits is None:
            hits = found[unit] = UnitHits(segment.units[unit], [])
        hits.pages.append((segment.numbers[page], score))
    return (hits for hits in found.values() if hits.unit.document not in scope.masked)


def matching_pages(
    snapshot: Snapshot, leaves: Sequence[Leaf], tree: Query, scope: Scope, document: str
) -> tuple[int, ...]:
    """Return the numbers of one document's matching pages. Only the segment that holds it is searched."""
    filters = Filters(scope.filters)
    evaluator = Evaluator(snapshot, leaves)
    numbers: list[int] = []
    for leaf in leaves:
        if (DOCUMENT, document) not in leaf.reader:
            continue
        for hits in _matching_units(evaluator, leaf, tree, scope):
            if hits.unit.document == document and not filters.failing(hits.unit):
                numbers += [number for number, _ in hits.pages]
    return tuple(sorted(numbers))
