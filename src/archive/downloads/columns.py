"""The columns of a table of hits, the same in every format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

Value = str | int | bool | Sequence[str]
Row = Mapping[str, Value]
"""The values of one page by column."""


class ColumnKind(Enum):
    """What the values of a column are; a list has names in the order of the record."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `is_constant`: it has the same value in all rows of a file."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    is_constant: bool = False


COLUMNS: Final = (
    Column("address"),
    Column("document_id"),
    Column("version", ColumnKind.NUMBER),
    Column("page", ColumnKind.NUMBER),
    Column("page_title"),
    Column("title"),
    Column("talk_id"),
    Column("event"),
    Column("event_id"),
    Column("date"),
    Column("speakers", ColumnKind.LIST),
    Column("organisations", ColumnKind.LIST),
    Column("regions", ColumnKind.LIST),
    Column("focus_areas", ColumnKind.LIST),
    Column("publisher"),
    Column("kind"),
    Column("language"),
    Column("visibility"),
    Column("has_all_words", ColumnKind.FLAG),
    Column("snippet"),
    Column("text"),
    Column("question", is_constant=True),
    Column("question_address", is_constant=True),
    Column("downloaded_at", is_constant=True),
    Column("licence", is_constant=True),
    Column("hit_count", ColumnKind.NUMBER, is_constant=True),
    Column("talk_count", ColumnKind.NUMBER, is_constant=True),
)
"""All columns in their order; the last ones say in each row where the file comes from (`provenance.py`)."""

NAMES: Final = tuple(column.name for column in COLUMNS)
LIST_SEPARATOR: Final = "; "


def cell(value: Value) -> str:
    """Return a value as the cell of a table that knows nothing but text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else LIST_SEPARATOR.join(value)
