"""Save an event: the same again writes nothing, a changed one is updated in place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue import audit, changes
from archive.catalogue.events.identity import Digests, IsThere, find_event
from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.events.new_event import NewEvent, NewTalk, SavedEvent, visibilities
from archive.catalogue.events.people import find_person, focus_area_id, save_speakers
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.base import Base
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    TalkRegionRow,
    TalkRow,
)
from archive.catalogue.visibility import hides, ranks
from archive.model.events import DatePrecision, iso_date

_TALK_PARTS = {"region_codes", "speakers"}


def save_talks(
    session: Session, event_id: str, talks: Sequence[NewTalk], draft: bool = False
) -> tuple[tuple[str, ...], bool]:
    """Save the talks of an event; return their identifiers as given, and whether anything changed.

    `draft`: those that are not published yet are for staff alone.
    """
    known = _known(session, event_id)
    matches = _matched(session, known, talks)
    changed = False
    identifiers: list[str] = []
    for talk, row in zip(talks, matches, strict=True):
        if row is None:
            row = TalkRow(
                id=new_id(),
                event_id=event_id,
                region_links=[],
                contributions=[],
                **talk_values(talk, None, draft),
            )
            session.add(row)
            session.flush()
            changed = True
        changed = update_talk(session, row, talk, draft) or changed
        identifiers.append(row.id)
    gone = [row for row in known if row.id not in identifiers]
    return tuple(identifiers), _remove_empty(session, gone) or changed


def talk_values(talk: NewTalk, row: TalkRow | None = None, draft: bool = False) -> dict[str, object]:
    """Return the values of a talk's row (None: a new one): each field but the parts has its column."""
    own = {field.name: getattr(talk, field.name) for field in fields(talk) if field.name not in _TALK_PARTS}
    return own | {"topic": clean_name(talk.topic)} | visibilities(talk.visibility, row, draft)


def _known(session: Session, event_id: str) -> list[TalkRow]:
    statement = (
        select(TalkRow)
        .where(TalkRow.event_id == event_id)
        .order_by(TalkRow.position, TalkRow.id)
        .options(
            selectinload(TalkRow.region_links),
            selectinload(TalkRow.contributions).joinedload(ContributionRow.person),
        )
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(statement))


def _matched(session: Session, known: Sequence[TalkRow], talks: Sequence[NewTalk]) -> list[TalkRow | None]:
    """Find the row of each talk: by topic, then what is left by position and speakers."""
    free = list(known)
    matches: list[TalkRow | None] = []
    for talk in talks:
        topic = name_key(talk.topic)
        row = next((row for row in free if name_key(row.topic) == topic), None)
        if row is not None:
            free.remove(row)
        matches.append(row)
    for index, talk in enumerate(talks):
        if matches[index] is None:
            row = next((row for row in free if _is_same_slot(session, row, talk)), None)
            if row is not None:
                free.remove(row)
                matches[index] = row
    return matches


def _is_same_slot(session: Session, row: TalkRow, talk: NewTalk) -> bool:
    if not talk.speakers or row.position != talk.position:
        return False
    known = {part.person_id for part in row.contributions if part.person_id}
    given = {find_person(session, speaker.name) for speaker in talk.speakers if speaker.name}
    return bool(given) and known == given


def update_talk(session: Session, row: TalkRow, talk: NewTalk, draft: bool = False) -> bool:
    """Make a talk what is given (as a draft, if it is one yet); return whether that changed anything."""
    for name, value in talk_values(talk, row, draft).items():
        setattr(row, name, value)
    changed = session.is_modified(row, include_collections=False)
    changed = _save_regions(session, row, talk.region_codes) or changed
    return save_speakers(session, row, talk.speakers) or changed


def _save_regions(session: Session, row: TalkRow, codes: Iterable[str]) -> bool:
    wanted = list(dict.fromkeys(codes))
    if [link.region_code for link in row.region_links] == wanted:
        return False
    row.region_links.clear()
    session.flush()
    row.region_links.extend(
        TalkRegionRow(position=position, region_code=code) for position, code in enumerate(wanted, 1)
    )
    return True


def _remove_empty(session: Session, gone: Iterable[TalkRow]) -> bool:
    """Delete talks that no document, not even a withdrawn one, belongs to."""
    removed = False
    for row in gone:
        used = session.scalar(select(DocumentRow.id).where(DocumentRow.talk_id == row.id).limit(1))
        if used is None:
            session.delete(row)
            removed = True
    return removed


_PARTS = {"focus_areas", "talks"}


def save_event(
    session: Session,
    new: NewEvent,
    actor: str,
    digests: Digests = tuple,
    is_there: IsThere = lambda _: True,
    draft: bool = False,
) -> SavedEvent:
    """Save an event with its talks and return their identifiers.

    Which event it is says `identity.find_event`; a talk is known by its topic, or where that is new by its
    position and speakers. A talk that is no longer given stays while it has a document.
    All the event's documents get a change; a hiding one where fewer may see them than before.

    Args:
        session: A session that writes.
        new: The event. Its `region_codes` must be codes of known regions, else CatalogueError is raised.
        actor: Who saves it, for the audit.
        digests: Gives the SHA-256 of the files that the event names.
        is_there: Says whether a file that described an event before is still there.
        draft: A new event is for staff alone until something of it is published; who sees one that is
            published stays as it is.
    """
    row = find_event(session, new, digests, is_there)
    is_new = row is None
    corrections = () if row is None else _corrections(row, new)
    if row is None:
        row = EventRow(id=new_id(), focus_area_links=[], **event_values(new, None, draft))
        session.add(row)
        session.flush()
    before = _ranks(session, row.id)
    for name, value in event_values(new, row, draft).items():
        setattr(row, name, value)
    changed = _is_modified(session, row)
    changed = save_focus_areas(session, row, new) or changed
    talk_ids, talks_changed = save_talks(session, row.id, new.talks, draft)
    if is_new or changed or talks_changed:
        session.flush()
        _note(session, row.id, before)
        audit.record(session, actor, "event.save", row.id, "new" if is_new else "changed", row.title)
    return SavedEvent(row.id, talk_ids, corrections)


def _corrections(row: EventRow, new: NewEvent) -> tuple[str, ...]:
    """Return what is corrected of what an event is called and when it was, each as one phrase."""
    starts = iso_date(row.starts_on, DatePrecision(row.starts_precision))
    values = ((row.title, clean_name(new.title)), (starts or "–", new.starts or "–"))
    return tuple(f"{before} → {after}" for before, after in values if before != after)


def event_values(new: NewEvent, row: EventRow | None = None, draft: bool = False) -> Mapping[str, object]:
    """Return the values of an event's row (None: a new one): each field but the parts has its column."""
    own = {field.name: getattr(new, field.name) for field in fields(new) if field.name not in _PARTS}
    own |= {
        "title": clean_name(new.title),
        "starts_precision": new.starts_precision.value,
        "ends_precision": new.ends_precision.value,
    }
    return own | visibilities(new.visibility, row, draft)


def save_focus_areas(session: Session, row: EventRow, new: NewEvent) -> bool:
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
