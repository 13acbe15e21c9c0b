"""Save an event: the same again writes nothing, a changed one is updated in place."""

from collections.abc import Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue import audit, changes
from archive.catalogue.events.names import clean_name
from archive.catalogue.events.new_event import NewEvent, SavedEvent
from archive.catalogue.events.people import focus_area_id
from archive.catalogue.events.save_talks import save_talks
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.base import Base
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventFocusAreaRow, EventRow, TalkRow
from archive.catalogue.visibility import hides, ranks


def save_event(session: Session, record: NewEvent, actor: str) -> SavedEvent:
    """Save an event with its talks and return their identifiers.

    It is known by its source address, else by title and first day. Talks are known by their topic (a talk
    with a new topic, but the place and speakers it had, is the same talk). A talk that is no longer given
    stays while it has a document. All the event's documents get a change; a hiding one where they are to
    be seen by fewer than before. `region_codes` must be codes of known regions (else CatalogueError).
    """
    row = _find(session, record)
    is_new = row is None
    if row is None:
        row = EventRow(id=new_id(), focus_area_links=[], **_values(record))
        session.add(row)
        session.flush()
    before = _ranks(session, row.id)
    for name, value in _values(record).items():
        setattr(row, name, value)
    changed = _is_modified(session, row)
    changed = _save_focus_areas(session, row, record) or changed
    talk_ids, talks_changed = save_talks(session, row.id, record.talks)
    if is_new or changed or talks_changed:
        session.flush()
        _note(session, row.id, before)
        audit.record(session, actor, "event.save", row.id, "new" if is_new else "changed", row.title)
    return SavedEvent(row.id, talk_ids)


def _values(record: NewEvent) -> Mapping[str, object]:
    return {
        "title": clean_name(record.title),
        "kind": record.kind,
        "starts_on": record.starts_on,
        "ends_on": record.ends_on,
        "place": record.place,
        "occasion": record.occasion,
        "organiser": record.organiser,
        "text": record.text,
        "source_url": record.source_url,
        "visibility": record.visibility.value,
    }


def _find(session: Session, record: NewEvent) -> EventRow | None:
    """Return the event that was saved before; one saved without an address may get one now."""
    statement = (
        select(EventRow)
        .options(selectinload(EventRow.focus_area_links))
        .execution_options(populate_existing=True)
        .order_by(EventRow.id)
        .limit(1)
    )
    if record.source_url:
        row = session.scalar(statement.where(EventRow.source_url == record.source_url))
        if row is not None:
            return row
        statement = statement.where(EventRow.source_url == "")
    return session.scalar(
        statement.where(EventRow.title == clean_name(record.title), EventRow.starts_on == record.starts_on)
    )


def _save_focus_areas(session: Session, row: EventRow, record: NewEvent) -> bool:
    """Link the event to its focus areas; return whether any link or focus area changed."""
    changed = False
    wanted: list[str] = []
    for focus_area in record.focus_areas:
        identifier, is_changed = focus_area_id(session, focus_area)
        changed = changed or is_changed
        if identifier not in wanted:
            wanted.append(identifier)
    if [link.focus_area_id for link in row.focus_area_links] == wanted:
        return changed
    row.focus_area_links.clear()
    session.flush()
    row.focus_area_links.extend(
        EventFocusAreaRow(position=position, focus_area_id=identifier)
        for position, identifier in enumerate(wanted, 1)
    )
    return True


def _ranks(session: Session, event_id: str) -> dict[str, int]:
    talks = select(TalkRow.id).where(TalkRow.event_id == event_id)
    documents = session.scalars(
        select(DocumentRow.id)
        .where(
            or_(DocumentRow.event_id == event_id, DocumentRow.talk_id.in_(talks)),
            DocumentRow.withdrawn_at.is_(None),
        )
        .order_by(DocumentRow.id)
    ).all()
    return ranks(session, documents)


def _note(session: Session, event_id: str, before: Mapping[str, int]) -> None:
    for document_id, rank in sorted(_ranks(session, event_id).items()):
        changes.record(session, document_id, hides=hides(before.get(document_id, 0), rank))


def _is_modified(session: Session, row: Base) -> bool:
    return session.is_modified(row, include_collections=False)
