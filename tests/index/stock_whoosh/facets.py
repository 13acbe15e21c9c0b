"""Filters and facet counts over the units that match."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive.index.schema import Facet
from archive.index.search import FacetCount
from tests.index.stock_whoosh.columns import Unit


class Filters:
    """The values a visitor has chosen: any of one facet's values will do, all facets must hold."""

    def __init__(self, chosen: Mapping[Facet, Sequence[str]]) -> None:
        self._chosen = {facet: frozenset(values) for facet, values in chosen.items() if values}

    def failing(self, unit: Unit) -> list[Facet]:
        """Return the facets whose filter does not let the unit through."""
        return [
            facet for facet, values in self._chosen.items() if values.isdisjoint(unit.facets.get(facet, ()))
        ]


@dataclass(slots=True)
class _Tally:
    groups: set[str] = field(default_factory=set)
    pages: int = 0


class FacetCounter:
    """Counts groups and pages per value; each facet without its own filter."""

    def __init__(self, facets: Iterable[Facet]) -> None:
        self._tallies: dict[Facet, dict[str, _Tally]] = {facet: defaultdict(_Tally) for facet in facets}

    def add(self, unit: Unit, page_count: int, failing: Sequence[Facet]) -> None:
        """Count a unit with `page_count` matching pages that the filters of `failing` hold back."""
        if len(failing) > 1:
            return
        for facet in failing or self._tallies:
            if facet in self._tallies:
                for value in unit.facets.get(facet, ()):
                    tally = self._tallies[facet][value]
                    tally.groups.add(unit.group)
                    tally.pages += page_count

    def counts(self, limit: int) -> dict[Facet, tuple[FacetCount, ...]]:
        """Return at most `limit` values of each facet: most groups, most pages, first value."""
        answer = {}
        for facet, tallies in self._tallies.items():
            counted = [FacetCount(value, len(one.groups), one.pages) for value, one in tallies.items()]
            counted.sort(key=lambda one: (-one.groups, -one.pages, one.value))
            answer[facet] = tuple(counted[:limit])
        return answer
