"""Does jobs, one at a time, and records what is left to record when a job cannot be done."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

from archive.catalogue.database.database import Database
from archive.catalogue.operation.remedies import STOPPED
from archive.ingest.jobs import extract, ocr, render
from archive.ingest.jobs.context import JobContext, LeaseLost
from archive.ingest.libreoffice.office import Office
from archive.ingest.progress import Drawn, Extracted, Recognised
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.extraction import Extraction, Outcome
from archive.model.jobs import Job, JobKind
from archive.settings.settings import Settings
from archive.store.store import Store

Done = Extracted | Drawn | Recognised

_NOT_DRAWN = "Making the pictures stopped the worker each time."


class JobRunner:
    """Does the jobs of one worker, all with the same tools."""

    def __init__(self, context: JobContext) -> None:
        self._context = context

    def run(self, job: Job) -> Done | None:
        """Do a job and record what came of it; None where the job had been given to somebody else.

        Raises StorageError, Busy and CatalogueError, after which the job waits to be done again.
        """
        try:
            if job.kind is JobKind.EXTRACT:
                return extract.extract(self._context, job)
            if job.kind is JobKind.RENDER:
                return render.render(self._context, job)
            return ocr.read_pictures(self._context, job)
        except LeaseLost:
            return None

    def give_up(self, job: Job) -> Done | None:
        """Record that a job ended its worker each time it was tried."""
        try:
            if job.kind is JobKind.EXTRACT:
                return extract.save(self._context, job, Extraction(Outcome.CRASH, message=STOPPED))
            if job.kind is JobKind.RENDER:
                return render.finish(self._context, job, 0, _NOT_DRAWN)
            return ocr.give_up(self._context, job)
        except LeaseLost:
            return None


@contextmanager
def open_runner(
    database: Database, originals: Store, pictures: Store, settings: Settings, passwords: Mapping[str, str]
) -> Iterator[JobRunner]:
    """Give one worker its tools. Raises SettingsError where the chosen isolation is not available."""
    temporary = settings.data / "tmp"
    with (
        closing(open_sandbox(settings.extract.isolation)) as sandbox,
        Office(settings.pictures, temporary) as office,
    ):
        yield JobRunner(
            JobContext(
                database=database,
                originals=originals,
                pictures=pictures,
                sandbox=sandbox,
                office=office,
                settings=settings,
                temporary=temporary,
                passwords=passwords,
            )
        )
