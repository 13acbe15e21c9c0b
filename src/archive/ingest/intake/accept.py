"""Take files into the archive: bytes first, then the record and its jobs. After that nothing is lost."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from archive.catalogue.accept import NewDocument
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import regions
from archive.catalogue.identifiers import new_id
from archive.catalogue.outcomes import note_refusal, refusals, settle_refusals
from archive.errors import ArchiveError, CatalogueError, SeminarFileError, StorageError
from archive.ingest.filetypes.detect import detect, may_hold_documents
from archive.ingest.filetypes.media_types import ZIP
from archive.ingest.intake.file_intake import FileIntake, SeminarIntake, document_name
from archive.ingest.intake.given import NOTHING_GIVEN, Given
from archive.ingest.intake.seminar import load_seminar
from archive.ingest.intake.sources import (
    Naming,
    SeminarFolder,
    SingleFile,
    Source,
    SymbolicLink,
    find_sources,
    path_text,
)
from archive.ingest.intake.unpacking import UnpackBounds, Unpacked, unpacked
from archive.ingest.progress import LeftOut, Refused, Step, Stored
from archive.model.documents import DocumentKind, Original
from archive.model.edits import Author, Reason
from archive.model.extraction import Outcome
from archive.model.naming.file_names import readable_name
from archive.store.store import Store

_LINK = "It is a symbolic link, and links in a folder are not followed. Add what it leads to by itself."
_EMPTY_ZIP = "There is no file in the zip that could be taken in."


class Intake:
    """Stores originals and records them.

    Args:
        database: where they are recorded.
        originals: where their bytes are kept.
        file_max_bytes: how large one file may be, also one in a zip.
        actor: who did it: what is taken in is one group of edits, which can be taken back at once.
        temporary: where zip files are unpacked; None is the system's folder for temporary files.
        zip_max_bytes: what all files of one zip may have together.
        given: what holds for all of them.
    """

    def __init__(
        self,
        database: Database,
        originals: Store,
        file_max_bytes: int,
        actor: str,
        temporary: Path | None = None,
        zip_max_bytes: int = UnpackBounds().unpacked_max_bytes,
        given: Given = NOTHING_GIVEN,
    ) -> None:
        self._database = database
        self._author = Author(actor, Reason.INGEST, group=new_id())
        self._files = FileIntake(database, originals, file_max_bytes, self._author, temporary)
        self._given = given
        self._temporary = temporary
        self._bounds = UnpackBounds(unpacked_max_bytes=zip_max_bytes, file_max_bytes=file_max_bytes)

    def take(self, source: Source) -> Generator[Step]:
        """Take in a source; yield what became of each of its files, once it is safe.

        Raises StorageError and CatalogueError, after which going on makes no sense; all else is yielded.
        """
        refused: set[str] = set()
        for step in self._take(source, Naming(), frozenset()):
            if isinstance(step, Refused):
                refused.add(step.file)
                with self._database.write() as session:
                    note_refusal(session, step.file, step.code, step.message, self._author.actor)
            yield step
        file = source.seminar_file if isinstance(source, SeminarFolder) else source.path
        self._settle(path_text(file), refused)

    def _settle(self, file: str, refused: set[str]) -> None:
        """Forget that a file, or one in it, was refused before, unless it was refused once more."""
        with self._database.read() as session:
            settled = [one.file for one in refusals(session, file) if one.file not in refused]
        if settled:
            with self._database.write() as session:
                settle_refusals(session, settled, self._author.actor)

    def take_named(self, path: Path, name: str, new: NewDocument) -> Generator[Step]:
        """Take in one file under a name that is not its path's; a zip is unpacked.

        Args:
            path: where its bytes are.
            name: how it is named in steps and sources, and the files in it below that.
            new: what is known of it, for a file that is no zip.

        Raises:
            ArchiveError: as `take`.
        """
        naming = Naming(path, name)
        if _media_type(path) == ZIP:
            yield from self._zip(path, naming, frozenset())
        else:
            yield from self._file(path, new, naming, frozenset())

    def _take(self, source: Source, naming: Naming, within: frozenset[str]) -> Iterator[Step]:
        """Take in a source. `within` are the types of the containers that it came in."""
        if isinstance(source, SymbolicLink):
            yield LeftOut(naming.of(source.path), _LINK)
            return
        if isinstance(source, SingleFile):
            if ZIP not in within and _media_type(source.path) == ZIP:
                yield from self._zip(source.path, naming, within)
            else:
                yield from self._file(source.path, _loose(source.path, naming), naming, within)
            return
        try:
            with self._database.read() as session:
                seminar = load_seminar(source.seminar_file, lambda name: _code(session, name))
        except (StorageError, CatalogueError):
            raise
        except SeminarFileError as error:
            yield Refused(naming.of(source.seminar_file), error.code, error.mistake)
            return
        except ArchiveError as error:
            yield Refused(naming.of(source.seminar_file), error.code, error.message)
            return
        seminar = replace(seminar, event=replace(seminar.event, source=naming.of(source.seminar_file)))
        take_file = partial(self._file, naming=naming, within=within)
        intake = SeminarIntake(self._database, self._author, naming, take_file, self._given.draft)
        yield from intake.take(source, seminar)

    def _zip(self, path: Path, naming: Naming, within: frozenset[str]) -> Iterator[Step]:
        """Take in the files in a zip, each a document of its own; a seminar in it is one, too."""
        with self._unpacked(path, ZIP, naming) as (steps, content):
            yield from steps
            if content is None:
                return
            if not content.file_count and not content.problems:
                yield Refused(naming.of(path), Outcome.UNSUPPORTED_TYPE.value, _EMPTY_ZIP)
            for source in find_sources([content.folder]):
                yield from self._take(source, naming.inside(path, content.folder), within | {ZIP})

    def _file(self, path: Path, new: NewDocument, naming: Naming, within: frozenset[str]) -> Iterator[Step]:
        """Take in one file and the files that it holds, each a document of its own."""
        new = self._given.applied(new)
        step = self._files.take(path, new, naming)
        yield step
        media_type = _media_type(path) if isinstance(step, Stored) else ""
        if media_type not in within and may_hold_documents(path, media_type):
            yield from self._held(path, media_type, new, naming, within | {media_type})

    def _held(
        self, path: Path, media_type: str, new: NewDocument, naming: Naming, within: frozenset[str]
    ) -> Iterator[Step]:
        """Take in the files that a document holds. Whoever may see it may see them, and nobody else."""
        with self._unpacked(path, media_type, naming) as (steps, content):
            yield from steps
            if content is None:
                return
            inside = naming.inside(path, content.folder)
            for held in sorted(path for path in content.folder.rglob("*") if path.is_file()):
                if ZIP not in within and _media_type(held) == ZIP:
                    yield from self._zip(held, inside, within)
                    continue
                place = path_text(held.relative_to(content.folder))
                yield from self._file(held, _held_document(new, held, place), inside, within)

    @contextmanager
    def _unpacked(
        self, path: Path, media_type: str, naming: Naming
    ) -> Iterator[tuple[list[Step], Unpacked | None]]:
        """Unpack a container; give what went wrong, and what came out of it (None: nothing could)."""
        file = naming.of(path)
        with ExitStack() as stack:
            try:
                content = stack.enter_context(
                    unpacked(path, self._temporary, self._bounds, media_type=media_type)
                )
            except (StorageError, CatalogueError):
                raise
            except ArchiveError as error:
                yield [Refused(file, error.code, error.message)], None
                return
            refused: list[Step] = [
                Refused(f"{file}/{each.name}" if each.name else file, each.category.value, each.message)
                for each in content.problems
            ]
            yield refused, content


def _media_type(path: Path) -> str:
    try:
        return detect(path)
    except OSError:
        return ""  # it is reported when it is stored


def _loose(path: Path, naming: Naming) -> NewDocument:
    return NewDocument(
        kind=DocumentKind.DECK,
        title=readable_name(document_name(path)),
        source=naming.of(path),
        filename=document_name(path),
        original=Original("", 0, ""),
    )


def _held_document(holder: NewDocument, path: Path, place: str) -> NewDocument:
    """Return what is known of a file in a document: who may see it, and which event it belongs to.

    A talk has one document, so a file held by its deck belongs to the event alone.
    """
    return replace(
        holder,
        kind=DocumentKind.DECK,
        title=readable_name(document_name(path)),
        title_is_given=False,
        source=f"{holder.source}/{place}",
        filename=document_name(path),
        talk_id=None,
        document_id=None,
        publisher="",
        year=None,
    )


def _code(session: Session, name: str) -> str | None:
    region = regions.find(session, name)
    return region.code if region else None
