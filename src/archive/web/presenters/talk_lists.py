"""Talks as lists show them: with their event, their documents and the first slide of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.catalogue import pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import events, regions
from archive.catalogue.records import CatalogueRecord
from archive.model.events import Event, Talk
from archive.web.http.context import current_visitor
from archive.web.presenters.slide_views import SlideView, covers


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document in a list, with its first slide and how many of its slides the visitor may see."""

    record: CatalogueRecord
    cover: SlideView | None
    slide_count: int


@dataclass(frozen=True, slots=True)
class TalkEntry:
    """A talk in a list, with its documents (none where nothing was handed in)."""

    talk: Talk
    entries: tuple[DocumentEntry, ...]


@dataclass(frozen=True, slots=True)
class ListedTalks:
    """Talks of several events, with those events by identifier and the names of their regions by code."""

    talks: Sequence[TalkEntry]
    events: Mapping[str, Event]
    region_names: Mapping[str, str]


def document_entries(session: Session, listed: Sequence[CatalogueRecord]) -> tuple[DocumentEntry, ...]:
    """Return documents with their first slides."""
    cover_of = covers(session, listed)
    versions = [record.document.version.id for record in listed]
    counts = pages.counts(session, versions, current_visitor())
    return tuple(
        DocumentEntry(record, cover_of.get(record.document.id), counts.get(record.document.version.id, 0))
        for record in listed
    )


def event_talks(
    session: Session, event_id: str, programme: Sequence[Talk]
) -> tuple[tuple[TalkEntry, ...], tuple[DocumentEntry, ...]]:
    """Return an event's talks in programme order, and its documents that belong to no talk (reports)."""
    of_event = records.records_of_event(session, event_id, current_visitor().rank)
    by_talk: dict[str, list[DocumentEntry]] = {}
    for entry in document_entries(session, of_event):
        talk = entry.record.talk
        by_talk.setdefault(talk.id if talk else "", []).append(entry)
    talks = tuple(TalkEntry(talk, tuple(by_talk.get(talk.id, ()))) for talk in programme)
    return talks, tuple(by_talk.get("", ()))


def talk_list(session: Session, talks: Sequence[Talk]) -> ListedTalks:
    """Return talks of several events, each with its documents."""
    rank = current_visitor().rank
    return ListedTalks(
        talks=_talk_entries(session, talks),
        events=events.events_by_id(session, {talk.event_id for talk in talks if talk.event_id}, rank),
        region_names=region_names(session, talks),
    )


def region_names(session: Session, talks: Sequence[Talk]) -> dict[str, str]:
    """Return the names of the talks' regions by code."""
    codes = {code for talk in talks for code in talk.region_codes}
    return {region.code: region.name for region in regions.all_regions(session) if region.code in codes}


def _talk_entries(session: Session, talks: Sequence[Talk]) -> tuple[TalkEntry, ...]:
    identifiers = [talk.id for talk in talks]
    by_talk = records.records_of_talks(session, identifiers, current_visitor().rank)
    listed = [record for of_talk in by_talk.values() for record in of_talk]
    entries = {entry.record.document.id: entry for entry in document_entries(session, listed)}
    return tuple(
        TalkEntry(talk, tuple(entries[record.document.id] for record in by_talk[talk.id])) for talk in talks
    )
