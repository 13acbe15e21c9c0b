"""What the errors of databases and their drivers mean for people."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from archive.catalogue.database import postgresql_errors
from archive.errors import ArchiveError, Busy, CatalogueError, StorageError

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
