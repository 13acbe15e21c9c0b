"""Taking in files that have been received, as drafts: a file is a document, a zip several.

Whatever moment the process is killed at, a file is taken once: its documents are known by the upload that
they came with, and the next try finds them unchanged.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.new_document import NewDocument
from archive.catalogue.submissions import submissions
from archive.catalogue.uploads import uploads
from archive.disk.durable_files import sha256_of_file
from archive.errors import ArchiveError, Busy, CatalogueError, NotFound, StorageError
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.media_types import ZIP
from archive.ingest.filetypes.stand_ins import UNKNOWN_TYPE, UNKNOWN_TYPE_ALONE
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.given import Given
from archive.ingest.progress import LeftOut, Refused, Step, Stored
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Outcome
from archive.model.naming.file_names import readable_name
from archive.model.uploads import LEFT_OUT, REFUSED, Upload, UploadedFile, UploadState, UploadTarget
from archive.settings.settings import Settings
from archive.store.store import Store
from archive.uploads.receiving import ZIP_SENT_IN
from archive.uploads.upload_store import UploadStore

logger = logging.getLogger(__name__)

_CHANGED = "The file's bytes changed on their way. Send it again."
_NOTHING = "There is no file in this one that could be taken in."
_ZIP_AS_VERSION = "A zip cannot be a new version of a document. Send the deck or the report itself."
_NOT_NAMED = "The seminar.toml beside it does not name it."
_UNEXPECTED = "The file could not be taken in. Please report this fault."


class Taking:
    """Takes in what was received.

    Args:
        database: where it is recorded.
        originals: where originals are kept.
        store: where the bytes are that were received.
        settings: the bounds of files, and where work in progress is.
    """

    def __init__(self, database: Database, originals: Store, store: UploadStore, settings: Settings) -> None:
        self._database = database
        self._originals = originals
        self._store = store
        self._settings = settings

    def take_all(self, is_stopping: Callable[[], bool]) -> int:
        """Take in what was received, the oldest first, until `is_stopping`; return how many.

        One that cannot be taken in does not keep others waiting. Raises CatalogueError.
        """
        with self._database.read() as session:
            received = uploads.in_states(session, UploadState.RECEIVED)
        return sum(self._tried(upload) for upload in takewhile(lambda _: not is_stopping(), received))

    def _tried(self, upload: Upload) -> bool:
        try:
            self._take(upload)
        except (StorageError, Busy) as error:  # it is tried again when there is room
            with self._database.write() as session:
                uploads.wait(session, upload.id, error.code, error.message)
            return False
        except CatalogueError:
            raise
        except ArchiveError as error:
            self._refuse(upload, error.code, error.message)
        except Exception:  # one bad file never stops the others
            logger.exception("An upload met an unexpected error.")
            self._refuse(upload, ArchiveError.code, _UNEXPECTED)
        return True

    def _take(self, upload: Upload) -> None:
        path, source = self._path(upload), _source(upload)
        if upload.given.sha256 and sha256_of_file(path) != upload.given.sha256:
            self._refuse(upload, "damaged", _CHANGED)
            return
        is_one_document = upload.given.target.document_id or self._is_sent_in(upload)
        if is_one_document and detect(path) == ZIP:
            message = _ZIP_AS_VERSION if upload.given.target.document_id else ZIP_SENT_IN
            self._refuse(upload, Outcome.UNSUPPORTED_TYPE.value, message)
            return
        files = list(_files(self._intake(upload).take_named(path, source, _new_document(upload)), source))
        is_one = len(files) == 1 and not files[0].file
        if not files:
            self._refuse(upload, Outcome.UNSUPPORTED_TYPE.value, _NOTHING)
        elif is_one and files[0].outcome in (REFUSED, LEFT_OUT):
            message = UNKNOWN_TYPE_ALONE if is_one_document and files[0].message == UNKNOWN_TYPE else ""
            self._refuse(upload, files[0].code or files[0].outcome, message or files[0].message)
        else:
            with self._database.write() as session:
                uploads.take(session, upload.id, files, sha256_of_file(path) if is_one else "")
            self._store.remove(upload.id)

    def _is_sent_in(self, upload: Upload) -> bool:
        with self._database.read() as session:
            return submissions.of_upload(session, upload.id) is not None

    def _path(self, upload: Upload) -> Path:
        """Return where the bytes are: as they were sent, or kept since they were taken in before."""
        try:
            return self._store.path(upload.id)
        except NotFound:
            if not upload.given.sha256:
                raise
            return self._originals.path(upload.given.sha256)

    def _refuse(self, upload: Upload, code: str, message: str) -> None:
        with self._database.write() as session:
            uploads.refuse(session, upload.id, code, message)
        self._store.remove(upload.id)

    def _intake(self, upload: Upload) -> Intake:
        bounds, given = self._settings.extract, upload.given
        return Intake(
            self._database,
            self._originals,
            bounds.file_max_bytes,
            given.login,
            self._settings.data / "tmp",
            bounds.zip_max_bytes,
            Given(draft=True, event_id=_event_id(given.target), is_separate=given.is_separate),
        )


def _new_document(upload: Upload) -> NewDocument:
    given = upload.given
    return NewDocument(
        kind=DocumentKind.DECK,
        title=readable_name(given.filename),
        source=_source(upload),
        filename=given.filename,
        original=Original("", 0, ""),
        talk_id=None if given.target.document_id else given.target.talk_id,
        document_id=given.target.document_id,
    )


def _event_id(target: UploadTarget) -> str | None:
    """Return the event of a new document; the next version of one stays where that is."""
    return None if target.document_id else target.event_id


def _source(upload: Upload) -> str:
    return f"upload:{upload.id}"


def _files(steps: Iterable[Step], source: str) -> Iterator[UploadedFile]:
    """Yield what became of each file; names are those in the zip, "" for the upload itself."""
    for step in steps:
        if isinstance(step, Stored):
            file = _within(step.file, source)
            yield UploadedFile(file, step.acceptance.value, step.document_id, step.version_id)
        elif isinstance(step, Refused):
            message = step.message.replace(f"{source}/", "").replace(source, "")
            yield UploadedFile(_within(step.file, source), REFUSED, code=step.code, message=message)
        elif isinstance(step, LeftOut):
            yield UploadedFile(_within(step.file, source), LEFT_OUT, message=step.reason or _NOT_NAMED)


def _within(file: str, source: str) -> str:
    return file.removeprefix(source).lstrip("/")
