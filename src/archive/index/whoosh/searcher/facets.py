"""Facet counts over runs of matching pages."""

from collections.abc import Sequence
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import Facet
from archive.index.search import FacetCount
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.runs import UnitRuns
from archive.index.whoosh.segment.ordinals import Numbering
from archive.index.whoosh.segment.postings import spans


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
