"""Talks as lists show them: with their event, their documents and the first slide of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.catalogue import pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import DocumentRecord
from archive.model.events import Talk
from archive.web.http.context import current_visitor
from archive.web.presenters.slide_views import SlideView, covers


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document in a list, with its first slide and the number of those the visitor may see."""

    record: DocumentRecord
    cover: SlideView | None
    slide_count: int


@dataclass(frozen=True, slots=True)
class TalkEntry:
    """A talk of a programme with its documents (none where nothing was handed in)."""

    talk: Talk
    entries: tuple[DocumentEntry, ...]


def entries(session: Session, found: Sequence[DocumentRecord]) -> tuple[DocumentEntry, ...]:
    """Return documents with their first slides."""
    shown = covers(session, found)
    versions = [record.document.version.id for record in found]
    counts = pages.counts(session, versions, current_visitor())
    return tuple(
        DocumentEntry(record, shown.get(record.document.id), counts.get(record.document.version.id, 0))
        for record in found
    )


def event_talks(
    session: Session, event_id: str, talks: Sequence[Talk]
) -> tuple[tuple[TalkEntry, ...], tuple[DocumentEntry, ...]]:
    """Return an event's talks in programme order, and its documents that belong to no talk (reports)."""
    found = entries(session, records.records_of_event(session, event_id, current_visitor().rank))
    by_talk: dict[str, list[DocumentEntry]] = {}
    for entry in found:
        of_talk = entry.record.talk
        by_talk.setdefault(of_talk.id if of_talk else "", []).append(entry)
    programme = tuple(TalkEntry(talk, tuple(by_talk.get(talk.id, ()))) for talk in talks)
    return programme, tuple(by_talk.get("", ()))


def talks_with_documents(session: Session, talks: Sequence[Talk]) -> tuple[TalkEntry, ...]:
    """Return talks of several events, each with its documents."""
    identifiers = [talk.id for talk in talks]
    found = records.records_of_talks(session, identifiers, current_visitor().rank)
    listed = {
        entry.record.document.id: entry
        for entry in entries(session, [record for of_talk in found.values() for record in of_talk])
    }
    return tuple(
        TalkEntry(talk, tuple(listed[record.document.id] for record in found[talk.id])) for talk in talks
    )
