"""Store one file and record it with its jobs: bytes first, then the record. After that nothing is lost."""

import unicodedata
from dataclasses import replace
from pathlib import Path

from archive.catalogue.accept import Acceptance, NewDocument, accept
from archive.catalogue.database.database import Database
from archive.catalogue.erasing import erasures
from archive.catalogue.journal.recording import recording
from archive.durable_files import sha256_of_file
from archive.errors import ArchiveError, PathError, StorageError
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.media_types import DECKS, IMAGES, ZIP
from archive.ingest.filetypes.stand_ins import why_refused
from archive.ingest.intake.keynote_folder import as_one_file
from archive.ingest.intake.sources import Naming, path_text
from archive.ingest.progress import LeftOut, Refused, Step, Stored
from archive.model.documents import DocumentKind, Original
from archive.model.edits import Author
from archive.model.extraction import Outcome
from archive.store.store import Store

_ERASED = (
    "A person was erased from this very file, so it is not taken in again. Take the name out of it first, "
    "and the file out of folders that are watched."
)
_WITHDRAWN = "Staff withdrew this file. `archive restore {0}` brings it back."
_ZIP_TOO_DEEP = (
    "A zip is unpacked by itself, and one inside another. Take the files out of this one and add them."
)


def document_name(path: Path) -> str:
    """Return the file's name with its letters composed, as people type them (macOS takes them apart)."""
    return unicodedata.normalize("NFC", path_text(Path(path.name)))


class FileIntake:
    """Stores single files and records them.

    Args:
        database: where they are recorded.
        originals: where their bytes are kept.
        file_max_bytes: how large one file may be.
        author: who did it, and the group that its edits belong to.
        temporary: where Keynote folders are packed; None is the system's folder for temporary files.
    """

    def __init__(
        self,
        database: Database,
        originals: Store,
        file_max_bytes: int,
        author: Author,
        temporary: Path | None = None,
    ) -> None:
        self._database = database
        self._originals = originals
        self._file_max_bytes = file_max_bytes
        self._author = author
        self._temporary = temporary

    def take(self, path: Path, new: NewDocument, naming: Naming) -> Step:
        """Store one file and record it; an unusable one is refused and the run goes on.

        Raises StorageError and CatalogueError, after which going on makes no sense.
        """
        file = naming.of(path)
        try:
            with as_one_file(path, self._temporary, self._file_max_bytes) as whole:
                return self._taken(file, whole, new)
        except StorageError:
            raise
        except ArchiveError as error:
            return Refused(file, error.code, error.message)
        except OSError:
            return Refused(file, PathError.code, "It cannot be read. Mend its rights and try again.")

    def _taken(self, file: str, path: Path, new: NewDocument) -> Step:
        media_type = detect(path)
        if not media_type:
            return Refused(file, Outcome.UNSUPPORTED_TYPE.value, why_refused(path))
        if media_type == ZIP:
            return Refused(file, Outcome.UNSUPPORTED_TYPE.value, _ZIP_TOO_DEEP)
        if self._is_erased(path):
            return LeftOut(file, _ERASED)
        stored = self._originals.put_file(path, self._file_max_bytes)
        return self._record(file, new, Original(stored.sha256, stored.size_bytes, media_type))

    def _is_erased(self, path: Path) -> bool:
        """Return whether a person was erased from these bytes, who would come back with them."""
        with self._database.read() as session:
            erased = erasures.digests(session)
        return bool(erased) and sha256_of_file(path) in erased

    def _record(self, file: str, new: NewDocument, original: Original) -> Step:
        is_report = original.media_type not in DECKS | IMAGES and not new.talk_id
        kind = DocumentKind.REPORT if is_report else new.kind
        with self._database.write() as session, recording(session, self._author):
            accepted = accept(session, replace(new, original=original, kind=kind), self._author.actor)
        if accepted.outcome is Acceptance.WITHDRAWN:
            return LeftOut(file, _WITHDRAWN.format(accepted.document.id))
        version = accepted.newest
        return Stored(
            file=file,
            document_id=accepted.document.id,
            version_id=version.id,
            acceptance=accepted.outcome,
            category=version.category,
            message=version.message,
            page_count=version.page_count,
        )
