"""Save an event: the same again writes nothing, a changed one is updated in place."""

from collections.abc import Mapping
from dataclasses import fields

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

_PARTS = {"focus_areas", "talks"}


def save_event(session: Session, new: NewEvent, actor: str) -> SavedEvent:
    """Save an event with its talks and return their identifiers.

    An event is identified by its source address, else by title and first day; a talk by its topic, or where
    that is new by its position and speakers. A talk that is no longer given stays while it has a document.
    All the event's documents get a change; a hiding one where fewer may see them than before.

    Args:
        session: A session that writes.
        new: The event. Its `region_codes` must be codes of known regions, else CatalogueError is raised.
        actor: Who saves it, for the audit.
    """
    row = _find(session, new)
    is_new = row is None
    if row is None:
        row = EventRow(id=new_id(), focus_area_links=[], **_values(new))
        session.add(row)
        session.flush()
    before = _ranks(session, row.id)
    for name, value in _values(new).items():
        setattr(row, name, value)
    changed = _is_modified(session, row)
    changed = _save_focus_areas(session, row, new) or changed
    talk_ids, talks_changed = save_talks(session, row.id, new.talks)
    if is_new or changed or talks_changed:
        session.flush()
        _note(session, row.id, before)
        audit.record(session, actor, "event.save", row.id, "new" if is_new else "changed", row.title)
    return SavedEvent(row.id, talk_ids)


def _values(new: NewEvent) -> Mapping[str, object]:
    """Return the values of the row: each field but the parts has a column of its name."""
    own = {field.name: getattr(new, field.name) for field in fields(new) if field.name not in _PARTS}
    return own | {"title": clean_name(new.title), "visibility": new.visibility.value}


def _find(session: Session, new: NewEvent) -> EventRow | None:
    """Return the event that was saved before; one saved without an address may get one now."""
    statement = (
        select(EventRow)
        .options(selectinload(EventRow.focus_area_links))
        .execution_options(populate_existing=True)
        .order_by(EventRow.id)
        .limit(1)
    )
    if new.source_url:
        row = session.scalar(statement.where(EventRow.source_url == new.source_url))
        if row is not None:
            return row
        statement = statement.where(EventRow.source_url == "")
    return session.scalar(
        statement.where(EventRow.title == clean_name(new.title), EventRow.starts_on == new.starts_on)
    )


def _save_focus_areas(session: Session, row: EventRow, new: NewEvent) -> bool:
    """Link the event to its focus areas; return whether any link or focus area changed."""
    changed = False
    wanted: list[str] = []
    for focus_area in new.focus_areas:
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
