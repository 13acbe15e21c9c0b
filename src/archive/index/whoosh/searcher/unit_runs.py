"""What matches, by unit: runs of matching pages that stand together and belong to one unit.

Filters, facets and groups look at runs only, of which there are far fewer than pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import Facet
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.segment.postings import spans
from archive.index.whoosh.segment.segment import Segment


@dataclass(frozen=True)
class UnitRuns:
    """The runs of the nth segment: run r has pages[starts[r]:starts[r] + counts[r]], all of `units[r]`.

    `failing`: per filtered facet, whether its filter holds the run back.
    """

    nth: int
    segment: Segment
    pages: Array
    units: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    failing: Mapping[Facet, NDArray[np.bool_]]

    def passing(self, facet: Facet | None = None) -> NDArray[np.bool_]:
        """Return per run whether all filters let it through, but for that of `facet`."""
        passes = np.ones(self.units.size, bool)
        for filtered, fails in self.failing.items():
            if filtered is not facet:
                passes &= ~fails
        return passes

    def rows_of(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return which of `pages` belong to the chosen runs."""
        return spans(self.starts[chosen], self.counts[chosen])

    def kept(self, chosen: NDArray[np.bool_]) -> "UnitRuns":
        """Return only the chosen runs, with their pages."""
        if chosen.all():
            return self
        counts = self.counts[chosen]
        pages = self.pages.take(self.rows_of(chosen))
        return UnitRuns(
            self.nth, self.segment, pages, self.units[chosen], np.cumsum(counts) - counts, counts, {}
        )


def find_runs(nth: int, segment: Segment, pages: Array, filters: Mapping[Facet, Sequence[str]]) -> UnitRuns:
    """Return the runs of pages of the nth segment; they are in order, each once and all of some unit."""
    units = segment.units.page_unit.take(pages)
    is_first = np.ones(units.size, bool)
    np.not_equal(units[1:], units[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    counts = np.diff(np.append(starts, units.size))
    units = units[starts].astype(np.int64)
    failing = {
        facet: ~segment.units.facet(facet).holding(values, segment.units.count)[units]
        for facet, values in filters.items()
        if values
    }
    return UnitRuns(nth, segment, pages, units, starts, counts, failing)
