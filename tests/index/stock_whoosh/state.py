"""A committed state of the index: its segments' columns in memory, and a Whoosh reader for each.

A Whoosh reader is not safe to share between threads, so the engine answers one search at a time. A segment's
files never change; which of its pages have been removed since belongs to the state (`View`).
"""

import copy
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from archive.index.documents import Watermark
from archive.index.schema import TextField
from archive.index.whoosh.directory.generations import INDEX_NAME
from tests.index.stock_whoosh.columns import NUMBER, RANK, UNIT, Unit, decode, make_schema

NO_UNIT = 0xFFFFFFFF


class Segment:
    """One immutable segment."""

    def __init__(self, folder: Path, stored: Any) -> None:
        """Open the segment that Whoosh's table of contents calls `stored`."""
        # The reader shows every page: removed ones are left out by the View.
        stored = copy.copy(stored)
        stored._deleted = None
        self.reader: Any = SegmentReader(FileStorage(str(folder)), make_schema(), stored)
        self.page_count: int = self.reader.doc_count_all()
        self.units: list[Unit] = []
        self.unit_of = array("I")
        self.watermarks: dict[int, Watermark] = {}
        index_of: dict[bytes, int] = {}
        for page, value in enumerate(self.reader.column_reader(UNIT, translate=False)):
            if value not in index_of:
                unit = decode(value)
                if isinstance(unit, Watermark):
                    self.watermarks[page] = unit
                    self.unit_of.append(NO_UNIT)
                    continue
                index_of[value] = len(self.units)
                self.units.append(unit)
            self.unit_of.append(index_of[value])
        self.numbers = array("i", self.reader.column_reader(NUMBER, translate=False))
        self.ranks = array("B", self.reader.column_reader(RANK, translate=False))
        self._lengths: dict[TextField, array[int]] = {}

    def lengths(self, name: TextField) -> "array[int]":
        """Return the number of tokens of a field on each page, rounded as Whoosh keeps it."""
        if name not in self._lengths:
            measure = self.reader.doc_field_length
            lengths = (measure(page, name.value, 1) or 1 for page in range(self.page_count))
            self._lengths[name] = array("I", lengths)
        return self._lengths[name]


@dataclass(frozen=True)
class View:
    """A segment without the pages removed since."""

    segment: Segment
    removed: frozenset[int]

    @cached_property
    def unit_of(self) -> "array[int]":
        """Per page the index of its unit; NO_UNIT for removed pages and the watermark."""
        units = self.segment.unit_of[:]
        for page in self.removed:
            units[page] = NO_UNIT
        return units

    @cached_property
    def live(self) -> tuple[int, ...]:
        """The pages that are not removed, by their number in the segment."""
        return tuple(page for page, unit in enumerate(self.unit_of) if unit != NO_UNIT)

    @cached_property
    def documents(self) -> frozenset[str]:
        """The documents that have pages in this segment."""
        used = {self.unit_of[page] for page in self.live}
        return frozenset(self.segment.units[unit].document for unit in used)

    def is_visible(self, page: int, max_rank: int, masked: frozenset[str]) -> bool:
        """Tell whether a visitor may see a page."""
        unit = self.unit_of[page]
        if unit == NO_UNIT or self.segment.ranks[page] > max_rank:
            return False
        return self.segment.units[unit].document not in masked


Version = tuple[Path, int]
"""A generation's folder and the number of its table of contents."""


def newest_version(folder: Path) -> Version:
    """Return the newest committed version of a generation."""
    number = TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME)
    if number < 0:
        raise FileNotFoundError(folder)
    return folder, number


@dataclass(frozen=True)
class State:
    """One committed state. What has been counted in it is kept (`prefix.py`, `statistics.py`)."""

    version: Version
    views_by_id: Mapping[str, View]
    prefix_counts: dict[tuple[TextField, str, int], list[tuple[str, int]]] = field(default_factory=dict)
    frequencies: dict[tuple[TextField, str, int], int] = field(default_factory=dict)
    average_lengths: dict[tuple[TextField, int], float] = field(default_factory=dict)

    @property
    def views(self) -> tuple[View, ...]:
        """The segments in Whoosh's order."""
        return tuple(self.views_by_id.values())

    @property
    def watermark(self) -> Watermark:
        """How far the index has come."""
        marks = [
            mark
            for view in self.views
            for page, mark in view.segment.watermarks.items()
            if page not in view.removed
        ]
        (mark,) = marks
        return mark

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages there are, whatever their rank."""
        documents = set().union(*(view.documents for view in self.views))
        return len(documents), sum(len(view.live) for view in self.views)

    def close(self, successor: "State | None" = None) -> None:
        """Close the readers that `successor` does not use."""
        for identifier, view in self.views_by_id.items():
            if successor is None or identifier not in successor.views_by_id:
                view.segment.reader.close()


def open_state(version: Version, known: State | None) -> State:
    """Open a committed state with the segments of `known` that are still in it.

    Raises FileNotFoundError where a writer has just replaced it.
    """
    folder, number = version
    toc = TOC.read(FileStorage(str(folder)), INDEX_NAME, gen=number, schema=make_schema())
    open_views = dict(known.views_by_id) if known and known.version[0] == folder else {}
    views: dict[str, View] = {}
    try:
        for stored in toc.segments:
            identifier = stored.segment_id()
            held = open_views.get(identifier)
            segment = held.segment if held else Segment(folder, stored)
            views[identifier] = View(segment, frozenset(stored.deleted_docs()))
    except BaseException:
        State(version, views).close(known)
        raise
    return State(version, views)
