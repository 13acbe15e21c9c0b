"""Errors of SQLAlchemy and SQLite as the archive's own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from archive.errors import ArchiveError, Busy, CatalogueError, StorageError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_STORAGE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRIMARY_CODE = 0xFF  # https://www.sqlite.org/rescode.html: the low byte of an extended result code


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
        raise CatalogueError("The catalogue refused what it was asked. Please report this fault.") from error


def _translated(error: BaseException | None) -> ArchiveError:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
    if code in _BUSY:
        return Busy("Another process holds the catalogue. Try again in a moment.")
    if code in _STORAGE:
        return StorageError(
            "The catalogue cannot be written: the disk is full, read-only or failing. Mend that; try again."
        )
    if code in _DAMAGED:
        return CatalogueError("The catalogue is damaged. Restore it from a backup.")
    if code == sqlite3.SQLITE_CANTOPEN:
        return CatalogueError(
            "The catalogue cannot be opened. Check that its folder is there and may be used."
        )
    return CatalogueError("The catalogue refused what it was asked. Please report this fault.")
