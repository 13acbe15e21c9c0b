"""Segments as searches use them: columns held in memory and readers lent to one search at a time.

A Whoosh reader is not safe to share between threads (it seeks in its files) and copies its files into memory,
so there are only a few, each lent to one search. A segment's files never change; which of its pages have
since been removed is part of the snapshot (`View`), so columns and readers outlive commits.
"""

import copy
from array import array
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from whoosh.reading import SegmentReader

from archive.index.documents import Watermark
from archive.index.schema import TextField
from archive.index.whoosh.directory.errors import FilesVanished
from archive.index.whoosh_stock.schema import NUMBER, RANK, UNIT
from archive.index.whoosh_stock.units import Unit, decode

NO_UNIT = 0xFFFFFFFF


class Segment:
    """One immutable segment. Thread-safe."""

    def __init__(self, storage: Any, schema: Any, stored: Any) -> None:
        """Open the segment that Whoosh's table of contents calls `stored`, in Whoosh's `storage`."""
        self.id: str = stored.segment_id()
        self._storage = storage
        self._schema = schema
        self._stored = copy.copy(stored)
        self._stored._deleted = None  # readers show every page; removed ones are left out by the View
        self._lock = Lock()
        self._free: list[Any] = []
        self._is_retired = False
        self._lengths: dict[TextField, array[int]] = {}
        reader = self.take_reader()
        try:
            self._read_columns(reader)
        finally:
            self.give_back(reader)

    def _read_columns(self, reader: Any) -> None:
        self.page_count: int = reader.doc_count_all()
        self.units: list[Unit] = []
        self.unit_of = array("I")
        self.watermarks: dict[int, Watermark] = {}
        index_of: dict[bytes, int] = {}
        for number, value in enumerate(reader.column_reader(UNIT, translate=False)):
            if value not in index_of:
                unit = decode(value)
                if isinstance(unit, Watermark):
                    self.watermarks[number] = unit
                    self.unit_of.append(NO_UNIT)
                    continue
                index_of[value] = len(self.units)
                self.units.append(unit)
            self.unit_of.append(index_of[value])
        self.numbers = array("i", reader.column_reader(NUMBER, translate=False))
        self.ranks = array("B", reader.column_reader(RANK, translate=False))

    def take_reader(self) -> Any:
        """Lend a reader to the caller alone. Raises FilesVanished where a writer has removed the files."""
        with self._lock:
            if self._free:
                return self._free.pop()
        try:
            return SegmentReader(self._storage, self._schema, self._stored)
        except FileNotFoundError as error:
            raise FilesVanished from error

    def give_back(self, reader: Any) -> None:
        """Take a lent reader back."""
        with self._lock:
            if not self._is_retired:
                self._free.append(reader)
                return
        reader.close()

    def retire(self) -> None:
        """Let go of the files as soon as the last lent reader is back."""
        with self._lock:
            self._is_retired = True
            idle, self._free = self._free, []
        for reader in idle:
            reader.close()

    def lengths(self, field: TextField, reader: Any) -> "array[int]":
        """Return the number of terms of `field` on each page (rounded as Whoosh keeps it)."""
        found = self._lengths.get(field)
        if found is None:
            measure = reader.doc_field_length
            found = array("I", (measure(page, field.value, 1) or 1 for page in range(self.page_count)))
            self._lengths[field] = found
        return found


@dataclass(frozen=True)
class View:
    """A segment as one snapshot sees it: without the pages removed since."""

    segment: Segment
    removed: frozenset[int]

    @cached_property
    def unit_of(self) -> "array[int]":
        """Per page the index of its unit; NO_UNIT for removed pages and the watermark."""
        if not self.removed:
            return self.segment.unit_of
        units = self.segment.unit_of[:]
        for page in self.removed:
            units[page] = NO_UNIT
        return units

    @cached_property
    def live(self) -> tuple[int, ...]:
        """The pages that are there, by their number in the segment."""
        return tuple(page for page, unit in enumerate(self.unit_of) if unit != NO_UNIT)

    @cached_property
    def documents(self) -> frozenset[str]:
        """The documents that have pages here."""
        used = {self.unit_of[page] for page in self.live}
        return frozenset(self.segment.units[unit].document for unit in used)

    @cached_property
    def highest_rank(self) -> int:
        """The highest visibility rank among the pages that are there, 0 where there are none."""
        return max((self.segment.ranks[page] for page in self.live), default=0)
