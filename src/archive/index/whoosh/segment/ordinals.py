"""One numbering of groups, titles and facet values over all segments of a snapshot.

Each segment numbers its own strings; here they get numbers that hold for all, once per segment. The numbering
outlives commits, so that a commit costs no more than its own strings.
"""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import Facet
from archive.index.whoosh.segment.segment import Segment, SegmentView
from archive.index.whoosh.segment.string_table import StringTable

# A numbering is begun again when so many of its strings may be of segments that are gone.
_MAX_STALE_SHARE: Final = 0.5
_MIN_NUMBERED: Final = 10_000


class GlobalOrdinals:
    """Numbers of the strings of one column. Thread-safe."""

    def __init__(self, table: Callable[[Segment], StringTable | None]) -> None:
        self._table = table
        self._lock = Lock()
        self._number_of: dict[str, int] = {}
        self._maps: WeakKeyDictionary[Segment, NDArray[np.int32]] = WeakKeyDictionary()
        self.names: list[str] = []

    def of(self, segment: Segment) -> NDArray[np.int32]:
        """Return the numbers of a segment's strings by their places in its table, shape (n_strings,)."""
        numbers = self._maps.get(segment)
        return self._number(segment) if numbers is None else numbers

    def _number(self, segment: Segment) -> NDArray[np.int32]:
        table = self._table(segment)
        with self._lock:
            numbers = []
            for value in table.raw_range(0, len(table)) if table is not None else ():
                name = value.decode("utf-8")
                number = self._number_of.get(name)
                if number is None:
                    number = self._number_of[name] = len(self.names)
                    self.names.append(name)
                numbers.append(number)
            self._maps[segment] = np.array(numbers, np.int32)
            return self._maps[segment]


class Numbering:
    """The numbers of all strings that searches count and sort by."""

    def __init__(self) -> None:
        self.groups = GlobalOrdinals(lambda segment: segment.units.groups)
        self._facets = {facet: GlobalOrdinals(_facet_table(facet)) for facet in Facet}

    def facet(self, facet: Facet) -> GlobalOrdinals:
        """Return the numbers of a facet's values."""
        return self._facets[facet]

    def is_stale(self, views: Sequence[SegmentView]) -> bool:
        """Tell whether most strings are no longer in use."""
        used = sum(len(view.segment.units.groups) for view in views)
        numbered = len(self.groups.names)
        return numbered > _MIN_NUMBERED and used < numbered * (1 - _MAX_STALE_SHARE)


def _facet_table(facet: Facet) -> Callable[[Segment], StringTable | None]:
    def table(segment: Segment) -> StringTable | None:
        column = segment.units.facet(facet)
        return None if column.is_empty else column.table

    return table
