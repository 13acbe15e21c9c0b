"""One numbering of groups, titles, orders and facet values over all segments of a snapshot.

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
from archive.index.whoosh.directory.array_file import StringTable
from archive.index.whoosh.segment.segment import Segment, SegmentView

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
        self._ranks: NDArray[np.int64] = np.empty(0, np.int64)

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

    def ranks(self, segments: Sequence[Segment]) -> list[NDArray[np.int64]]:
        """Return the places of each segment's strings in the order of all strings, shape (n_strings,) each.

        They are counted from 1; "" has 0. Those of one call compare with each other, not with later ones.
        """
        numbers = [self.of(segment) for segment in segments]
        ranked = self._ranked()
        return [ranked.take(of_segment) for of_segment in numbers]

    def _ranked(self) -> NDArray[np.int64]:
        """Return the rank of each number, shape (n_numbers,)."""
        with self._lock:
            count = len(self.names)
            if self._ranks.size != count:
                ranks = np.empty(count, np.int64)
                ranks[sorted(range(count), key=self.names.__getitem__)] = np.arange(1, count + 1)
                if "" in self._number_of:
                    ranks[self._number_of[""]] = 0
                self._ranks = ranks
            return self._ranks


class Numbering:
    """The numbers of all strings that searches count and sort by."""

    def __init__(self) -> None:
        self.groups = GlobalOrdinals(lambda segment: segment.units.groups)
        self.titles = GlobalOrdinals(lambda segment: segment.units.titles)
        self.group_orders = GlobalOrdinals(lambda segment: segment.units.group_orders)
        self.orders = GlobalOrdinals(lambda segment: segment.units.orders)
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
