"""Phrases: terms at consecutive positions, found in arrays of positions."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from archive.index.whoosh.arrayfile import Array
from archive.index.whoosh.pagesets import PageSet, common_rows, intersection
from archive.index.whoosh.postings import FieldPostings

_NOTHING = (np.empty(0, np.int64), np.empty(0, np.int64))
# A page's row stands above its positions in one number; positions are below 2^31.
_ROW_SHIFT = 32
# Sorting both together beats looking up each of the fewer unless they are so many times fewer.
_FEW = 8


def phrase_starts(field: FieldPostings, terms: Sequence[int], limit: int) -> tuple[Array, NDArray[np.int64]]:
    """Return the pages that hold the phrase and how often it begins on each.

    `terms` are places in the field's table; `limit` is the segment's number of pages.
    """
    spans = {term: field.span(term) for term in terms}
    sets = [PageSet(limit, field.pages[start:end]) for start, end in spans.values()]
    pages = intersection(sets, limit).pages
    if not pages.size:
        return _NOTHING
    by_frequency = sorted(enumerate(terms), key=lambda one: field.frequency(one[1]))
    starts = reduce(_in_both, (_begins(field, term, offset, pages, limit) for offset, term in by_frequency))
    if not starts.size:
        return _NOTHING
    rows = starts >> _ROW_SHIFT
    firsts = np.flatnonzero(_differs(rows))
    return pages[rows[firsts]], np.diff(np.append(firsts, rows.size))


def _differs(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return for each value whether it is another one than that before it."""
    differs = np.ones(values.size, bool)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs


def _begins(field: FieldPostings, term: int, offset: int, pages: Array, limit: int) -> NDArray[np.int64]:
    """Return where the phrase would begin for its term at `offset`: row << 32 | position, in order."""
    start, end = field.span(term)
    _, rows = common_rows(pages, field.pages[start:end], limit)
    owners, positions = field.positions_at(term, rows)
    begins = positions - offset
    keys = (owners << _ROW_SHIFT) + begins
    if offset:
        keys = keys[begins >= 0]
    # A term may stand twice at one place.
    return keys[_differs(keys)]


def _in_both(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what is in both of two lists in order, each holding a number once."""
    if left.size > right.size:
        left, right = right, left
    if left.size * _FEW > right.size:
        both = np.concatenate((left, right))
        both.sort()
        return both[1:][~_differs(both)[1:]]
    places = np.searchsorted(right, left)
    places[places == right.size] = 0
    return left[right[places] == left]
