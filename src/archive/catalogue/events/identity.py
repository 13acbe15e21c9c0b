"""Which saved event a given one is: also where its title or its day has been corrected."""

from collections.abc import Callable, Collection
from pathlib import PurePath

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.database.inside import inside
from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.events.new_event import NewEvent
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow

Digests = Callable[[], Collection[str]]
"""Gives the SHA-256 of the files that an event names; called only where nothing else tells."""

IsThere = Callable[[str], bool]
"""Says whether the file that describes an event (its `source`) is still there."""

_MOVED_DOCUMENTS_MIN = 2
"""One deck is often shown at two seminars; half of the talks and two documents are not."""


def find_event(session: Session, new: NewEvent, digests: Digests, is_there: IsThere) -> EventRow | None:
    """Return the event that was saved before, None where it is a new one.

    It is known by its source address (one saved without may get one now), by title and first day (but for two
    files that are both there and share nothing), else by what it holds. Described by the same file: half of
    its talks or documents, or its day while it has no document. By another: half of its documents and the
    title or the day; where all three are others and the file of before is gone, half of its talks and of its
    documents, two at least.
    """
    statement = _select_events()
    if new.source_url:
        row = session.scalar(statement.where(EventRow.source_url == new.source_url))
        if row is not None:
            return row
        statement = statement.where(EventRow.source_url == "")
    if session.scalar(select(EventRow.id).limit(1)) is None:
        return None
    title, day = EventRow.title == clean_name(new.title), EventRow.starts_on == new.starts_on
    named = session.scalars(
        statement.where(title, day).order_by(None).order_by(EventRow.source != new.source, EventRow.id)
    )
    for found in named.all():
        if not _is_another(session, found, new, digests, is_there):
            return found
    found_here = _described_here(session, new, digests)
    if found_here is not None:
        return found_here
    return _moved(
        session,
        new,
        statement.where(or_(title, and_(day, EventRow.starts_on.is_not(None)))),
        digests,
        is_there,
    )


def _is_another(session: Session, row: EventRow, new: NewEvent, digests: Digests, is_there: IsThere) -> bool:
    """Return whether an event of this name and day has another file, which is there, and holds others."""
    if row.source in ("", new.source) or not new.source or not is_there(row.source):
        return False
    talks, given = _topics(session, row), _given_topics(new)
    if not (talks and given) or talks & given:
        return False
    return not _documents(session, row) & set(digests())


def _described_here(session: Session, new: NewEvent, digests: Digests) -> EventRow | None:
    """Return the event that the same file described before, None where it is another one's now."""
    rows = session.scalars(_select_events().where(_same_file(new))).all() if new.source else ()
    for row in rows:
        if _is_half_shared(_topics(session, row), _given_topics(new)):
            return row
        if _is_half_shared(_documents(session, row), set(digests())):
            return row
    for row in rows:
        is_same_day = row.starts_on is not None and row.starts_on == new.starts_on
        if not _documents(session, row) and (is_same_day or not _topics(session, row)):
            return row
    return None


def _moved(
    session: Session, new: NewEvent, alike: Select[EventRow], digests: Digests, is_there: IsThere
) -> EventRow | None:
    """Return the event that another file described before; `alike` are those of its title or its day."""
    for row in session.scalars(alike):
        if _is_half_shared(_documents(session, row), set(digests())):
            return row
    given = set(digests())
    holds = DocumentRow.id.in_(select(VersionRow.document_id).where(VersionRow.sha256.in_(given)))
    held = select(DocumentRow.event_id).where(DocumentRow.withdrawn_at.is_(None), holds)
    for row in session.scalars(_select_events().where(EventRow.id.in_(held), EventRow.source != "")):
        documents = _documents(session, row)
        is_same = _is_half_shared(documents, given) and len(documents & given) >= _MOVED_DOCUMENTS_MIN
        if (
            is_same
            and _is_half_shared(_topics(session, row), _given_topics(new))
            and not is_there(row.source)
        ):
            return row
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
    held = select(DocumentRow.event_id).where(inside(DocumentRow.source, folder))
    is_same = EventRow.source == new.source
    return or_(is_same, and_(EventRow.source == "", EventRow.id.in_(held)))


def _topics(session: Session, row: EventRow) -> set[str]:
    return set(map(name_key, session.scalars(select(TalkRow.topic).where(TalkRow.event_id == row.id))))


def _given_topics(new: NewEvent) -> set[str]:
    return {name_key(talk.topic) for talk in new.talks}


def _documents(session: Session, row: EventRow) -> set[str]:
    """Return the SHA-256 of what an event's live documents show."""
    of_document = VersionRow.document_id == DocumentRow.id
    newest = select(func.max(VersionRow.number)).where(of_document).correlate(DocumentRow).scalar_subquery()
    known = session.scalars(
        select(VersionRow.sha256)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(
            DocumentRow.event_id == row.id, DocumentRow.withdrawn_at.is_(None), VersionRow.number == newest
        )
    )
    return set(known)


def _is_half_shared(known: set[str], given: set[str]) -> bool:
    return bool(known and given) and len(known & given) * 2 >= max(len(known), len(given))
