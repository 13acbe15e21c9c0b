"""Fetches what imports link to: decks and reports are taken in, pages of a list become imports.

A link is leased, so two processes never fetch one at once. Whatever moment the process is killed at, the next
try finds what was taken in already: a document is known by its talk, else by the link's address.
"""

import logging
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.imports.imports import find_import
from archive.catalogue.imports.links import fail_link, finish_link, is_any_free, lease_link, source_of
from archive.catalogue.new_document import NewDocument
from archive.errors import (
    ArchiveError,
    CatalogueError,
    FetchTooSlow,
    SignInNeeded,
    SiteDown,
    StorageError,
    WrongType,
)
from archive.imports.fetching.fetch import SIGN_IN_NEEDED, FetchBounds, Fetcher
from archive.imports.importing import Importing
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.media_types import HTML, TEXT
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.given import Given
from archive.ingest.progress import LeftOut, Refused, Step, Stored
from archive.model.documents import DocumentKind, Original
from archive.model.seminar_pages.imports import ImportLink, LinkKind
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.store.store import Store

logger = logging.getLogger(__name__)

_TEMPORARY = (FetchTooSlow, SiteDown, StorageError)
_MARGIN_S = 300.0
_PASSWORD_FIELD = b'type="password"'
_A_PAGE = "There is a page at the address and no file. Open it, save the file that it offers and give that."
_NOTHING = "There is no file at the address that could be taken in."
_UNEXPECTED = "The file could not be taken in. Please report this fault."


class LinkTaking:
    """Fetches what is waited for.

    Args:
        database: where links and documents are.
        originals: where originals are kept.
        fetcher: fetches from addresses.
        importing: reads the pages of a list.
        settings: the bounds of files and of time.
        owner: who leases, "process/thread".
    """

    def __init__(
        self,
        database: Database,
        originals: Store,
        fetcher: Fetcher,
        importing: Importing,
        settings: Settings,
        owner: str,
    ) -> None:
        self._database = database
        self._originals = originals
        self._fetcher = fetcher
        self._importing = importing
        self._settings = settings
        self._owner = owner

    def take_all(self, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Fetch what is waited for, until `is_stopping`; return how many links have come to an end.

        Raises CatalogueError.
        """
        links = iter(self._leased, None)
        return sum(1 for link in takewhile(lambda _: not is_stopping(), links) if self._tried(link))

    def _leased(self) -> ImportLink | None:
        lease_s = self._settings.imports.file_time_s + _MARGIN_S
        now = datetime.now(UTC)
        with self._database.read() as session:  # so that no other writer waits for a look
            if not is_any_free(session, now):
                return None
        with self._database.write() as session:
            return lease_link(session, self._owner, now, lease_s)

    def _tried(self, link: ImportLink | None) -> bool:
        assert link is not None
        try:
            identifier = self.taken(link)
            with self._database.write() as session:
                return finish_link(session, link, identifier)
        except CatalogueError:
            raise
        except ArchiveError as error:
            return self._failed(link, error.code, error.message, isinstance(error, _TEMPORARY))
        except Exception:  # one bad link never stops the others
            logger.exception("A link of an import met an unexpected error.")
            return self._failed(link, ArchiveError.code, _UNEXPECTED, False)

    def _failed(self, link: ImportLink, code: str, message: str, is_temporary: bool) -> bool:
        with self._database.write() as session:
            return fail_link(session, link, code, message, is_temporary, datetime.now(UTC))

    def taken(self, link: ImportLink) -> str:
        """Fetch a leased link; return the document or the import that it has become. Raises ArchiveError."""
        with self._database.read() as session:
            found = find_import(session, link.import_id)
        if link.link.kind is LinkKind.PAGE:
            return self._importing.read_address(link.link.address, found.login, of_list=True)
        bounds = FetchBounds(self._settings.extract.file_max_bytes, self._settings.imports.file_time_s)
        with tempfile.TemporaryDirectory(dir=self._settings.data / "tmp") as folder:
            path = Path(folder) / "fetched"
            with path.open("wb") as into:
                fetched = self._fetcher.fetch(link.link.address, into, bounds)
            _require_file(path, fetched.content_type)
            new = _new_document(link, fetched.filename, found.draft.visibility)
            intake = self._intake(link, found.login, found.draft.visibility)
            return _document_of(list(intake.take_named(path, source_of(link.link), new)))

    def _intake(self, link: ImportLink, actor: str, visibility: Visibility) -> Intake:
        bounds = self._settings.extract
        return Intake(
            self._database,
            self._originals,
            bounds.file_max_bytes,
            actor,
            self._settings.data / "tmp",
            bounds.zip_max_bytes,
            Given(event_id=link.link.event_id or None, visibility=visibility),
        )


def _require_file(path: Path, content_type: str) -> None:
    """Raise SignInNeeded or WrongType where a page came instead of a file."""
    media_type = detect(path)
    is_said_a_page = content_type.lower().startswith("text/html") and media_type in (TEXT, "")
    if media_type != HTML and not is_said_a_page:
        return
    with path.open("rb") as file:
        head = file.read(200_000).lower().replace(b"'", b'"')
    raise SignInNeeded(SIGN_IN_NEEDED) if _PASSWORD_FIELD in head else WrongType(_A_PAGE)


def _new_document(link: ImportLink, filename: str, visibility: Visibility) -> NewDocument:
    new = link.link
    is_report = new.kind is LinkKind.REPORT
    return NewDocument(
        kind=DocumentKind.REPORT if is_report else DocumentKind.DECK,
        title=new.title or filename,
        title_is_given=bool(new.title),
        source=source_of(new),
        filename=filename or new.title,
        original=Original("", 0, ""),
        visibility=visibility,
        talk_id=new.talk_id or None,
        event_id=new.event_id or None,
        publisher=new.publisher,
    )


def _document_of(steps: list[Step]) -> str:
    """Return the first document that a file has become. Raises WrongType where there is none."""
    for step in steps:
        if isinstance(step, Stored):
            return step.document_id
    told = [step.message for step in steps if isinstance(step, Refused)]
    told += [step.reason for step in steps if isinstance(step, LeftOut) and step.reason]
    raise WrongType(told[0] if told else _NOTHING)
