"""Connections to the database: journal mode, durability, transactions; the gate where readers wait."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

from archive.catalogue.database import postgresql
from archive.catalogue.tables.base import JsonText
from archive.disk.file_lock import lock, open_lock_file, wait_for_lock
from archive.errors import StorageError
from archive.settings.database import DatabaseSettings

BUSY_TIMEOUT_S = 30
DEFAULTS: Final = DatabaseSettings()
_POOL_SIZE = 16
_WRITES = "archive_writes"
_NUL = "\\u0000"

# Readers go on after this time in any case: the gate keeps writers moving, it is no lock on the data.
_GATE_WAIT_MAX_S = 1.0
_GATE_POLL_S = 0.002

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


def make_engine(url: URL, journal_mode: str, bounds: DatabaseSettings = DEFAULTS) -> Engine:
    """Return the engine for `url`.

    Args:
        url: Where the database is.
        journal_mode: As `journal_mode_for` says; it matters for SQLite only.
        bounds: How much of a server is used.

    Raises ArgumentError or ModuleNotFoundError from SQLAlchemy where the address or its driver is unknown.
    """
    if url.get_backend_name() != "sqlite":
        return postgresql.make_engine(url, bounds, to_json)
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT_S},
        poolclass=QueuePool,
        pool_size=_POOL_SIZE,
        pool_timeout=BUSY_TIMEOUT_S,
        json_serializer=to_json,
    )
    prepare_sqlite(engine, journal_mode)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine for transactions that write: one at a time in the whole archive."""
    if engine.dialect.name != "sqlite":
        return postgresql.writing(engine)
    return engine.execution_options(**{_WRITES: True})


def reading(engine: Engine) -> Engine:
    """Return the engine for transactions that see one state of the catalogue and change nothing."""
    return engine if engine.dialect.name == "sqlite" else postgresql.reading(engine)


def prepare_sqlite(engine: Engine, journal_mode: str) -> None:
    """Set up each connection of an engine for SQLite, with a journal as `journal_mode_for` says."""

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, record: object) -> None:
        del record
        connection.isolation_level = None  # Python must not begin transactions on its own
        if journal_mode != "wal":  # WAL is a property of the file and set once, under the opening lock
            connection.execute("PRAGMA journal_mode=TRUNCATE").close()
        connection.execute("PRAGMA synchronous=FULL").close()
        connection.execute("PRAGMA foreign_keys=ON").close()
        connection.execute("PRAGMA secure_delete=ON").close()  # what is deleted is overwritten, too

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Gate:
    """The reader gate of one catalogue, for all processes."""

    def __init__(self, path: Path | None) -> None:
        """Take the file whose lock is the gate; None makes a gate at which nobody waits."""
        self._path = path

    def wait(self) -> None:
        """Wait before reading until no writer commits, at most a second."""
        handle = None if self._path is None else _open(self._path)
        if handle is None:
            return
        try:
            with suppress(StorageError):  # without locks nobody waits, and writers are as slow as they may
                wait_for_lock(handle, _GATE_WAIT_MAX_S, shared=True, poll_s=_GATE_POLL_S)
        finally:
            os.close(handle)

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Keep new readers waiting while the context lasts."""
        handle = None if self._path is None else _open(self._path)
        try:
            if handle is not None:
                with suppress(StorageError):
                    lock(handle)
            yield
        finally:
            if handle is not None:
                os.close(handle)  # opens the gate


def _open(path: Path) -> int | None:
    """Return a new handle on the gate's file; None where it cannot be made (a read-only disk, say)."""
    with suppress(OSError):
        return open_lock_file(path)
    return None


_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(value: object) -> str:
    """Write compact JSON that every database takes.

    Half characters, which UTF-8 cannot hold, become question marks, and NUL is left out.
    """
    compact = value if isinstance(value, JsonText) else _ENCODED(value)
    if _NUL in compact:  # perhaps a backslash and the letters: the value tells
        compact = _ENCODED(_without_nul(json.loads(compact)))
    return compact.encode("utf-8", "replace").decode("utf-8")


def _without_nul(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {str(key).replace("\0", ""): _without_nul(one) for key, one in value.items()}
    return [_without_nul(one) for one in value] if isinstance(value, list) else value
