"""Documents as a table: its columns, a table that came back, and what it would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.model.bulk import Plan


class TableColumn(StrEnum):
    """A column of the table; the value is what it is called in English."""

    ID = "id"
    TITLE = "title"
    EVENT_ID = "event_id"
    EVENT = "event"
    TALK = "talk_id"
    SPEAKERS = "speakers"
    REGIONS = "regions"
    FOCUS_AREAS = "focus_areas"
    LANGUAGE = "language"
    VISIBILITY = "visibility"
    DATE = "date"
    PUBLISHER = "publisher"


SWEDISH_NAMES: Mapping[TableColumn, str] = {
    TableColumn.ID: "id",
    TableColumn.TITLE: "titel",
    TableColumn.EVENT_ID: "händelse_id",
    TableColumn.EVENT: "händelse",
    TableColumn.TALK: "föredrag_id",
    TableColumn.SPEAKERS: "talare",
    TableColumn.REGIONS: "regioner",
    TableColumn.FOCUS_AREAS: "fokusområden",
    TableColumn.LANGUAGE: "språk",
    TableColumn.VISIBILITY: "synlighet",
    TableColumn.DATE: "datum",
    TableColumn.PUBLISHER: "utgivare",
}
READ_ONLY = frozenset({TableColumn.EVENT, TableColumn.TALK, TableColumn.SPEAKERS})
"""What the table shows so that people know what they see, and is changed elsewhere."""


class LineRefusal(StrEnum):
    """Why a line, or one cell of it, is left."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    NO_TALK = "no_talk"
    NO_EVENT = "no_event"
    EVENT_STRICTER = "event_stricter"
    NO_ID = "no_id"
    REPEATED = "repeated"
    CELL_COUNT = "cell_count"
    UNKNOWN_COLUMN = "unknown_column"
    READ_ONLY = "read_only"
    UNKNOWN_VALUE = "unknown_value"
    WRONG_DATE = "wrong_date"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNSHOWABLE = "unshowable"
    CONTRADICTION = "contradiction"
    """Another line says something else of the same talk or event."""
    EVENT_MOVES = "event_moves"
    """The event is another in the same line, so that it is not clear whose focus areas are meant."""


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """What is left. `column` is what it is called in the file, "" for the whole line."""

    line: int
    document: str
    column: str
    value: str
    why: LineRefusal


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row of a file, with the number of the line that it begins on."""

    line: int
    cells: Mapping[TableColumn, str]


@dataclass(frozen=True, slots=True)
class GivenTable:
    """What a file holds, and what of it cannot be read."""

    rows: Sequence[GivenRow]
    refused: Sequence[RefusedCell]


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that is not as the archive has it."""

    line: int
    document: str
    title: str
    column: TableColumn
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What a table would change. `plan` is what is written; `mark` changes with any part of it."""

    rows: int
    cells: Sequence[ChangedCell]
    refused: Sequence[RefusedCell]
    plan: Plan
    mark: str
