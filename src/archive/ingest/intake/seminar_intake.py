"""Take in a seminar: what it is, its decks and reports; and withdraw what it no longer names."""

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.events.new_event import SavedEvent
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.recording import recording
from archive.catalogue.new_document import NewDocument
from archive.catalogue.taken_out import Kept, withdraw_left_out
from archive.ingest.intake.file_intake import document_name
from archive.ingest.intake.seminar import Seminar, SeminarReport
from archive.ingest.intake.sources import Naming, SeminarFolder, is_there, path_text
from archive.ingest.progress import Corrected, LeftOut, Step, Stored, Withdrawn
from archive.model.documents import DocumentKind, Original
from archive.model.edits import Author

TakeFile = Callable[[Path, NewDocument], Iterator[Step]]
"""Takes in a file and what it holds."""


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
