"""Reads what staff gave to be imported, one after the other, outside of their requests.

A reading is leased, so that two processes never do one at once; its end and the import that it becomes are
one transaction. Whatever moment the process is killed at, another does it anew and nothing is there twice.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import takewhile

from archive.catalogue.database.database import Database
from archive.catalogue.imports.readings import (
    ATTEMPTS_MAX,
    fail_reading,
    free_readings,
    give_back_reading,
    is_any_reading_free,
    lease_reading,
    owners_of_readings,
)
from archive.errors import ArchiveError, Busy, CatalogueError, FileRejected, StorageError
from archive.imports.fetching.fetch import PAGE_TIME_S
from archive.imports.importing import Importing
from archive.ingest.presence import look
from archive.model.extraction import Outcome
from archive.model.seminar_pages.imports import PageReading
from archive.settings.settings import Settings

logger = logging.getLogger(__name__)

_MARGIN_S = 60.0
_PAGES_OF_A_SOURCE = 10
_INTERRUPTED = (
    "The program was ended three times while it read this. Save the part about the seminar and give that."
)
_UNEXPECTED = "This could not be read. Please report this fault."


class ReadingTaking:
    """Reads what is waited for.

    Args:
        database: where readings and imports are.
        importing: fetches, reads and keeps.
        settings: the bounds of time.
        owner: who leases, "process/thread".
    """

    def __init__(self, database: Database, importing: Importing, settings: Settings, owner: str) -> None:
        self._database = database
        self._importing = importing
        self._lease_s = settings.imports.read_time_s + _PAGES_OF_A_SOURCE * PAGE_TIME_S + _MARGIN_S
        self._gone = look(database, settings.data / "workers", settings.database)
        self._owner = owner

    def take_all(self, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Read what is waited for, until `is_stopping`; return how much has come to an end.

        Raises CatalogueError.
        """
        self._free_dead()
        readings = iter(self._leased, None)
        return sum(1 for reading in takewhile(lambda _: not is_stopping(), readings) if self._tried(reading))

    def _free_dead(self) -> None:
        """Let go of what killed processes were at."""
        own = self._owner.partition("/")[0]
        with self._database.read() as session:
            owners = owners_of_readings(session)
            others = sorted({owner.partition("/")[0] for owner in owners} - {own})
            dead = self._gone(session, others) if others else ()
        if dead:
            with self._database.write() as session:
                free_readings(session, [owner for owner in owners if owner.partition("/")[0] in dead])

    def _leased(self) -> PageReading | None:
        now = datetime.now(UTC)
        with self._database.read() as session:  # so that no other writer waits for a look
            if not is_any_reading_free(session, now):
                return None
        with self._database.write() as session:
            return lease_reading(session, self._owner, now, self._lease_s)

    def _tried(self, reading: PageReading | None) -> bool:
        assert reading is not None
        if reading.attempts > ATTEMPTS_MAX:
            return self._failed(reading, Outcome.CRASH.value, _INTERRUPTED)
        try:
            return self._importing.read_queued(reading)
        except CatalogueError:
            raise
        except ArchiveError as error:
            if _may_work_later(error) and reading.attempts < ATTEMPTS_MAX:
                with self._database.write() as session:
                    give_back_reading(session, reading)
                return False
            code = error.category.value if isinstance(error, FileRejected) else error.code
            return self._failed(reading, code, error.message)
        except Exception:  # one bad page never stops the others
            logger.exception("Something that was given to be imported met an unexpected error.")
            return self._failed(reading, ArchiveError.code, _UNEXPECTED)

    def _failed(self, reading: PageReading, code: str, message: str) -> bool:
        with self._database.write() as session:
            return fail_reading(session, reading, code, message)


def _may_work_later(error: ArchiveError) -> bool:
    """Return whether this process was what failed: it is being ended, or the disk does not answer."""
    if isinstance(error, FileRejected):
        return error.category is Outcome.CRASH
    return isinstance(error, Busy | StorageError)
