"""Rows that many tests begin with: made once in a process by the catalogue itself, then put in again."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Table, insert, select, text
from sqlalchemy.orm import Session

from archive.catalogue.tables.metadata import METADATA

_Made = TypeVar("_Made")
_Rows = dict[Table, list[dict[str, Any]]]
_kept: dict[tuple[str, object], tuple[_Rows, object]] = {}


def made_once(session: Session, make: Callable[[Session], _Made]) -> _Made:
    """Return what `make` returned, with the rows that it made in a new catalogue of this kind."""
    dialect = session.get_bind().dialect.name
    if (dialect, make) not in _kept:
        before = _rows(session)
        made = make(session)
        session.flush()
        new = {
            table: [row for row in rows if row not in before[table]] for table, rows in _rows(session).items()
        }
        _kept[dialect, make] = new, made
        return made
    rows, kept = _kept[dialect, make]
    for table, of_table in rows.items():
        if of_table:
            session.execute(insert(table), of_table)
            if dialect == "postgresql":
                _count_on(session, table)
    return kept  # type: ignore[return-value]


def _rows(session: Session) -> _Rows:
    return {
        table: [dict(row) for row in session.execute(select(table)).mappings()]
        for table in METADATA.sorted_tables
    }


def _count_on(session: Session, table: Table) -> None:
    """Let the table's own numbers go on after those of the rows."""
    number = table.autoincrement_column
    if number is not None:
        name, column = table.name, number.name
        session.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{name}', '{column}'), max({column})) FROM {name}")
        )
