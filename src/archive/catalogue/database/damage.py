"""Whether what went wrong with a catalogue comes of damage to its file.

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
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from archive.catalogue.database.driver_errors import damaged, refused
from archive.catalogue.database.readability import FAILURES, unreadable_tables
from archive.errors import CatalogueError

_LOOK_EVERY_S: Final = 60.0


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
