"""Take files into the archive: bytes first, then the record and its jobs. After that nothing is lost."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import regions
from archive.catalogue.events.save_event import save_event
from archive.errors import ArchiveError, CatalogueError, PathError, StorageError
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.media_types import DECKS, IMAGES, ZIP
from archive.ingest.intake.seminar import Seminar, SeminarReport, load_seminar
from archive.ingest.intake.sources import Naming, SeminarFolder, SingleFile, Source, find_sources, path_text
from archive.ingest.intake.unpacking import UnpackBounds, unpacked
from archive.ingest.progress import LeftOut, Refused, Step, Stored
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Outcome
from archive.model.naming.file_names import readable_name
from archive.store import Store

UNKNOWN_TYPE = (
    "This type of file cannot be read. Types that are read: .pptx .ppsx .potx (.pptm .ppsm .potm), "
    ".ppt .pps .pot, .odp .otp, .key, .pdf, .docx .dotx (.docm .dotm), .doc, .odt .ott, .rtf, .html, .txt, "
    ".png .jpg .tiff .webp .gif .bmp, and .zip with such files. Save it as one of them, best as .pptx or "
    ".pdf."
)
"""The message for a file of any other type."""

_ZIP_TOO_DEEP = (
    "A zip is unpacked by itself, and one inside another. Take the files out of this one and add them."
)
_EMPTY_ZIP = "There is no file in the zip that could be taken in."


class Intake:
    """Stores originals and records them.

    Args:
        database: where they are recorded.
        originals: where their bytes are kept.
        file_max_bytes: how large one file may be, also one in a zip.
        actor: who did it, for the audit trail.
        temporary: where zip files are unpacked; None is the system's folder for temporary files.
        zip_max_bytes: what all files of one zip may have together.
    """

    def __init__(
        self,
        database: Database,
        originals: Store,
        file_max_bytes: int,
        actor: str,
        temporary: Path | None = None,
        zip_max_bytes: int = UnpackBounds().unpacked_max_bytes,
    ) -> None:
        self._database = database
        self._originals = originals
        self._file_max_bytes = file_max_bytes
        self._actor = actor
        self._temporary = temporary
        self._bounds = UnpackBounds(unpacked_max_bytes=zip_max_bytes, file_max_bytes=file_max_bytes)

    def take(self, source: Source) -> Iterator[Step]:
        """Take in a source; yield what became of each of its files, once it is safe.

        Raises StorageError and CatalogueError, after which going on makes no sense; all else is yielded.
        """
        if isinstance(source, SingleFile) and _is_zip(source.path):
            yield from self._zip(source.path)
        else:
            yield from self._take(source, Naming())

    def _take(self, source: Source, naming: Naming) -> Iterator[Step]:
        if isinstance(source, SingleFile):
            yield self._single(source.path, naming)
            return
        try:
            with self._database.read() as session:
                seminar = load_seminar(source.seminar_file, lambda name: _code(session, name))
        except (StorageError, CatalogueError):
            raise
        except ArchiveError as error:
            message = error.message.replace(path_text(source.seminar_file), naming.of(source.seminar_file))
            yield Refused(naming.of(source.seminar_file), error.code, message)
            return
        yield from self._seminar(source, seminar, naming)

    def _zip(self, path: Path) -> Iterator[Step]:
        """Take in the files in a zip, each a document of its own; a seminar in it is one, too."""
        try:
            with unpacked(path, self._temporary, self._bounds) as content:
                naming = Naming(content.folder, path)
                for problem in content.problems:
                    name = f"{path_text(path)}/{problem.name}" if problem.name else path_text(path)
                    yield Refused(name, problem.category.value, problem.message)
                if not content.file_count and not content.problems:
                    yield Refused(path_text(path), Outcome.UNSUPPORTED_TYPE.value, _EMPTY_ZIP)
                for source in find_sources([content.folder]):
                    yield from self._take(source, naming)
        except (StorageError, CatalogueError):
            raise
        except ArchiveError as error:
            yield Refused(path_text(path), error.code, error.message)

    def _single(self, path: Path, naming: Naming) -> Step:
        new = NewDocument(
            kind=DocumentKind.DECK,
            title=readable_name(_name(path)),
            source=naming.of(path),
            filename=_name(path),
            original=Original("", 0, ""),
        )
        return self._file(path, new, naming)

    def _seminar(self, source: SeminarFolder, seminar: Seminar, naming: Naming) -> Iterator[Step]:
        with self._database.write() as session:
            saved = save_event(session, seminar.event, self._actor)
        named = {path for path in (*seminar.talk_decks, *(report.file for report in seminar.reports)) if path}
        for talk, talk_id, deck in zip(seminar.event.talks, saved.talk_ids, seminar.talk_decks, strict=True):
            if deck:
                yield self._file(
                    deck,
                    NewDocument(
                        kind=DocumentKind.DECK,
                        title=talk.topic,
                        title_is_given=True,
                        source=naming.of(deck),
                        filename=_name(deck),
                        original=Original("", 0, ""),
                        visibility=talk.visibility,
                        talk_id=talk_id,
                        event_id=saved.event_id,
                    ),
                    naming,
                )
        for report in seminar.reports:
            yield self._file(report.file, _report(report, saved.event_id, seminar.folder), naming)
        for path in source.others:
            if path.resolve() not in named:
                yield LeftOut(naming.of(path))

    def _file(self, path: Path, new: NewDocument, naming: Naming) -> Step:
        """Store one file and record it; an unusable one is refused and the run goes on."""
        file = naming.of(path)
        try:
            media_type = detect(path)
            if not media_type:
                return Refused(file, Outcome.UNSUPPORTED_TYPE.value, UNKNOWN_TYPE)
            if media_type == ZIP:
                return Refused(file, Outcome.UNSUPPORTED_TYPE.value, _ZIP_TOO_DEEP)
            stored = self._originals.put_file(path, self._file_max_bytes)
        except StorageError:
            raise
        except ArchiveError as error:
            return Refused(file, error.code, error.message)
        except OSError:
            return Refused(file, PathError.code, "It cannot be read. Mend its rights and try again.")
        original = Original(stored.sha256, stored.size_bytes, media_type)
        is_report = media_type not in DECKS | IMAGES and not new.talk_id
        kind = DocumentKind.REPORT if is_report else new.kind
        with self._database.write() as session:
            accepted = accept(session, replace(new, original=original, kind=kind), self._actor)
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


def _is_zip(path: Path) -> bool:
    try:
        return detect(path) == ZIP
    except OSError:
        return False  # it is reported when it is stored


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
