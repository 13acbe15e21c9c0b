"""Sets of a segment's pages: as page numbers in order, as a mask over all pages, or both.

Small types are looked up with `take`, which is three times as quick with them as an index in brackets.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive.index.whoosh.directory.array_file import Array

# Looking up few in many by halving beats a mask of all where there are so many times more.
_FEW = 16


class DocSet:
    """A set of pages below `limit`, made from either form; the other one is made when it is first read."""

    __slots__ = ("_mask", "_pages", "limit")

    def __init__(self, limit: int, pages: Array | None = None, mask: NDArray[np.bool_] | None = None) -> None:
        self.limit = limit
        self._pages = pages
        self._mask = mask

    @property
    def pages(self) -> Array:
        """The pages in order, each once, shape (n_pages,)."""
        if self._pages is None:
            self._pages = np.flatnonzero(self.mask)
        return self._pages

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Per page of the segment whether it is in the set, shape (limit,); not to be changed."""
        if self._mask is None:
            self._mask = np.zeros(self.limit, bool)
            self._mask[self._pages] = True
        return self._mask

    @property
    def is_mask(self) -> bool:
        """Whether there is a mask already."""
        return self._mask is not None

    def __len__(self) -> int:
        return int(self.pages.size)


def union(sets: Sequence[DocSet], limit: int) -> DocSet:
    """Return the pages that are in any of the sets."""
    if len(sets) == 1:
        return sets[0]
    mask = np.zeros(limit, bool)
    for docset in sets:
        if docset.is_mask:
            mask |= docset.mask
        else:
            mask[docset.pages] = True
    return DocSet(limit, mask=mask)


def intersection(sets: Sequence[DocSet], limit: int) -> DocSet:
    """Return the pages that are in all of the sets."""
    first, *others = sorted(sets, key=len)
    pages = first.pages
    for other in others:
        pages = pages[_among(pages, other)]
    return first if not others else DocSet(limit, pages)


def difference(whole: DocSet, taken: DocSet) -> DocSet:
    """Return the pages of the first set that are not in the second."""
    return DocSet(whole.limit, whole.pages[~_among(whole.pages, taken)])


def _among(pages: Array, other: DocSet) -> NDArray[np.bool_]:
    if other.is_mask or pages.size * _FEW > len(other):
        return other.mask.take(pages)
    is_in: NDArray[np.bool_] = _lookup(pages, other.pages)[1]
    return is_in


def _lookup(few: Array, many: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Return for each of `few` its place in `many`, and whether it is really in it."""
    if not many.size:
        return np.zeros(few.size, np.intp), np.zeros(few.size, bool)
    places = np.searchsorted(many, few.astype(many.dtype, copy=False))
    places[places == many.size] = 0
    return places, many.take(places) == few


def common_rows(left: Array, right: Array, limit: int) -> tuple[Array, Array]:
    """Return (i, j) with left[i] equal to right[j]; both hold pages below `limit` in order, each once."""
    if left.size * _FEW < right.size:
        places, is_in = _lookup(left, right)
        return np.flatnonzero(is_in), places[is_in]
    if right.size * _FEW < left.size:
        places, is_in = _lookup(right, left)
        return places[is_in], np.flatnonzero(is_in)
    mask = np.zeros(limit, bool)
    mask[left] = True
    in_right = np.flatnonzero(mask.take(right))
    if in_right.size == left.size:
        return np.arange(left.size), in_right
    mask[left] = False
    mask[right] = True
    return np.flatnonzero(mask.take(left)), in_right
