"""Sets of a segment's pages: as page numbers in order, as a mask over all pages, or both.

Small types are looked up with `take`, which is three times as quick with them as an index in brackets.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import TextField
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.segment.segment import SegmentView

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


class VisiblePages:
    """Pages not removed, of ranks up to `max_rank`, and of no document in `masked`; for one search."""

    def __init__(self, view: SegmentView, max_rank: int, masked: frozenset[str]) -> None:
        self._view = view
        self._visible = view.visible(max_rank)
        units = view.segment.units
        places = [units.documents.find(name.encode("utf-8", "surrogatepass")) for name in masked]
        self._masked = [place for place in places if place >= 0]

    @cached_property
    def shown_units(self) -> NDArray[np.bool_] | None:
        """Per unit whether its document is not masked, shape (n_units + 1,); None where none is masked."""
        if not self._masked:
            return None
        units = self._view.segment.units
        shown = np.ones(len(units.documents), bool)
        shown[self._masked] = False
        return np.append(shown[units.document], False)

    def keep(self, matching: DocSet) -> Array:
        """Return those of the pages that may be seen, in order, shape (n_pages,)."""
        if self._visible is None:
            pages = matching.pages
        elif matching.is_mask:
            pages = np.flatnonzero(matching.mask & self._visible)
        else:
            pages = matching.pages[self._visible.take(matching.pages)]
        if self.shown_units is not None:
            pages = pages[self.shown_units.take(self._view.segment.units.page_unit.take(pages))]
        return pages

    def count(self, field: TextField, term: str) -> int:
        """Return how many pages with a term may be seen."""
        postings = self._view.segment.fields.get(field)
        place = postings.terms.find(term.encode("utf-8", "surrogatepass")) if postings else -1
        if postings is None or place < 0:
            return 0
        start, end = postings.span(place)
        pages = DocSet(self._view.segment.page_count, postings.pages[start:end])
        return int(self.keep(pages).size)
