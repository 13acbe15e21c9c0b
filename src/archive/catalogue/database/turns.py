"""What only one process of all does at a time, such as writing an index that all share.

On a server it is an advisory lock of a connection, which the server frees within a moment when the process
ends, however it does; where its machine or the network is gone without a word, within half a minute
(keepalives). With SQLite all processes are on one machine, and locks on files do the same where it is needed.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from archive.catalogue.database.driver_errors import translate_errors

_KEY_BYTES: Final = 8


class Turn:
    """The turn of one process at one task. Safe for several threads."""

    def __init__(self, engine: Engine, task: str) -> None:
        """Take the catalogue's engine and the task's name, which is the same in all processes."""
        self._engine = engine
        digest = hashlib.sha256(task.encode()).digest()[:_KEY_BYTES]
        self._key = int.from_bytes(digest, "big", signed=True)
        self._is_single = engine.dialect.name == "sqlite"
        self._connection: Connection | None = None
        self._lock = threading.Lock()

    def is_ours(self) -> bool:
        """Return whether this process has the turn, or could take it just now.

        Asks the server each time: with its connection the turn is lost.

        Raises:
            ArchiveError: CatalogueUnavailable or Busy; then this process does not have it.
        """
        if self._is_single:
            return True
        with self._lock, translate_errors():
            return self._still_has_it() or self._takes_it()

    def give_up(self) -> None:
        """Let another process have it."""
        with self._lock:
            self._close()

    @contextmanager
    def closing(self) -> Iterator["Turn"]:
        """Give it up at the end of the context."""
        try:
            yield self
        finally:
            self.give_up()

    def _still_has_it(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            self._close()
            return False
        return True

    def _takes_it(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            connection.detach()  # closed at the end, not kept for others: the lock goes with it
            statement = text("SELECT pg_try_advisory_lock(:key)")
            if connection.execute(statement, {"key": self._key}).scalar():
                self._connection = connection
                return True
        except BaseException:
            connection.close()
            raise
        connection.close()
        return False

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.close()
            self._connection = None
