"""What of a catalogue can still be read: every row of every table, as the records that are made of it.

SQLite's own check sees damaged pages of the file, not a changed letter in a value. Here each value is decoded
and has to be of its column's type, one row at a time where a table cannot be read at once.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Row, Select, Table, literal_column, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from archive.catalogue.block_codec import unpack_blocks, unpack_words
from archive.catalogue.tables.base import NormalText, UtcDateTime
from archive.catalogue.tables.metadata import METADATA
from archive.errors import CatalogueError
from archive.model.documents import DocumentKind
from archive.model.extraction import Outcome
from archive.model.jobs import JobKind
from archive.model.pages import OcrReason
from archive.model.visibility import Visibility

_Made = Mapping[tuple[str, str], Callable[[Any], object]]
_MADE: _Made = {
    ("document", "kind"): DocumentKind,
    ("document", "visibility"): Visibility,
    ("version", "category"): lambda value: value is None or Outcome(value),
    ("page", "ocr_reason"): OcrReason,
    ("page", "blocks"): unpack_blocks,
    ("picture", "words"): unpack_words,
    ("event", "visibility"): Visibility,
    ("presentation", "visibility"): Visibility,
    ("job", "kind"): JobKind,
}
"""What values become that are more than text and numbers."""

FAILURES = (
    SQLAlchemyError,
    CatalogueError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
)
"""As what a damaged value surfaces where it is decoded."""


_DOCUMENT, _VERSION, _PAGE, _PICTURE = (
    METADATA.tables[name] for name in ("document", "version", "page", "picture")
)
_ROWS_A_BATCH = 200


@dataclass(frozen=True, slots=True)
class TableState:
    """How much of a table can be read. `unreadable` are rows by number; None: not even those are known."""

    table: str
    rows: int
    unreadable: tuple[int, ...] | None


def unreadable_tables(session: Session) -> Iterator[TableState]:
    """Yield the tables of which something cannot be read."""
    for table in METADATA.sorted_tables:
        state = _state(session, table)
        if state.unreadable is None or state.unreadable:
            yield state


def whole_documents(session: Session) -> tuple[int, int] | None:
    """Return how many documents can be read with all their versions and pages, and how many there are.

    Each is tried by itself: where a part of a table is lost, the other documents are still there. None where
    not even their identifiers can be read.
    """
    try:
        ids = [str(one) for one in session.scalars(_only("id", _DOCUMENT)).all()]
    except FAILURES:
        session.rollback()
        return None
    return sum(_is_whole(session, one) for one in ids), len(ids)


def _is_whole(session: Session, document_id: str) -> bool:
    try:
        _read(session, _DOCUMENT, "id", document_id)
        _read(session, _VERSION, "document_id", document_id)
        versions = session.scalars(_only("id", _VERSION).where(_VERSION.c.document_id == document_id)).all()
        for version in versions:
            _read(session, _PAGE, "version_id", str(version))
            _read(session, _PICTURE, "version_id", str(version))
    except FAILURES:
        session.rollback()
        return False
    return bool(versions)


def _read(session: Session, table: Table, column: str, value: str) -> None:
    for row in session.execute(select(table).where(table.c[column] == value)):
        _check(table, row)


def _only(column: str, table: Table) -> Select[tuple[Any]]:
    """Select a column as it is in the database, however little its values make sense."""
    undecoded: ColumnElement[Any] = literal_column(column)
    return select(undecoded).select_from(table)


def _state(session: Session, table: Table) -> TableState:
    try:
        count = 0
        for row in session.execute(select(table).execution_options(yield_per=_ROWS_A_BATCH)):
            _check(table, row)
            count += 1
        return TableState(table.name, count, ())
    except FAILURES as error:
        _raise_if_busy(error)
        session.rollback()
    try:
        numbers = session.scalars(_only("rowid", table)).all()
        unreadable = tuple(number for number in numbers if not _is_readable(session, table, number))
    except FAILURES as error:
        _raise_if_busy(error)
        session.rollback()
        return TableState(table.name, 0, None)
    return TableState(table.name, len(numbers), unreadable)


def _raise_if_busy(error: Exception) -> None:
    """Raise what says nothing of the data: another process holds the catalogue."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, DBAPIError) and code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise error


def _is_readable(session: Session, table: Table, number: int) -> bool:
    try:
        row = session.execute(select(table).where(literal_column("rowid") == number)).one()
        _check(table, row)
    except FAILURES:
        return False
    return True


def _check(table: Table, row: Row[Any]) -> None:
    """Raise one of FAILURES where a value is not what its column says."""
    for column, value in zip(table.columns, row, strict=True):
        if value is None:
            if not column.nullable:
                raise ValueError(column.name)
            continue
        if not isinstance(value, _types(column)):
            raise TypeError(column.name)
        if make := _MADE.get((table.name, column.name)):
            make(value)


def _types(column: Any) -> tuple[type, ...]:
    if isinstance(column.type, NormalText):
        return (str,)
    if isinstance(column.type, UtcDateTime):
        return (datetime,)
    if isinstance(column.type, JSON):
        return (list, dict)
    kind: type = column.type.python_type
    return (float, int) if kind is float else (kind,)
