"""From matching pages to runs of them, and counts of facets over these.

Filters, facets and groups look at runs of pages that belong to one unit (a document in one language) and
follow each other, of which there are far fewer than pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import overload

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import Facet
from archive.index.search import FacetCount, PageRef
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.snapshot import Numbering
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


def count_facet(
    all_runs: Sequence[UnitRuns], groups: Sequence[Array], numbering: Numbering, facet: Facet, limit: int
) -> tuple[FacetCount, ...]:
    """Return values of a facet with the groups and pages that have them, without the facet's own filter.

    Args:
        all_runs: The runs of each segment that has any.
        groups: The group numbers of each segment's runs, shape (n_runs,) each; empty where each run is a
            group of its own.
        numbering: Numbers the values and groups over all segments.
        facet: The facet.
        limit: How many values to return at most.

    Returns:
        Values with most groups first, of equal ones most pages, then by value.
    """
    names = numbering.facet(facet).names
    parts = [
        _values(runs, group, numbering.facet(facet).of(runs.segment), facet)
        for runs, group in zip(all_runs, groups or [runs.units for runs in all_runs], strict=True)
    ]
    values, owners, pages = parts[0] if len(parts) == 1 else map(np.concatenate, zip(*parts, strict=True))
    if not values.size or limit <= 0:
        return ()
    page_counts = np.bincount(values, pages, minlength=len(names)).astype(np.int64)
    # A unit has no value twice, so where runs are groups there is nothing to find out.
    group_counts = (
        _distinct(values, owners, len(names), len(numbering.groups.names))
        if groups
        else np.bincount(values, minlength=len(names))
    )
    chosen = _most(group_counts, page_counts, limit, names)
    ordered = sorted(
        zip(
            (-group_counts[chosen]).tolist(),
            (-page_counts[chosen]).tolist(),
            map(names.__getitem__, chosen.tolist()),
            strict=True,
        )
    )
    return tuple([FacetCount(name, -groups, -pages) for groups, pages, name in ordered])


def _values(runs: UnitRuns, groups: Array, numbers: Array, facet: Facet) -> tuple[Array, Array, Array]:
    """Return value, group and pages of each run, once for each of its values."""
    column = runs.segment.units.facet(facet)
    passes = runs.passing(facet)
    units, owners, pages = runs.units, groups, runs.counts
    if not passes.all():
        units, owners, pages = units[passes], owners[passes], pages[passes]
    if column.is_empty:
        return units[:0], owners[:0], pages[:0]
    if column.is_single:
        return numbers.take(column.values.take(units)), owners, pages
    counts = column.counts.take(units)
    values = numbers.take(column.values.take(spans(column.starts.take(units), counts)))
    return values, np.repeat(owners, counts), np.repeat(pages, counts)


def _distinct(values: Array, groups: Array, value_count: int, group_count: int) -> NDArray[np.int64]:
    """Return in how many different groups each value occurs, shape (value_count,)."""
    # Sorting numbers is quick (and quicker the shorter they are); np.unique hashes them.
    is_short = value_count * group_count <= np.iinfo(np.uint32).max
    pairs = (values.astype(np.int64) * group_count + groups).astype(np.uint32 if is_short else np.int64)
    pairs.sort()
    is_first = np.ones(pairs.size, bool)
    np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
    return np.bincount(pairs[is_first] // group_count, minlength=value_count)


def _most(groups: Array, pages: Array, limit: int, names: Sequence[str]) -> Array:
    """Return the `limit` values with most groups, of equal ones most pages, then the first by name."""
    tied = np.flatnonzero(groups)
    chosen = tied[:0]
    for counts in (groups, pages):
        missing = limit - chosen.size
        if tied.size <= missing:
            return np.append(chosen, tied) if chosen.size else tied
        of_tied = counts[tied]
        border = np.partition(of_tied, tied.size - missing)[tied.size - missing]
        chosen, tied = np.append(chosen, tied[of_tied > border]), tied[of_tied == border]
    # A million values may occur once each: names are compared as they come, never all sorted.
    last = tied.tolist()
    first = nsmallest(limit - chosen.size, zip(map(names.__getitem__, last), last, strict=True))
    return np.append(chosen, [value for _, value in first]).astype(np.int64)
