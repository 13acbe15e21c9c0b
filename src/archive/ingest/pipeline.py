"""One ingest from beginning to end: find files, take them in, wait until they are read and have pictures."""

import threading
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from archive.catalogue import jobs
from archive.catalogue.database.database import Database
from archive.errors import ArchiveError
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.sources import SeminarFolder, find_sources
from archive.ingest.progress import Drawn, Extracted, Recognised, Reporter, Step, Stored
from archive.ingest.workers import WorkerPool

# How often the state in the catalogue is looked at: another process may have done one of our jobs.
_LOOK_EVERY_S = 1.0
_TROUBLE_MAX_S = 10.0


class Waiting:
    """A reporter that passes every step on and knows which versions still wait for something."""

    def __init__(self, next_reporter: Reporter) -> None:
        self._next = next_reporter
        self._versions: set[str] = set()
        self._failure: Exception | None = None
        self._moved = threading.Condition()

    def expect(self, file_count: int) -> None:
        """Pass on how many files there are."""
        self._next.expect(file_count)

    def tell(self, step: Step) -> None:
        """Pass a step on and wake the thread that waits for it. Never raises: the job itself was done."""
        with self._moved:
            if isinstance(step, Stored):
                self._versions.add(step.version_id)
            if self._failure is None:
                try:
                    self._next.tell(step)
                except Exception as error:  # noqa: BLE001 - `check` raises it where the ingest can end
                    self._failure = error
            if isinstance(step, Extracted | Drawn | Recognised) or self._failure:
                self._moved.notify_all()

    def check(self) -> None:
        """Raise what the reporter raised (a closed pipe, say)."""
        with self._moved:
            if self._failure is not None:
                raise self._failure

    @property
    def versions(self) -> tuple[str, ...]:
        """Return the versions that were taken in."""
        with self._moved:
            return tuple(self._versions)

    def wait(self, timeout_s: float) -> None:
        """Wait for the next finished job."""
        with self._moved:
            self._moved.wait(timeout_s)


class Pipeline:
    """Ingests files with a pool of workers that is running already and reports to `waiting`.

    `trouble_max_s` is how long workers may fail at everything (a full disk, say) before the ingest ends.
    """

    def __init__(
        self, database: Database, pool: WorkerPool, waiting: Waiting, trouble_max_s: float = _TROUBLE_MAX_S
    ) -> None:
        self._database = database
        self._pool = pool
        self._waiting = waiting
        self._trouble_max_s = trouble_max_s

    def ingest(self, intake: Intake, paths: Sequence[Path]) -> None:
        """Take in all files below `paths` and come back when every job of theirs is done.

        Raises PathError for a missing path (before anything is taken in), StorageError where the disk gives
        up; what was acknowledged until then stays.
        """
        sources = find_sources(paths)
        self._waiting.expect(
            sum(len(source.others) if isinstance(source, SeminarFolder) else 1 for source in sources)
        )
        for source in sources:
            with closing(intake.take(source)) as steps:  # what it unpacks goes away with it
                for step in steps:
                    self._waiting.tell(step)
                    self._waiting.check()
                    self._pool.wake()
        self.finish()

    def finish(self) -> None:
        """Come back when every job of the versions waited for is done. Raises as `ingest`."""
        failed_since: float | None = None
        while self._open_jobs():
            self._waiting.wait(_LOOK_EVERY_S)
            self._waiting.check()
            failed_since = self._give_up_after(self._pool.error, failed_since)

    def _open_jobs(self) -> int:
        with self._database.read() as session:
            return jobs.remaining(session, self._waiting.versions)

    def _give_up_after(self, error: ArchiveError | None, since: float | None) -> float | None:
        """Raise a worker's error that does not go away."""
        if error is None:
            return None
        now = time.monotonic()
        if since is not None and now - since > self._trouble_max_s:
            raise error
        return since if since is not None else now
