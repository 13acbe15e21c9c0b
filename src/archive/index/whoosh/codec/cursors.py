"""Our postings one by one, as Whoosh's own queries walk them."""

from bisect import bisect_left
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.query.spans import Span
from whoosh.reading import TermInfo

from archive.index.whoosh.segment.postings import LENGTHS, FieldPostings


class ArrayMatcher(ListMatcher):
    """One term's postings, page by page."""

    def __init__(
        self, field: FieldPostings, term: int, format_: Any, scorer: Any, named: Any, at: int = 0
    ) -> None:
        start, end = field.span(term)
        self._field, self._number, self._named = field, term, named
        self._i = at
        super().__init__(
            field.pages[start:end].tolist(),
            field.weights_at(slice(start, end)).tolist(),
            None,
            format_,
            scorer=scorer,
            position=at,
            term=named,
            terminfo=term_info(field, term),
        )

    def copy(self) -> "ArrayMatcher":
        """Return a matcher at the same page."""
        return ArrayMatcher(self._field, self._number, self._format, self._scorer, self._named, self._i)

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        """Go on to the first page from `id` on."""
        self._i = bisect_left(self._ids, id, self._i)

    def supports(self, astype: str) -> bool:
        """Tell whether there are values of the kind `astype`."""
        return astype == "weight" or (astype == "positions" and self._field.has_positions)

    def value_as(self, astype: str) -> Any:
        """Return the page's positions or weight."""
        if astype == "positions":
            return self._field.positions_at(self._number, np.array([self._i]))[1].tolist()
        return self.weight()

    def spans(self) -> list[Any]:
        """Return the page's positions as spans."""
        return [Span(position) for position in self.value_as("positions")]


def term_info(field: FieldPostings, term: int) -> Any:
    """Return a term's statistics as Whoosh wants them."""
    start, end = field.span(term)
    weights = field.weights_at(slice(start, end))
    lengths = LENGTHS[field.lengths[field.pages[start:end]]]
    return TermInfo(
        float(weights.sum()),
        end - start,
        int(lengths.min()),
        int(lengths.max()),
        float(weights.max()),
        int(field.pages[start]),
        int(field.pages[end - 1]),
    )


class ArrayCursor(base.FieldCursor):
    """Walks the terms of one field in order."""

    def __init__(self, field: FieldPostings | None, field_type: Any) -> None:
        self._field, self._type, self._at = field, field_type, 0

    def is_valid(self) -> bool:
        """Tell whether it is at a term."""
        return self._field is not None and self._at < len(self._field.terms)

    def first(self) -> Any:
        """Go to the first term and return it."""
        self._at = 0
        return self.text()

    def find(self, string: Any) -> Any:
        """Go to the first term from `string` on and return it."""
        wanted = string if isinstance(string, bytes) else self._type.to_bytes(string)
        self._at = self._field.terms.lower_bound(wanted) if self._field else 0
        return self.text()

    def next(self) -> Any:
        """Go to the next term and return it."""
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """Return the present term, or None."""
        if self._field is None or not self.is_valid():
            return None
        return self._type.from_bytes(self._field.terms.raw(self._at))

    def term_info(self) -> Any:
        """Return the statistics of the present term."""
        return term_info(self._field, self._at) if self._field else None
