"""An open catalogue: its transactions, its gate, a check for damage."""

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
    DEFAULTS,
    Gate,
    journal_mode_for,
    make_engine,
    reading,
    writing,
)
from archive.catalogue.database.driver_errors import DamageCheck, damage_named, damaged, translate_errors
from archive.catalogue.database.migration import (
    is_current,
    is_empty,
    make_catalogue,
    migrate,
    migration_lock,
    write_anew,
)
from archive.catalogue.database.turns import Turn
from archive.catalogue.tables.journal import MetaRow
from archive.errors import CatalogueError, StorageError
from archive.settings.database import DatabaseSettings


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
        self._engine = engine
        self._reader = reading(engine)
        self._writer = writing(engine)
        self.journal_mode = journal_mode
        with self.read() as session:
            row = session.get(MetaRow, "epoch")
            if row is None:
                raise damaged()
            self.epoch = row.value

    @classmethod
    def open(cls, url: str, bounds: DatabaseSettings = DEFAULTS) -> Self:
        """Open the catalogue at an SQLAlchemy address such as "sqlite:////srv/archive/catalogue.db".

        Its tables are made where missing and brought up to date (an SQLite file, too, but no database of a
        server); several processes may do so at once.

        Args:
            url: The address: of an SQLite file, or "postgresql+psycopg://user@host/database".
            bounds: How much of a server is used.

        Raises:
            CatalogueError: The address is wrong, the catalogue is damaged or was made by a newer version, or
                its server does not let the archive in (CatalogueUnavailable: does not answer).
            StorageError: The disk refuses.
            Busy: Another process keeps it locked.
        """
        try:
            address = make_url(url)
            is_sqlite = address.get_backend_name() == "sqlite"
            if not is_sqlite and address.get_backend_name() != "postgresql":
                raise ArgumentError(address.drivername)
            journal_mode = journal_mode_for(sqlite3.sqlite_version_info) if is_sqlite else ""
            engine = make_engine(address, journal_mode, bounds)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise CatalogueError(
                "The catalogue's address is not usable. Mend database_url, or install the driver it names "
                "(for postgresql+psycopg://: pip install 'archive[cluster]')."
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

    @property
    def is_shared(self) -> bool:
        """Return whether the catalogue is on a server, so that its processes may be on several machines."""
        return not self.journal_mode

    @contextmanager
    def write_rows(self) -> Iterator[Session]:
        """Give a session for a few rows of jobs or processes, which nothing that is indexed depends on.

        On a server it waits for no other writer, only for whom has the same row; elsewhere it is `write`. No
        change may be recorded in it: changes are followed in the order in which `write` commits them.

        Raises Busy, StorageError and CatalogueError.
        """
        if not self.is_shared:
            with self.write() as session:
                yield session
            return
        with translate_errors(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            session.connection()
            yield session

    def turn(self, task: str) -> Turn:
        """Return this process's turn at a task that only one of all processes does at a time."""
        return Turn(self._engine, task)

    def check(self) -> None:
        """Walk the whole database; raise CatalogueError where it is damaged."""
        statement = "PRAGMA quick_check" if self.journal_mode else "SELECT 'ok'"
        with self.read() as session:
            if session.execute(text(statement)).scalar() != "ok":
                raise damaged()

    def write_anew(self) -> None:
        """Write the whole database anew, without what was deleted and replaced in it; others wait.

        Raises Busy, StorageError and CatalogueError.
        """
        with self._damage.named(), translate_errors(), self._gate.shut():
            write_anew(self._engine)

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._engine.dispose()


def _gate_path(address: URL, journal_mode: str) -> Path | None:
    """Return the reader gate's file; None with WAL and other databases, where no writer waits for readers."""
    if journal_mode != "truncate" or not address.database:
        return None
    return Path(f"{address.database}.gate")


def _bring_up_to_date(engine: Engine, address: URL, journal_mode: str) -> None:
    if not journal_mode:
        if not is_current(engine):
            migrate(writing(engine))
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
        if is_empty(engine):
            make_catalogue(engine)
        elif not is_current(engine):
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
