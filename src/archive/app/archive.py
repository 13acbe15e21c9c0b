"""An archive in a folder, opened for use: the one place where its parts are assembled."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from archive.accounts.mail_links import MailLinks
from archive.accounts.sign_in import SignIn
from archive.analysis.swedish import SwedishAnalyzer, open_analyzer
from archive.catalogue import naming
from archive.catalogue.database.address import catalogue_address
from archive.catalogue.database.database import Database
from archive.disk import data_folder
from archive.downloads.downloading import Downloading
from archive.errors import CatalogueError
from archive.health import Health, check_health, find_problems
from archive.index.bulk import Bulk, default_processes
from archive.index.discarding import Holdings, refuse_lost_catalogue
from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.index.indexer import Indexer
from archive.index.turns import ensure_in_turn
from archive.ingest.reading.clean_copy import CleanCopies
from archive.ingest.reading.document_pdf import DocumentPdfs
from archive.ingest.reading.slide_pdf import SlideFiles
from archive.model.processes import ProcessKind
from archive.search.did_you_mean import DidYouMean
from archive.search.service import SearchService
from archive.search.suggestions import Suggestions
from archive.search.written_forms import WrittenForms
from archive.settings.settings import Settings
from archive.store.opening import open_stores
from archive.store.store import Store
from archive.uploads.opening import open_upload_store
from archive.uploads.receiving import Receiving

if TYPE_CHECKING:  # the ingest is imported where it is used: searching and serving start without it
    from archive.imports.importing import Importing
    from archive.index.follower import IndexFollower
    from archive.ingest.progress import Reporter
    from archive.ingest.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened archive. Safe to use from several threads."""

    settings: Settings
    database: Database
    originals: Store
    pictures: Store
    engine: SearchEngine
    analyzer: SwedishAnalyzer
    indexer: Indexer
    search: SearchService
    spelling: DidYouMean
    suggestions: Suggestions
    downloads: Downloading
    document_pdfs: DocumentPdfs
    clean_copies: CleanCopies
    slide_files: SlideFiles
    sign_in: SignIn
    receiving: Receiving
    mail_links: MailLinks

    @property
    def temporary(self) -> Path:
        """Return the folder for work in progress."""
        return self.settings.data / "tmp"

    def health(self) -> Health:
        """Check every part without changing anything."""
        return check_health(self.database, self.indexer, self.settings)

    def problems(self) -> Iterator[str]:
        """Check every original and picture, the database and the index; yield what is wrong."""
        return find_problems(self.database, self.originals, self.pictures, self.engine, self.indexer)

    def ingest(self, paths: Sequence[Path], reporter: "Reporter", actor: str) -> None:
        """Take in files and wait until all of them are read, searchable and have their pictures.

        A single bad file is reported and does not end the ingest.

        Args:
            paths: Files and folders.
            reporter: What is called at every step.
            actor: For the audit.

        Raises:
            ArchiveError: PathError, StorageError, Busy, IndexUnusable or CatalogueError.
        """
        from archive.app.working import follow_to_the_end
        from archive.ingest.intake.accept import Intake
        from archive.ingest.pipeline import Pipeline, Waiting

        waiting = Waiting(reporter)
        bounds = self.settings.extract
        intake = Intake(
            self.database, self.originals, bounds.file_max_bytes, actor, self.temporary, bounds.zip_max_bytes
        )
        with self.workers(waiting) as pool:
            Pipeline(self.database, pool, waiting).ingest(intake, paths)
        follow_to_the_end(self)

    def retry(
        self, document_ids: Sequence[str], reporter: "Reporter", actor: str, password: str = ""
    ) -> None:
        """Read documents again and wait until they are searchable and have their pictures.

        Args:
            document_ids: Which documents.
            reporter: What is called at every step.
            actor: Who asks for it, for the audit.
            password: Opens locked files; it is not kept.

        Raises:
            ArchiveError: As `ingest`, or NotFound or Gone for an identifier.
        """
        from archive.app.working import follow_to_the_end
        from archive.catalogue.accept import Acceptance
        from archive.catalogue.outcomes import retry
        from archive.ingest.pipeline import Pipeline, Waiting
        from archive.ingest.progress import Stored

        with self.database.write() as session:
            retried = retry(session, document_ids, actor)
        waiting = Waiting(reporter)
        waiting.expect(len(retried))
        for one in retried:
            waiting.tell(Stored(one.filename, one.document_id, one.version_id, Acceptance.UNCHANGED))
        passwords = {one.version_id: password for one in retried} if password else {}
        with self.workers(waiting, passwords) as pool:
            Pipeline(self.database, pool, waiting).finish()
        follow_to_the_end(self)

    def workers(
        self,
        reporter: "Reporter",
        passwords: Mapping[str, str] = MappingProxyType({}),
        kind: ProcessKind = ProcessKind.COMMAND,
    ) -> AbstractContextManager["WorkerPool"]:
        """Run worker threads while the context lasts, and the index's follower (see `working.working`).

        Args:
            reporter: What is called at every step of a job.
            passwords: By version, what opens locked files; {}: what staff type in meanwhile.
            kind: What this process is there for.

        Raises:
            ArchiveError: SettingsError where the chosen isolation is not available, StorageError, Busy …
        """
        from archive.app.working import working

        return working(self, reporter, passwords, kind)

    def indexing(self) -> AbstractContextManager["IndexFollower"]:
        """Follow the catalogue with the index while the context lasts, and do nothing else."""
        from archive.app.working import indexing

        return indexing(self)

    def listed(self) -> AbstractContextManager[object]:
        """Be listed as a process that only serves, where there may be others on other machines."""
        if not self.database.is_shared:
            return nullcontext()
        from archive.ingest.presence import present

        folder = self.settings.data / "workers"
        return present(self.database, folder, ProcessKind.SERVE, self.settings.database)

    @property
    def importing(self) -> "Importing":
        """Return what reads seminars' pages."""
        from archive.imports.opening import open_importing

        return open_importing(self.database, self.originals, self.settings)

    def watching(self, taken: Callable[[], None]) -> AbstractContextManager[None]:
        """Take in what is put into watched folders while the context lasts; call `taken` each time."""
        from archive.ingest.watching.watcher import watching

        return watching(self.database, self.originals, self.settings, taken)


@contextmanager
def open_archive(
    settings: Settings, thorough: bool = False, trust_catalogue: bool = False, only_looks: bool = False
) -> Iterator[Archive]:
    """Open the archive, making it on first use; rebuild an index that cannot be used.

    Args:
        settings: Where the archive is, and its bounds.
        thorough: Walk the index for damage, clear what crashed runs left, name documents by today's rules.
        trust_catalogue: Staff say that the catalogue is right, though it knows less than the store.
        only_looks: Leave an index as it is that a doubtful catalogue would discard, and open all the same.

    Raises:
        ArchiveError: StorageError, CatalogueError or IndexUnusable.
    """
    data = settings.data
    data_folder.prepare(data)
    stores = open_stores(settings.store, data)
    originals, pictures = stores.originals, stores.pictures
    database_url = catalogue_address(settings)
    refuse_lost_catalogue(settings, originals, trust_catalogue)
    with (
        closing(Database.open(database_url, settings.database)) as database,
        closing(open_engine(settings.search.engine, data / "index", settings.opensearch)) as engine,
    ):
        analyzer = open_analyzer(settings.text)
        processes = settings.index_processes or default_processes()
        bulk = Bulk(database_url, settings.text, settings.search.engine, processes, settings.opensearch)
        search = SearchService(database, engine, analyzer, settings.search)
        guard = None if trust_catalogue else Holdings(database, originals).guard
        archive = Archive(
            settings=settings,
            database=database,
            originals=originals,
            pictures=pictures,
            engine=engine,
            analyzer=analyzer,
            indexer=Indexer(database, engine, analyzer, bulk, guard),
            search=search,
            spelling=DidYouMean(engine, analyzer, search, WrittenForms(database, engine)),
            suggestions=Suggestions(database, engine, WrittenForms(database, engine)),
            downloads=Downloading(database, originals, engine, analyzer, search, settings),
            document_pdfs=DocumentPdfs(originals, pictures, settings),
            clean_copies=CleanCopies(originals, settings),
            slide_files=SlideFiles(originals, pictures, settings),
            sign_in=SignIn(database, settings.accounts),
            receiving=Receiving(database, open_upload_store(stores.bucket, data), settings),
            mail_links=MailLinks(database, settings.accounts, settings.mail),
        )
        if thorough and not data_folder.is_read_only(data):
            _tidy(archive)
        with suppress(CatalogueError) if only_looks else nullcontext():
            ensure_in_turn(archive.indexer, database, settings, thorough)
        with closing(archive.spelling), closing(archive.suggestions), closing(archive.mail_links):
            yield archive


def _tidy(archive: Archive) -> None:
    """Clear what crashed runs left, and name documents by today's rules."""
    data_folder.clear(archive.settings.data)
    for store in (archive.originals, archive.pictures):
        store.clear_temporary(data_folder.TEMPORARY_AGE_S)
    naming.bring_up_to_date(archive.database)
