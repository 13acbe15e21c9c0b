"""Copying a whole catalogue to another database, and showing that both have the same rows.

Rows go table by table, those that others refer to first, in the order of their keys and in batches: each
batch and how far it has come are one transaction, so that an interrupted copy goes on where it stopped.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy import Column, Integer, Row, Table, delete, func, insert, select, text, tuple_, update
from sqlalchemy.orm import Session

from archive.catalogue.database.database import Database
from archive.catalogue.tables.journal import MetaRow
from archive.catalogue.tables.metadata import METADATA
from archive.catalogue.tables.processes import ProcessRow
from archive.errors import CopyRefused

Progress = Callable[[str, int], None]
"""Called with a table's name and how many of its rows the copy has."""

_PROGRESS: Final = "copying"
_BATCH_ROWS: Final = 2000
_NOT_COPIED: Final = frozenset({MetaRow.__tablename__, ProcessRow.__tablename__})
_NEW: Final = frozenset({"region", "audit_event"})
"""Tables in which a new catalogue has rows before anything is put in."""


class RowSource(Protocol):
    """What rows are copied from: a catalogue, or one state of it."""

    @property
    def epoch(self) -> str:
        """Return the catalogue's identifier."""
        ...

    def read(self) -> AbstractContextManager[Session]:
        """Give a session to read in."""
        ...


@dataclass(frozen=True, slots=True)
class OneState:
    """A catalogue in the state that one session sees, for as long as that lasts."""

    epoch: str
    session: Session

    def read(self) -> AbstractContextManager[Session]:
        """Give the session, which stays open."""
        return nullcontext(self.session)


def copy_rows(source: RowSource, target: Database, told: Progress, batch_rows: int = _BATCH_ROWS) -> None:
    """Copy all rows of a catalogue into an empty one, or go on with a copy of it that was interrupted.

    The copy is the same archive: it has the source's epoch. One that is whole already stays as it is. Nobody
    may write to either meanwhile; `differences` shows whether somebody did.

    Raises:
        CopyRefused: the target has something of its own, or a copy of another catalogue.
    """
    if target.epoch == source.epoch:
        return
    begin_at = _begun(source, target)
    copied = _tables()
    for table in copied[begin_at[0] :]:
        done = begin_at[1] if table is copied[begin_at[0]] else 0
        for rows in _batches(source, table, done, batch_rows):
            done += len(rows)
            with target.write() as session:
                session.execute(insert(table), [dict(row._mapping) for row in rows])
                _note(session, source.epoch, table.name, done)
            told(table.name, done)
    with source.read() as ours, target.write() as session:
        for table in copied:
            _continue_numbers(ours, session, table)
        session.execute(delete(MetaRow).where(MetaRow.key == _PROGRESS))
        session.execute(update(MetaRow).where(MetaRow.key == "epoch").values(value=source.epoch))


def differences(source: Database, target: Database) -> tuple[str, ...]:
    """Return the tables whose rows are not the same in both catalogues, compared by count and checksum."""
    with source.read() as ours, target.read() as theirs:
        return tuple(
            table.name for table in _tables() if _count_and_sum(ours, table) != _count_and_sum(theirs, table)
        )


def row_counts(database: Database) -> Mapping[str, int]:
    """Return how many rows each table has."""
    with database.read() as session:
        return {table.name: _count(session, table) for table in _tables()}


def _tables() -> Sequence[Table]:
    """Return the tables that are copied, each after those it refers to."""
    return [table for table in METADATA.sorted_tables if table.name not in _NOT_COPIED]


def _begun(source: RowSource, target: Database) -> tuple[int, int]:
    """Return which table is to be gone on with, and how many rows of it are there; clear a new catalogue."""
    names = [table.name for table in _tables()]
    with target.write() as session:
        noted = session.get(MetaRow, _PROGRESS)
        if noted is not None:
            state = json.loads(noted.value)
            if state["epoch"] != source.epoch:
                raise CopyRefused(
                    "There is an unfinished copy of another archive there. Name an empty place."
                )
            return names.index(state["table"]), state["rows"]
        if any(_count(session, table) for table in _tables() if table.name not in _NEW):
            raise CopyRefused(
                "There is an archive with records of its own there already. Name an empty place."
            )
        for table in reversed(_tables()):
            session.execute(delete(table))
        _note(session, source.epoch, names[0], 0)
    return 0, 0


def _note(session: Session, epoch: str, table: str, rows: int) -> None:
    value = json.dumps({"epoch": epoch, "table": table, "rows": rows})
    if session.get(MetaRow, _PROGRESS) is None:
        session.add(MetaRow(key=_PROGRESS, value=value))
        session.flush()
    else:
        session.execute(update(MetaRow).where(MetaRow.key == _PROGRESS).values(value=value))


def _batches(source: RowSource, table: Table, done: int, batch_rows: int) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of a table after the first `done`, each batch read in a transaction of its own."""
    key = _order(table)
    last: tuple[Any, ...] | None = None
    with source.read() as session:
        if done:
            found = session.execute(select(*key).order_by(*key).offset(done - 1).limit(1)).one()
            last = tuple(found)
    while True:
        wanted = select(table).order_by(*key).limit(batch_rows)
        if last is not None:
            wanted = wanted.where(tuple_(*key) > tuple_(*last))
        with source.read() as session:
            rows = session.execute(wanted).all()
        if not rows:
            return
        yield rows
        last = tuple(rows[-1]._mapping[column] for column in key)


def _order(table: Table) -> Sequence[Column[Any]]:
    """Return the columns of the primary key."""
    return list(table.primary_key.columns)


def _count(session: Session, table: Table) -> int:
    return session.execute(select(func.count()).select_from(table)).scalar_one()


def _count_and_sum(session: Session, table: Table) -> tuple[int, int]:
    """Return how many rows a table has and a sum over their digests, which no order changes."""
    count = total = 0
    for row in session.execute(select(table).execution_options(yield_per=_BATCH_ROWS)):
        values = {column.name: row._mapping[column] for column in table.columns}
        written = json.dumps(values, default=_plain, sort_keys=True).encode()
        total += int.from_bytes(hashlib.sha256(written).digest())
        count += 1
    return count, total


def _plain(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _continue_numbers(source: Session, target: Session, table: Table) -> None:
    """Let a table's numbers go on after the highest that the source ever gave, also to rows that are gone."""
    key = _order(table)
    if len(key) != 1 or not isinstance(key[0].type, Integer):
        return
    highest = source.execute(select(func.max(key[0]))).scalar() or 0
    highest = max(highest, _last_given(source, table, key[0].name))
    if not highest:
        return
    values = {"table": table.name, "highest": highest}
    if _is_sqlite(target):
        target.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), values)
        target.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :highest)"), values)
    else:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :key), :highest)")
        target.execute(sequence, values | {"key": key[0].name})


def _last_given(session: Session, table: Table, key: str) -> int:
    if _is_sqlite(session):
        found = session.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :table"), {"table": table.name}
        )
        return found.scalar() or 0
    sequence = session.execute(
        text("SELECT pg_get_serial_sequence(:table, :key)"), {"table": table.name, "key": key}
    ).scalar_one()
    state = session.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()  # noqa: S608
    return int(state.last_value) if state.is_called else 0


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
