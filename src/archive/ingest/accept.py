"""Takes files into the archive: bytes first, then the record and its jobs. After that nothing is lost."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from archive.catalogue import documents, events, regions
from archive.catalogue.database import Database
from archive.catalogue.documents import NewDocument
from archive.errors import ArchiveError, CatalogueError, PathError, StorageError
from archive.ingest.detect import PDF, detect
from archive.ingest.progress import LeftOut, Refused, Step, Stored
from archive.ingest.seminar import Seminar, SeminarReport, load_seminar
from archive.ingest.sources import SeminarFolder, SingleFile, Source, path_text
from archive.model import Category, DocumentKind, Original
from archive.store import Store

UNKNOWN_TYPE = "This type of file cannot be read. Give a .pptx or a .pdf (save other formats as one of them)."


class Intake:
    """Stores originals and records them. `actor` names who did it in the audit trail."""

    def __init__(self, database: Database, originals: Store, file_max_bytes: int, actor: str) -> None:
        self._database = database
        self._originals = originals
        self._file_max_bytes = file_max_bytes
        self._actor = actor

    def take(self, source: Source) -> Iterator[Step]:
        """Take in a source; yield what became of each of its files, once it is safe.

        Raises StorageError and CatalogueError, after which going on makes no sense; all else is yielded.
        """
        if isinstance(source, SingleFile):
            yield self._single(source.path)
            return
        try:
            with self._database.read() as session:
                seminar = load_seminar(source.seminar_file, lambda name: _code(session, name))
        except (StorageError, CatalogueError):
            raise
        except ArchiveError as error:
            yield Refused(path_text(source.seminar_file), error.code, error.message)
            return
        yield from self._seminar(source, seminar)

    def _single(self, path: Path) -> Step:
        new = NewDocument(
            kind=DocumentKind.DECK,
            title=Path(_name(path)).stem,
            source=path_text(path),
            filename=_name(path),
            original=Original("", 0, ""),
        )
        return self._file(path, new)

    def _seminar(self, source: SeminarFolder, seminar: Seminar) -> Iterator[Step]:
        with self._database.write() as session:
            saved = events.save_event(session, seminar.event, self._actor)
        named = {path for path in (*seminar.talk_decks, *(report.file for report in seminar.reports)) if path}
        for talk, presentation_id, deck in zip(
            seminar.event.talks, saved.presentation_ids, seminar.talk_decks, strict=True
        ):
            if deck:
                yield self._file(
                    deck,
                    NewDocument(
                        kind=DocumentKind.DECK,
                        title=talk.topic,
                        title_is_given=True,
                        source=path_text(deck),
                        filename=_name(deck),
                        original=Original("", 0, ""),
                        visibility=talk.visibility,
                        presentation_id=presentation_id,
                        event_id=saved.event_id,
                    ),
                )
        for report in seminar.reports:
            yield self._file(report.file, _report(report, saved.event_id, seminar.folder))
        for path in source.others:
            if path.resolve() not in named:
                yield LeftOut(path_text(path))

    def _file(self, path: Path, new: NewDocument) -> Step:
        """Store one file and record it; an unusable one is refused and the run goes on."""
        file = path_text(path)
        try:
            media_type = detect(path)
            if not media_type:
                return Refused(file, Category.UNSUPPORTED_TYPE.value, UNKNOWN_TYPE)
            stored = self._originals.put_file(path, self._file_max_bytes)
        except StorageError:
            raise
        except ArchiveError as error:
            return Refused(file, error.code, error.message)
        except OSError:
            return Refused(file, PathError.code, "It cannot be read. Mend its rights and try again.")
        original = Original(stored.sha256, stored.size_bytes, media_type)
        kind = DocumentKind.REPORT if media_type == PDF and not new.presentation_id else new.kind
        with self._database.write() as session:
            accepted = documents.accept(session, replace(new, original=original, kind=kind), self._actor)
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


def _report(report: SeminarReport, event_id: str, folder: Path) -> NewDocument:
    place = path_text(Path(report.file.relative_to(folder).as_posix()))
    return NewDocument(
        kind=DocumentKind.REPORT,
        title=report.title,
        title_is_given=True,
        source=f"event:{event_id}:{place}",
        filename=_name(report.file),
        original=Original("", 0, ""),
        visibility=report.visibility,
        event_id=event_id,
        publisher=report.publisher,
        year=report.year,
    )


def _name(path: Path) -> str:
    """Return the file's name with its letters composed, as people type them (macOS takes them apart)."""
    return unicodedata.normalize("NFC", path_text(Path(path.name)))


def _code(session: Session, name: str) -> str | None:
    region = regions.find(session, name)
    return region.code if region else None
