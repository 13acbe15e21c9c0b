"""What the errors of databases and their drivers mean for people, and whether they come of a damaged file.

A changed byte surfaces where a value is decoded, as almost any error. So such errors are looked into before
they are taken for a fault of the program: at most once a minute, since a look reads the whole catalogue.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from archive.catalogue.database import postgresql_errors
from archive.catalogue.database.readability import FAILURES, unreadable_tables
from archive.errors import ArchiveError, Busy, CatalogueError, StorageError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_STORAGE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRIMARY_CODE = 0xFF  # https://www.sqlite.org/rescode.html: the low byte of an extended result code
_LOOK_EVERY_S: Final = 60.0


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
    if error is not None and postgresql_errors.is_of_server(error):
        found = postgresql_errors.translated(error)
        return found or (damaged() if postgresql_errors.is_damage(error) else refused())
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


def is_file_damaged(path: Path) -> bool:
    """Return whether SQLite itself finds fault with a database's file, which need not be one."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        # What is locked or cannot be opened is not known to be damaged; a schema that makes no sense is.
        return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_ERROR
    except (sqlite3.Error, ValueError, TypeError):  # of the driver, where even the message is damaged
        return True
    return found != "ok"


@contextmanager
def damage_named(path: Path | None) -> Iterator[None]:
    """Say that the catalogue in a file is damaged where it cannot be opened for that."""
    try:
        yield
    except (CatalogueError, *FAILURES) as error:
        if path is None or not (is_file_damaged(path) or isinstance(error, UnicodeDecodeError)):
            raise
        raise damaged() from error


class DamageCheck:
    """Looks whether a catalogue that is open is damaged. Safe for several threads."""

    def __init__(self, engine: Engine, path: Path | None) -> None:
        """`path` is the file of an SQLite database; of others nothing is known."""
        self._engine = engine
        self._path = path
        self._lock = threading.Lock()
        self._looked_at_s = float("-inf")
        self._is_damaged = False

    @contextmanager
    def named(self) -> Iterator[None]:
        """Say that the catalogue is damaged where that is why something failed as if by a fault.

        Raises CatalogueError.
        """
        try:
            yield
        except (CatalogueError, *FAILURES) as error:
            is_telling = isinstance(error, CatalogueError) and error.message != refused().message
            if is_telling or not self.is_damaged():
                raise
            raise damaged() from error

    def is_damaged(self) -> bool:
        """Return whether it is, as of the last minute."""
        if self._path is None:
            return False
        with self._lock:
            if time.monotonic() - self._looked_at_s >= _LOOK_EVERY_S:
                self._is_damaged = is_file_damaged(self._path) or self._has_unreadable_rows()
                self._looked_at_s = time.monotonic()
            return self._is_damaged

    def _has_unreadable_rows(self) -> bool:
        try:
            with Session(self._engine, autoflush=False) as session:
                return any(True for _ in unreadable_tables(session))
        except DBAPIError:  # another process holds it: nothing is known
            return False
        except FAILURES:
            return True
