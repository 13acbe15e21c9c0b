"""What every job uses: the catalogue, the stores, tools for untrusted files, and its lease."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.catalogue import jobs, pages
from archive.catalogue.database import clock
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.errors import StorageError
from archive.ingest.libreoffice.office import Office
from archive.ingest.reading.convert import drawable
from archive.ingest.reading.draw_pages import Drawable
from archive.ingest.sandbox.base import Sandbox
from archive.model.documents import Version
from archive.model.jobs import Job
from archive.settings.settings import Settings
from archive.store.store import Store

WORKER = "worker"
"""Who has read and drawn a file, in the audit."""


class LeaseLost(Exception):
    """Another worker has the job now: the result of this one is dropped."""


@dataclass(frozen=True, slots=True)
class JobContext:
    """One worker's tools.

    `temporary` is where its folders are made. `passwords` by version open locked files in this run; they are
    kept nowhere else.
    """

    database: Database
    originals: Store
    pictures: Store
    sandbox: Sandbox
    office: Office
    settings: Settings
    temporary: Path
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)

    def version(self, job: Job) -> Version:
        """Return the version that a job is about."""
        with self.database.read() as session:
            return pages.version(session, job.version_id)[0]

    def password(self, job: Job) -> str:
        """Return the password for a job's version, "" where none was given."""
        return self.passwords.get(job.version_id, "")

    def drawing_source(self, job: Job, version: Version, folder: Path) -> tuple[Drawable, bool]:
        """Return what a version's pictures are drawn from, and whether LibreOffice made it (in `folder`).

        Raises NotFound where the original is gone, PictureError, PartMissing, PathError and StorageError.
        """
        original = self.originals.path(version.original.sha256)
        source = drawable(original, version.original.media_type, folder, self.office, self.password(job))
        return source, source.path != original

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Give an empty folder that goes away again."""
        try:
            temporary = tempfile.TemporaryDirectory(dir=self.temporary, ignore_cleanup_errors=True)
        except OSError as error:
            raise StorageError(
                "The archive's folder cannot be written. Free some space or mend its rights; try again."
            ) from error
        with temporary as name:
            yield Path(name)

    @contextmanager
    def step(self, job: Job) -> Iterator[Session]:
        """Write part of a job's result and keep its lease for as long again. Raises LeaseLost."""
        with self.database.write() as session:
            yield session
            if not jobs.renew(session, job, clock.now(session), self.settings.lease_s):
                raise LeaseLost

    @contextmanager
    def last_step(self, job: Job) -> Iterator[Session]:
        """Write the last part of a job's result and end the job. Raises LeaseLost."""
        with self.database.write() as session:
            yield session
            if not jobs.finish(session, job):
                raise LeaseLost
