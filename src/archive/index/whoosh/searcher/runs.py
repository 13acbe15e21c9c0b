"""From matching pages to runs of them.

Filters, facets and groups look at runs of pages that belong to one unit (a document in one language) and
follow each other, of which there are far fewer than pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import Facet
from archive.index.search import PageRef
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.segment.ordinals import Numbering
from archive.index.whoosh.segment.postings import spans
from archive.index.whoosh.segment.segment import Segment


@dataclass(frozen=True)
class UnitRuns:
    """The runs of one segment: run r has pages[starts[r]:starts[r] + counts[r]], all of `units[r]`.

    Attributes:
        nth: The segment's place in the snapshot.
        segment: The segment.
        pages: The matching pages in order, shape (n_pages,).
        units: The unit of each run, shape (n_runs,).
        starts: Where each run begins in `pages`, shape (n_runs,).
        counts: How many pages each run has, shape (n_runs,).
        failing: Per filtered facet, which runs its filter leaves out, shape (n_runs,) each.
        is_fallback: Whether they match the search's fallback and not its query.
    """

    nth: int
    segment: Segment
    pages: Array
    units: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    failing: Mapping[Facet, NDArray[np.bool_]]
    is_fallback: bool = False

    def passing(self, facet: Facet | None = None) -> NDArray[np.bool_]:
        """Return per run whether it passes all filters but that of `facet`, shape (n_runs,)."""
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
        return replace(
            self,
            pages=self.pages.take(self.rows_of(chosen)),
            units=self.units[chosen],
            starts=np.cumsum(counts) - counts,
            counts=counts,
            failing={facet: fails[chosen] for facet, fails in self.failing.items()},
        )

    def groups(self, numbering: Numbering) -> Array:
        """Return the group number of each run, shape (n_runs,)."""
        return numbering.groups.of(self.segment).take(self.segment.units.group.take(self.units))


def find_runs(
    nth: int,
    segment: Segment,
    pages: Array,
    filters: Mapping[Facet, Sequence[str]],
    is_fallback: bool = False,
) -> UnitRuns:
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
    return UnitRuns(nth, segment, pages, units, starts, counts, failing, is_fallback)


class PageRuns(Sequence[PageRef]):
    """The same as a tuple of pages, made page by page while somebody goes through them.

    An object for each page costs several times as much, most of it for looking for garbage among them.
    """

    __slots__ = ("_runs", "_size")

    def __init__(self, runs: Sequence[tuple[str, Sequence[int]]]) -> None:
        """Take documents, each with the numbers of its pages, in reading order."""
        self._runs = runs
        self._size = sum(len(numbers) for _, numbers in runs)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[PageRef]:
        for document, numbers in self._runs:
            for number in numbers:
                yield PageRef(document, number)

    @overload
    def __getitem__(self, place: int) -> PageRef: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PageRef]: ...
    def __getitem__(self, place: int | slice) -> PageRef | Sequence[PageRef]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PageRuns | tuple):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
