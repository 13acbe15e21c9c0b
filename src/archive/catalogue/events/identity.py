"""Which saved event a given one is: also where its title or its day has been corrected."""

from collections.abc import Callable, Collection
from pathlib import PurePath

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.events.new_event import NewEvent
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow

Digests = Callable[[], Collection[str]]
"""Gives the SHA-256 of the files that an event names; called only where nothing else tells."""


def find_event(session: Session, new: NewEvent, digests: Digests) -> EventRow | None:
    """Return the event that was saved before, None where it is a new one.

    It is known by its source address (one saved without may get one now), by title and first day, else by
    what it holds: described by the same file, at least half of its talks or documents; by another, at least
    half of its documents and the title or the day.
    """
    statement = _select_events()
    if new.source_url:
        row = session.scalar(statement.where(EventRow.source_url == new.source_url))
        if row is not None:
            return row
        statement = statement.where(EventRow.source_url == "")
    title, day = EventRow.title == clean_name(new.title), EventRow.starts_on == new.starts_on
    row = session.scalar(statement.where(title, day))
    if row is not None or session.scalar(select(EventRow.id).limit(1)) is None:
        return row
    others = _select_events() if not new.source_url else statement
    for found in session.scalars(others.where(_same_file(new))) if new.source else ():
        if _shares_talks(session, found, new) or _shares_documents(session, found, digests()):
            return found
    for found in session.scalars(others.where(or_(title, and_(day, EventRow.starts_on.is_not(None))))):
        if _shares_documents(session, found, digests()):
            return found
    return None


def _select_events() -> Select[EventRow]:
    return (
        select(EventRow)
        .options(selectinload(EventRow.focus_area_links))
        .execution_options(populate_existing=True)
        .order_by(EventRow.id)
    )


def _same_file(new: NewEvent) -> ColumnElement[bool]:
    """Return the condition that an event was described by the same file.

    Of one saved by an earlier version the file is not known, but where its decks were.
    """
    folder = str(PurePath(new.source).parent)
    held = select(DocumentRow.event_id).where(DocumentRow.source.startswith(f"{folder}/", autoescape=True))
    is_same = EventRow.source == new.source
    return or_(is_same, and_(EventRow.source == "", EventRow.id.in_(held)))


def _shares_talks(session: Session, row: EventRow, new: NewEvent) -> bool:
    topics = session.scalars(select(TalkRow.topic).where(TalkRow.event_id == row.id))
    return _is_half_shared(set(map(name_key, topics)), {name_key(talk.topic) for talk in new.talks})


def _shares_documents(session: Session, row: EventRow, digests: Collection[str]) -> bool:
    of_document = VersionRow.document_id == DocumentRow.id
    newest = select(func.max(VersionRow.number)).where(of_document).correlate(DocumentRow).scalar_subquery()
    known = session.scalars(
        select(VersionRow.sha256)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(
            DocumentRow.event_id == row.id, DocumentRow.withdrawn_at.is_(None), VersionRow.number == newest
        )
    )
    return _is_half_shared(set(known), set(digests))


def _is_half_shared(known: set[str], given: set[str]) -> bool:
    return bool(known and given) and len(known & given) * 2 >= max(len(known), len(given))
