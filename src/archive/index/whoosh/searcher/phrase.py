"""Phrases: terms at consecutive positions, found in arrays of positions."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.docset import DocSet, common_rows, intersection
from archive.index.whoosh.segment.postings import FieldPostings, TermPositions

_NOTHING = (np.empty(0, np.int64), np.empty(0, np.int64))
# A page's row and a position in one number, the row in the upper bits; positions are below 2^32.
_ROW_SHIFT = 32
# Sorting both together beats looking up each of the fewer unless they are so many times fewer.
_FEW = 8
# So many pages at a time: their positions stay in the processor's cache, whatever the length of the lists.
BLOCK_PAGES = 8_192


def phrase_starts(field: FieldPostings, terms: Sequence[int], limit: int) -> tuple[Array, NDArray[np.int64]]:
    """Return the pages that have the phrase and how often it begins on each.

    Positions are read only on pages that have all terms, rarest term first.

    Args:
        field: The field's postings in one segment.
        terms: The phrase's terms by their places in the field's table.
        limit: The segment's number of pages.

    Returns:
        Pages in order and counts, shape (n_pages,) each.
    """
    pages_of = {term: field.pages[slice(*field.span(term))] for term in terms}
    pages = intersection([DocSet(limit, term_pages) for term_pages in pages_of.values()], limit).pages
    if not pages.size:
        return _NOTHING
    by_frequency = sorted(enumerate(terms), key=lambda item: field.frequency(item[1]))
    rows = {term: common_rows(pages, term_pages, limit)[1] for term, term_pages in pages_of.items()}
    readers = [(offset, TermPositions(field, term, rows[term])) for offset, term in by_frequency]
    blocks = [
        _in_block(readers, start, min(start + BLOCK_PAGES, pages.size))
        for start in range(0, pages.size, BLOCK_PAGES)
    ]
    matching = np.concatenate([block[0] for block in blocks])
    return pages[matching], np.concatenate([block[1] for block in blocks])


def _in_block(
    readers: Sequence[tuple[int, TermPositions]], start: int, end: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which rows from `start` to `end` have the phrase, and how often. Blocks are read in order."""
    starts = reduce(_in_both, [_begins(reader.read(start, end), offset) for offset, reader in readers])
    rows = starts >> _ROW_SHIFT
    firsts = np.flatnonzero(_differs(rows))
    return rows[firsts] + start, np.diff(firsts, append=rows.size)


def _differs(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return for each value whether it differs from the one before it."""
    differs = np.ones(values.size, bool)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs


def _begins(read: tuple[NDArray[np.int64], Array], offset: int) -> NDArray[np.int64]:
    """Return where the phrase would begin for its term at `offset`: row << 32 | position, in order."""
    owners, positions = read
    begins = positions.astype(np.int64) - offset
    keys = (owners << _ROW_SHIFT) + begins
    if offset:
        keys = keys[begins >= 0]
    # A term may occur twice at one place.
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
