"""Which pages of a segment a visitor may see."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import TextField
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.docset import DocSet
from archive.index.whoosh.segment.segment import SegmentView


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
