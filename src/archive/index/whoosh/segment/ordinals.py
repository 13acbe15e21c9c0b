"""One numbering of groups, titles and facet values over all segments of a snapshot.

Each segment numbers its own strings; here they get numbers that hold for all, once per segment. The numbering
outlives commits, so that a commit costs no more than its own strings.
"""

from collections.abc import Callable
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from archive.index.whoosh.segment.segment import Segment
from archive.index.whoosh.segment.strings import StringTable


class GlobalOrdinals:
    """Numbers of the strings of one column. Thread-safe."""

    def __init__(self, table: Callable[[Segment], StringTable | None]) -> None:
        self._table = table
        self._lock = Lock()
        self._number_of: dict[str, int] = {}
        self._maps: WeakKeyDictionary[Segment, NDArray[np.int32]] = WeakKeyDictionary()
        self.names: list[str] = []

    def of(self, segment: Segment) -> NDArray[np.int32]:
        """Return the numbers of a segment's strings, by their places in its table."""
        found = self._maps.get(segment)
        return self._number(segment) if found is None else found

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
            made = self._maps[segment] = np.array(numbers, np.int32)
            return made
