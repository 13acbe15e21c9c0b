"""Worker threads: they lease jobs, do them, and report the results. Each has a sandbox of its own."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from archive.catalogue import jobs
from archive.catalogue.database import clock
from archive.catalogue.database.database import Database
from archive.catalogue.operation import processes
from archive.errors import ArchiveError, Busy
from archive.ingest.jobs.run import Done, JobRunner
from archive.ingest.presence import Presence
from archive.ingest.progress import Drawn, Reporter
from archive.ingest.sandbox.processes import end_children
from archive.model.jobs import Job, JobKind

logger = logging.getLogger(__name__)

MakeRunner = Callable[[], AbstractContextManager[JobRunner]]
# How often an idle worker looks for jobs of other processes, and how long it waits after a failure.
_LOOK_EVERY_S = 2.0
# How long threads may take to end whose jobs were broken off, looked at this often.
_END_S, _END_EVERY_S = 10.0, 0.2


class WorkerPool:
    """Some threads that do all jobs there are: reading before drawing, and that before OCR.

    Args:
        database: where the jobs are.
        make_runner: opens one worker's tools.
        presence: this process among all that work.
        count: how many threads there are.
        lease_s: how long a job is leased for.
        attempts_max: how often a job may end its worker before it is given up.
        reporter: receives each step.
        changed: is called after each job that may change what searches find.
        stop_time_s: how long jobs may go on once the pool is told to stop.
    """

    def __init__(
        self,
        database: Database,
        make_runner: MakeRunner,
        presence: Presence,
        count: int,
        lease_s: float,
        attempts_max: int,
        reporter: Reporter,
        changed: Callable[[], None],
        stop_time_s: float,
    ) -> None:
        self._database = database
        self._make_runner = make_runner
        self._presence = presence
        self._owner = presence.name
        self._lease_s = lease_s
        self._attempts_max = attempts_max
        self._reporter = reporter
        self._changed = changed
        self._stop_time_s = stop_time_s
        self._told_to_stop_s: float | None = None
        self._stopping = threading.Event()
        self._work = threading.Condition()
        self._threads = [
            threading.Thread(target=self._loop, name=f"worker-{number}", args=(number,), daemon=True)
            for number in range(count)
        ]
        self.error: ArchiveError | None = None

    def start(self) -> None:
        """Free the jobs of workers that are gone, then begin."""
        self._free_dead()
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Say that there are new jobs."""
        with self._work:
            self._work.notify_all()

    def take_no_more(self) -> None:
        """Begin no further job. Waits for nothing, so that a signal's handler may call it."""
        if self._told_to_stop_s is None:
            self._told_to_stop_s = time.monotonic()
        self._stopping.set()

    def stop(self) -> None:
        """End the threads: after the jobs they are at where these end in time, else without them.

        A job that is broken off is given back as if it had not been tried; its children are ended.
        """
        self.take_no_more()
        self.wake()
        assert self._told_to_stop_s is not None
        if self._have_ended(self._told_to_stop_s + self._stop_time_s - time.monotonic()):
            return
        self._give_back()
        until_s = time.monotonic() + _END_S
        while time.monotonic() < until_s:
            end_children()  # again and again: a job may start another one before it notices
            if self._have_ended(_END_EVERY_S):
                return
        logger.warning("A worker did not end in time; its job is done at the next start.")

    def _have_ended(self, within_s: float) -> bool:
        until_s = time.monotonic() + within_s
        for thread in self._threads:
            thread.join(max(0.0, until_s - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _give_back(self) -> None:
        """Give back the jobs of this process, so that what still comes of them is not recorded."""
        try:
            with self._database.write_rows() as session:
                jobs.give_back(session, self._owner)
        except ArchiveError as error:  # the next start frees them
            logger.warning("Jobs could not be given back: %s", error.message)

    def _free_dead(self) -> int:
        """Free the jobs of processes that were killed; return how many."""
        with self._database.read() as session:
            names = sorted({owner.partition("/")[0] for owner in jobs.owners(session)})
            dead = self._presence.gone(session, names)
        if not dead:
            return 0
        with self._database.write_rows() as session:
            processes.forget(session, dead)
            return sum(jobs.release_owner(session, name) for name in dead)

    def _loop(self, number: int) -> None:
        while not self._stopping.is_set():
            try:
                with self._make_runner() as runner:
                    self._work_with(runner, f"{self._owner}/{number}")
            except ArchiveError as error:
                self._note(error)
            except Exception:
                self._note(ArchiveError("A worker met an unexpected error. Please report this fault."))
                logger.exception("A worker met an unexpected error.")
            self._idle()

    def _work_with(self, runner: JobRunner, owner: str) -> None:
        while not self._stopping.is_set():
            try:
                if not self._one(runner, owner):
                    self._idle()
            except Busy:
                self._idle()

    def _one(self, runner: JobRunner, owner: str) -> bool:
        """Do the next job; return False where there is nothing to do."""
        with self._database.read() as session:
            exhausted = jobs.exhausted(session, self._attempts_max, clock.now(session))
        for exhausted_job in exhausted:
            self._tell(runner.give_up(exhausted_job))
        with self._database.write_rows() as session:
            now = clock.now(session)
            job = jobs.lease(session, owner, tuple(JobKind), now, self._lease_s, self._attempts_max)
        if job is None:
            return self._free_dead() > 0
        self._tell(self._do(runner, job))
        self.error = None
        return True

    def _do(self, runner: JobRunner, job: Job) -> Done | None:
        """Do a job; where the archive is in trouble (disk, catalogue) give it back for later."""
        try:
            return runner.run(job)
        except ArchiveError:
            with self._database.write_rows() as session:
                jobs.release(session, job)
            raise
        except Exception:
            logger.exception("A job met an unexpected error.")
            return runner.give_up(job)

    def _tell(self, step: Done | None) -> None:
        if step is None:
            return
        if not isinstance(step, Drawn):
            self._changed()
        self.wake()
        self._reporter.tell(step)

    def _idle(self) -> None:
        """Wait until there may be something to do: all jobs wake it, and it looks by itself now and then."""
        with self._work:
            if not self._stopping.is_set():
                self._work.wait(_LOOK_EVERY_S)

    def _note(self, error: ArchiveError) -> None:
        if self.error is None and not self._stopping.is_set():
            logger.error("A worker had to stop for a while: %s", error.message)
        self.error = error
