"""One event or one talk by itself, as staff fill it in; a whole seminar is saved by `save_event.py`."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.events.names import name_key
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import event_values, talk_values, update_talk
from archive.catalogue.events.talks import select_talks
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.errors import NotFound
from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """What staff say of one talk."""

    topic: str
    language: str = ""
    region_codes: tuple[str, ...] = ()
    speakers: tuple[NewSpeaker, ...] = ()


def event_id_of(session: Session, title: str, starts_on: date | None, actor: str) -> str:
    """Return the event of a title and a day; a new one is for staff until something of it is published."""
    same_day = EventRow.starts_on.is_(None) if starts_on is None else EventRow.starts_on == starts_on
    for known in session.scalars(select(EventRow).where(same_day).order_by(EventRow.id)):
        if name_key(known.title) == name_key(title):
            return known.id
    new = NewEvent(title, starts_on=starts_on, visibility=Visibility.STAFF)
    row = EventRow(id=new_id(), focus_area_links=[], **event_values(new))
    session.add(row)
    session.flush()
    audit.record(session, actor, "event.save", row.id, "new", row.title)
    return row.id


def add_talk(session: Session, event_id: str | None, facts: TalkFacts) -> str:
    """Add a talk as the last of an event (None: of none), for staff until a document of it is published."""
    new = _new_talk(facts, _next_position(session, event_id), Visibility.STAFF)
    row = TalkRow(id=new_id(), event_id=event_id, region_links=[], contributions=[], **talk_values(new))
    session.add(row)
    session.flush()
    update_talk(session, row, new)
    session.flush()
    return row.id


def change_talk(session: Session, talk_id: str, event_id: str | None, facts: TalkFacts) -> bool:
    """Make a talk what is given; abstract, visibility and, in the same event, its place stay as they are.

    The same regions in another order are no change: the boxes of a form tell no order.

    Return whether that changed anything. Raises NotFound.
    """
    row = session.scalar(select_talks().where(TalkRow.id == talk_id))
    if row is None:
        raise NotFound("There is no such talk in the archive.")
    is_moved = row.event_id != event_id
    position = _next_position(session, event_id) if is_moved else row.position
    row.event_id = event_id
    before = tuple(link.region_code for link in row.region_links)
    if set(facts.region_codes) == set(before):
        facts = replace(facts, region_codes=before)
    new = _new_talk(facts, position, Visibility(row.visibility_given or row.visibility), row.abstract)
    is_changed = update_talk(session, row, new, draft=bool(row.visibility_given))
    session.flush()
    return is_changed or is_moved


def _new_talk(facts: TalkFacts, position: int, visibility: Visibility, abstract: str = "") -> NewTalk:
    return NewTalk(
        facts.topic, position, abstract, facts.language, visibility, facts.region_codes, facts.speakers
    )


def _next_position(session: Session, event_id: str | None) -> int:
    if event_id is None:
        return 1
    last = session.scalar(select(func.max(TalkRow.position)).where(TalkRow.event_id == event_id))
    return (last or 0) + 1
