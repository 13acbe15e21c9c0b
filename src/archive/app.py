"""The one place where the parts are put together: an archive in a folder, opened for use."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Literal

from archive.catalogue import jobs
from archive.catalogue.database import Database
from archive.errors import ArchiveError, SettingsError, StorageError
from archive.index.base import SearchEngine
from archive.index.engines import open_engine
from archive.index.indexer import Indexer
from archive.model import JobKind
from archive.search import SearchService
from archive.settings import Settings
from archive.store import Store
from archive.text.analysis import Analyzer
from archive.text.snowball import SnowballAnalyzer

if TYPE_CHECKING:  # the ingest is imported where it is used: searching and serving need not wait for it
    from archive.ingest.progress import Reporter
    from archive.ingest.tasks import Tasks
    from archive.ingest.workers import WorkerPool

# Temporary files younger than this may belong to an ingest that is running.
_TEMPORARY_AGE_S = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Health:
    """How the archive is: whether its parts answer, what waits, and which system parts are missing."""

    database_ok: bool
    index_ok: bool
    index_lag: int
    pending: dict[JobKind, int]
    is_reduced_isolation: bool
    protections: tuple[str, ...]
    missing_parts: tuple[str, ...]

    @property
    def is_ok(self) -> bool:
        """Return whether searches work."""
        return self.database_ok and self.index_ok


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened archive. Safe to use from several threads."""

    settings: Settings
    database: Database
    originals: Store
    pictures: Store
    engine: SearchEngine
    analyzer: Analyzer
    indexer: Indexer
    search: SearchService

    @property
    def temporary(self) -> Path:
        """Return the folder for work in progress."""
        return self.settings.data / "tmp"

    def health(self) -> Health:
        """Look at every part without changing anything."""
        database_ok, index_ok, lag = True, True, 0
        pending: dict[JobKind, int] = {}
        try:
            with self.database.read() as session:
                pending = jobs.pending(session)
        except ArchiveError:
            database_ok = False
        try:
            lag = self.indexer.lag()
            index_ok = not self.indexer.reason_to_rebuild(thorough=False)
        except ArchiveError:
            index_ok = False
        reduced, protections = _isolation(self.settings.extract.isolation)
        missing = _missing_parts(self.settings.pictures.office_command)
        return Health(database_ok, index_ok, lag, pending, reduced, protections, missing)

    def ingest(self, paths: Sequence[Path], reporter: "Reporter", actor: str) -> None:
        """Take in files and wait until all of them are read, searchable and have their pictures.

        Raises PathError, StorageError, Busy, IndexUnusable, CatalogueError; single bad files are reported.
        """
        from archive.ingest.accept import Intake
        from archive.ingest.pipeline import Pipeline, Waiting

        waiting = Waiting(reporter)
        intake = Intake(self.database, self.originals, self.settings.extract.file_max_bytes, actor)
        with self.workers(waiting) as pool:
            Pipeline(self.database, intake, pool, waiting).ingest(paths)
        self.indexer.catch_up()

    @contextmanager
    def workers(self, reporter: "Reporter") -> Iterator["WorkerPool"]:
        """Run worker threads and the index's follower while the context lasts.

        Raises SettingsError where the isolation asked for is not to be had, StorageError, Busy and
        CatalogueError.
        """
        from archive.index.follower import IndexFollower
        from archive.ingest.isolate.choose import open_isolation
        from archive.ingest.owners import owner
        from archive.ingest.workers import WorkerPool

        # Threads open their own; here it is only seen that they will be able to.
        open_isolation(self.settings.extract.isolation).close()
        follower = IndexFollower(self.indexer)
        folder = self.settings.data / "workers"
        with owner(folder) as name, ExitStack() as stack:
            pool = WorkerPool(
                self.database,
                self._tasks,
                name,
                folder,
                self.settings.workers,
                self.settings.lease_s,
                self.settings.attempts_max,
                reporter,
                follower.changed,
            )
            follower.start()
            stack.callback(follower.stop)
            pool.start()
            stack.callback(pool.stop)
            yield pool

    @contextmanager
    def _tasks(self) -> Iterator["Tasks"]:
        """Give one worker its tools."""
        from archive.ingest.isolate.choose import open_isolation
        from archive.ingest.tasks import Tasks

        isolation = open_isolation(self.settings.extract.isolation)
        try:
            yield Tasks(
                self.database, self.originals, self.pictures, isolation, self.settings, self.temporary
            )
        finally:
            isolation.close()


@contextmanager
def open_archive(settings: Settings, thorough: bool = False) -> Iterator[Archive]:
    """Open the archive in `settings.data`, making it on first use; mend the index where it cannot be used.

    `thorough` walks the whole index for damage and clears what crashed runs left behind (for commands that
    write or serve). Raises StorageError, CatalogueError, IndexUnusable.
    """
    data = settings.data
    _make_folders(data)
    database = Database.open(settings.database_url or f"sqlite:///{(data / 'catalogue.db').resolve()}")
    try:
        engine = open_engine(settings.search.engine, data / "index")
        try:
            analyzer = SnowballAnalyzer()
            archive = Archive(
                settings=settings,
                database=database,
                originals=Store(data / "originals"),
                pictures=Store(data / "pictures"),
                engine=engine,
                analyzer=analyzer,
                indexer=Indexer(database, engine, analyzer),
                search=SearchService(database, engine, analyzer, settings.search),
            )
            if thorough:
                _clear_temporary(archive)
            archive.indexer.ensure(thorough)
            yield archive
        finally:
            engine.close()
    finally:
        database.close()


@lru_cache
def _isolation(choice: Literal["auto", "forking", "fresh"]) -> tuple[bool, tuple[str, ...]]:
    """Return whether the isolation in force is reduced, and its protections: the kernel does not change."""
    from archive.ingest.isolate.choose import open_isolation

    try:
        isolation = open_isolation(choice)
    except SettingsError:
        return True, ()
    try:
        return isolation.reduced, isolation.protections
    finally:
        isolation.close()


def _missing_parts(office_command: str) -> tuple[str, ...]:
    from archive.ingest.office import find_office

    return () if find_office(office_command) else ("libreoffice-impress-nogui",)


def _make_folders(data: Path) -> None:
    try:
        for folder in (data, data / "tmp", data / "index"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The data folder {data} cannot be made. Choose another with --data, or mend its rights."
        ) from error


def _clear_temporary(archive: Archive) -> None:
    archive.originals.clear_temporary(_TEMPORARY_AGE_S)
    archive.pictures.clear_temporary(_TEMPORARY_AGE_S)
    limit = time.time() - _TEMPORARY_AGE_S
    with suppress(OSError), os.scandir(archive.temporary) as entries:
        for entry in entries:
            if entry.stat(follow_symlinks=False).st_mtime < limit:
                rmtree(entry.path, ignore_errors=True)
