"""Connections to the database: journal mode, durability, transactions, and what their errors mean."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from archive.catalogue.tables.base import JsonText
from archive.errors import ArchiveError, Busy, CatalogueError, StorageError

BUSY_TIMEOUT_S = 30
_POOL_SIZE = 16
_WRITES = "archive_writes"
_ADVISORY_LOCK = 7_204_173  # any number that nothing else in the database uses

_FIXED_IN_LINE = {44: 6, 50: 7, 51: 3}
_FIXED_FROM = (3, 52, 0)


def journal_mode_for(version: tuple[int, ...]) -> str:
    """Return "wal" where this SQLite version is free of the WAL-reset fault, else "truncate".

    The fault (3.7.0 to 3.51.2) can lose committed transactions; it was fixed in 3.51.3, and in 3.50.7
    and 3.44.6 of their lines (https://www.sqlite.org/wal.html, "The WAL-Reset Bug").
    """
    _, minor, patch = version[:3]
    if tuple(version[:3]) >= _FIXED_FROM:
        return "wal"
    return "wal" if minor in _FIXED_IN_LINE and patch >= _FIXED_IN_LINE[minor] else "truncate"


def make_engine(url: URL, journal_mode: str) -> Engine:
    """Return the engine for `url`; `journal_mode` matters for SQLite only.

    Raises ArgumentError or ModuleNotFoundError from SQLAlchemy where the address or its driver is unknown.
    """
    is_sqlite = url.get_backend_name() == "sqlite"
    arguments: Mapping[str, Any] = {"timeout": BUSY_TIMEOUT_S} if is_sqlite else {}
    engine = create_engine(
        url,
        connect_args=dict(arguments),
        poolclass=QueuePool,
        pool_size=_POOL_SIZE,
        pool_timeout=BUSY_TIMEOUT_S,
        json_serializer=_to_json,
    )
    if is_sqlite:
        _prepare_sqlite(engine, journal_mode)
    else:
        _prepare_other(engine)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine for transactions that write: one at a time in the whole archive."""
    return engine.execution_options(**{_WRITES: True})


def _prepare_sqlite(engine: Engine, journal_mode: str) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, record: object) -> None:
        del record
        connection.isolation_level = None  # Python must not begin transactions on its own
        if journal_mode != "wal":  # WAL is a property of the file and set once, under the opening lock
            connection.execute("PRAGMA journal_mode=TRUNCATE").close()
        connection.execute("PRAGMA synchronous=FULL").close()
        connection.execute("PRAGMA foreign_keys=ON").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_other(engine: Engine) -> None:
    """Give other databases what BEGIN IMMEDIATE and BEGIN give in SQLite: one writer, steady readers."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES, False):
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        else:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _to_json(value: object) -> str:
    """Write compact JSON; half characters, which UTF-8 cannot hold, become question marks."""
    compact = value if isinstance(value, JsonText) else _ENCODED(value)
    return compact.encode("utf-8", "replace").decode("utf-8")


_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_STORAGE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRIMARY_CODE = 0xFF  # https://www.sqlite.org/rescode.html: the low byte of an extended result code


def damaged() -> CatalogueError:
    """Return the error of a catalogue whose file is damaged."""
    return CatalogueError(
        "The catalogue is damaged. Restore it from a backup; "
        "`archive verify` says what can be read until then."
    )


def refused() -> CatalogueError:
    """Return the error of which nothing else is known."""
    return CatalogueError("The catalogue refused what it was asked. Please report this fault.")


@contextmanager
def translate_errors() -> Iterator[None]:
    """Raise SQLAlchemy's and the driver's errors as Busy, StorageError or CatalogueError."""
    try:
        yield
    except DBAPIError as error:
        raise _translated(error.orig) from error
    except sqlite3.Error as error:
        raise _translated(error) from error
    except PoolTimeoutError as error:
        raise Busy("Too many work with the catalogue at once. Try again in a moment.") from error
    except SQLAlchemyError as error:
        raise refused() from error


def _translated(error: BaseException | None) -> ArchiveError:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
    if code in _BUSY:
        return Busy("Another process holds the catalogue. Try again in a moment.")
    if code in _STORAGE:
        return StorageError(
            "The catalogue cannot be written: the disk is full, read-only or failing. Mend that; try again."
        )
    if code in _DAMAGED:
        return damaged()
    if code == sqlite3.SQLITE_CANTOPEN:
        return CatalogueError(
            "The catalogue cannot be opened. Check that its folder is there and may be used."
        )
    return refused()
