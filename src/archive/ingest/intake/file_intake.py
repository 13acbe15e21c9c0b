"""Take in one file, or a seminar with its decks and reports: bytes first, then the record with its jobs.

After that nothing is lost. What a seminar no longer names is withdrawn.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from archive.catalogue.accept import Acceptance, accept
from archive.catalogue.database.database import Database
from archive.catalogue.erasing import erasures
from archive.catalogue.events.new_event import SavedEvent
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.recording import recording
from archive.catalogue.new_document import NewDocument
from archive.catalogue.taken_out import Kept, withdraw_left_out
from archive.disk.durable_files import sha256_of_file
from archive.errors import ArchiveError, PathError, StorageError
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.media_types import DECKS, IMAGES, ZIP
from archive.ingest.filetypes.stand_ins import why_refused
from archive.ingest.intake.keynote_folder import as_one_file
from archive.ingest.intake.seminar import Seminar, SeminarReport
from archive.ingest.intake.sources import Naming, SeminarFolder, is_there, path_text
from archive.ingest.progress import Corrected, LeftOut, Refused, Step, Stored, Withdrawn
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

TakeFile = Callable[[Path, NewDocument], Iterator[Step]]
"""Takes in a file and what it holds."""


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


class SeminarIntake:
    """Takes in one seminar.

    Args:
        database: where it is recorded.
        actor: who takes it in, for the audit trail.
        naming: how its files are named.
        take_file: takes in one of its files.
        draft: it is for staff alone until something of it is published.
    """

    def __init__(
        self, database: Database, author: Author, naming: Naming, take_file: TakeFile, draft: bool = False
    ) -> None:
        self._database = database
        self._author = author
        self._naming = naming
        self._take_file = take_file
        self._draft = draft
        self._stored: set[str] = set()
        self._failed_sources: set[str] = set()
        self._failed_talks: set[str] = set()

    def take(self, source: SeminarFolder, seminar: Seminar) -> Iterator[Step]:
        """Save the seminar and take in its files; yield what became of each, and what is withdrawn."""
        named = [path for path in (*seminar.talk_decks, *(report.file for report in seminar.reports)) if path]
        with self._database.write() as session, recording(session, self._author):
            digests = lru_cache(lambda: frozenset(map(_digest, named)))
            saved = save_event(session, seminar.event, self._author.actor, digests, is_there, self._draft)
        if saved.corrections:
            yield Corrected(self._naming.of(source.seminar_file), "; ".join(saved.corrections))
        for path, new in self._files(seminar, saved):
            yield from self._file(path, new)
        for path in source.others:
            if path.resolve() not in named:
                yield LeftOut(self._naming.of(path))
        yield from self._withdraw(saved)

    def _files(self, seminar: Seminar, saved: SavedEvent) -> Iterator[tuple[Path, NewDocument]]:
        for talk, talk_id, deck in zip(seminar.event.talks, saved.talk_ids, seminar.talk_decks, strict=True):
            if deck:
                yield (
                    deck,
                    NewDocument(
                        kind=DocumentKind.DECK,
                        title=talk.topic,
                        title_is_given=True,
                        source=self._naming.of(deck),
                        filename=document_name(deck),
                        original=Original("", 0, ""),
                        visibility=talk.visibility,
                        talk_id=talk_id,
                        event_id=saved.event_id,
                    ),
                )
        for report in seminar.reports:
            yield report.file, _report(report, saved.event_id, seminar.folder)

    def _file(self, path: Path, new: NewDocument) -> Iterator[Step]:
        """Take in one file; note what was stored, and what could not be and still belongs to the seminar."""
        for step in self._take_file(path, new):
            if isinstance(step, Stored):
                self._stored.add(step.document_id)
            else:
                self._failed_sources.add(new.source)
                self._failed_talks.update((new.talk_id,) if new.talk_id else ())
            yield step

    def _withdraw(self, saved: SavedEvent) -> Iterator[Step]:
        kept = Kept(self._stored, self._failed_sources, self._failed_talks)
        with self._database.write() as session, recording(session, self._author):
            actor = self._author.actor
            left_out = withdraw_left_out(session, saved.event_id, saved.talk_ids, kept, actor)
        yield from (Withdrawn(filename, document_id) for document_id, filename in left_out)


def _report(report: SeminarReport, event_id: str, folder: Path) -> NewDocument:
    place = path_text(Path(report.file.relative_to(folder).as_posix()))
    return NewDocument(
        kind=DocumentKind.REPORT,
        title=report.title,
        title_is_given=True,
        source=f"event:{event_id}:{place}",
        filename=document_name(report.file),
        original=Original("", 0, ""),
        visibility=report.visibility,
        event_id=event_id,
        publisher=report.publisher,
        year=report.year,
    )


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; "" where it cannot be read, which is told when it is taken in."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
