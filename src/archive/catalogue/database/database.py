"""An open catalogue: its transactions, the gate at which readers wait for a writer, a check for damage."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Engine, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from archive.catalogue.database.connection import (
    damaged,
    journal_mode_for,
    make_engine,
    translate_errors,
    writing,
)
from archive.catalogue.database.damage import DamageCheck, damage_named
from archive.catalogue.database.migration import COMMAND, is_current, migrate, migration_lock
from archive.catalogue.tables.journal import MetaRow
from archive.errors import CatalogueError, StorageError
from archive.file_lock import lock, open_lock_file, wait_for_lock

# Readers go on after this time in any case: the gate keeps writers moving, it is no lock on the data.
_WAIT_MAX_S = 1.0
_POLL_S = 0.002


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
                wait_for_lock(handle, _WAIT_MAX_S, shared=True, poll_s=_POLL_S)
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


class Database:
    """An open catalogue. Safe for several threads: each transaction has a session of its own.

    `epoch` is the random identifier made with the catalogue; `journal_mode` is "wal", "truncate" or,
    where the database is not SQLite, "".
    """

    def __init__(self, engine: Engine, journal_mode: str, gate: Gate, damage: DamageCheck) -> None:
        """Take an engine whose tables are at the newest revision; use `open` instead."""
        self._gate = gate
        self._damage = damage
        self._threads = threading.local()
        self._reader = engine
        self._writer = writing(engine)
        self.journal_mode = journal_mode
        with self.read() as session:
            row = session.get(MetaRow, "epoch")
            if row is None:
                raise damaged()
            self.epoch = row.value

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the catalogue at an SQLAlchemy address such as "sqlite:////srv/archive/catalogue.db".

        SQLite: the file is made where missing and its tables are brought up to date; several processes may
        do so at once.

        Raises:
            CatalogueError: The address is wrong, the catalogue is damaged or was made by a newer version, or
                it is not SQLite and needs a migration.
            StorageError: The disk refuses.
            Busy: Another process keeps it locked.
        """
        try:
            address = make_url(url)
            is_sqlite = address.get_backend_name() == "sqlite"
            journal_mode = journal_mode_for(sqlite3.sqlite_version_info) if is_sqlite else ""
            engine = make_engine(address, journal_mode)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise CatalogueError(
                "The catalogue's address is not usable. Mend database_url, or install the driver it names."
            ) from error
        path = Path(str(address.database)) if is_sqlite and address.database else None
        try:
            with damage_named(path), translate_errors():
                _bring_up_to_date(engine, address, journal_mode)
            if path:
                _close_to_others(path)
            return cls(
                engine, journal_mode, Gate(_gate_path(address, journal_mode)), DamageCheck(engine, path)
            )
        except BaseException:
            engine.dispose()
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one consistent state; nothing done in it is kept. Keep it short.

        Raises Busy, StorageError and CatalogueError.

        A thread that reads passes its session on; a second read within the first is refused (RuntimeError).
        It would never begin while a writer waits to commit: the writer waits for the first to end, and lets
        in no second.
        """
        if getattr(self._threads, "is_reading", False):
            raise RuntimeError("This thread is reading the catalogue: pass its session on.")
        self._gate.wait()
        with (
            self._damage.named(),
            translate_errors(),
            Session(self._reader, autoflush=False) as session,
        ):
            session.connection()
            self._threads.is_reading = True
            try:
                yield session
            finally:
                self._threads.is_reading = False
                session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session that alone may write; committed at the end, rolled back on any exception.

        Waits up to 30 s for other writers. Raises Busy, StorageError and CatalogueError.
        """
        with (
            self._damage.named(),
            translate_errors(),
            ExitStack() as committing,  # closed after the commit, which ends the last of these contexts
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # takes the lock now, so that what is read stays true until the commit
            yield session
            session.flush()
            committing.enter_context(self._gate.shut())

    def check(self) -> None:
        """Walk the whole database; raise CatalogueError where it is damaged."""
        statement = "PRAGMA quick_check" if self.journal_mode else "SELECT 'ok'"
        with self.read() as session:
            if session.execute(text(statement)).scalar() != "ok":
                raise damaged()

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._reader.dispose()


def _gate_path(address: URL, journal_mode: str) -> Path | None:
    """Return the reader gate's file; None with WAL and other databases, where no writer waits for readers."""
    if journal_mode != "truncate" or not address.database:
        return None
    return Path(f"{address.database}.gate")


def _bring_up_to_date(engine: Engine, address: URL, journal_mode: str) -> None:
    if not journal_mode:
        if not is_current(engine):
            raise CatalogueError(f"The catalogue needs a migration. Run: {COMMAND}")
        return
    if not address.database or address.database == ":memory:":
        raise CatalogueError("The catalogue must be a file. Mend database_url.")
    path = Path(address.database)
    _make_folder(path.parent)
    if path.exists() and is_current(engine):
        return
    with migration_lock(path.with_name(path.name + ".lock")):
        if journal_mode == "wal":
            with engine.connect() as connection:
                _raw(connection.connection.dbapi_connection).execute("PRAGMA journal_mode=WAL").close()
        if not is_current(engine):
            migrate(writing(engine))


def _close_to_others(path: Path) -> None:
    """Let no other user read the catalogue, which has what is for staff alone; its journals follow its mode.

    Where the mode cannot be set, that of the folder still counts, which `data_folder` looks at.
    """
    with suppress(OSError):
        if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
            path.chmod(0o600)


def _raw(connection: object) -> sqlite3.Connection:
    assert isinstance(connection, sqlite3.Connection)
    return connection


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            "The catalogue's folder cannot be made. Free some space or mend its rights."
        ) from error
