"""Events, talks, people, organisations and focus areas as a visitor may see them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.events import talks
from archive.catalogue.events.talks import count_talks, newest_first, talks_where
from archive.catalogue.mapping import (
    to_event,
    to_focus_area,
    to_organisation,
    to_person,
)
from archive.catalogue.tables.events import (
    EventFocusAreaRow,
    EventRow,
    FocusAreaRow,
    OrganisationRow,
    PersonRow,
    TalkRow,
)
from archive.catalogue.visibility import event_visible
from archive.errors import NotFound
from archive.model.events import Event, FocusArea, Organisation, Person, Talk


def select_events() -> Select[EventRow]:
    """Return the query for events with all that `mapping.to_event` needs."""
    return (
        select(EventRow)
        .options(selectinload(EventRow.focus_area_links).joinedload(EventFocusAreaRow.focus_area))
        .execution_options(populate_existing=True)  # also what this session saved lacks its parts
    )


def event(session: Session, event_id: str, max_rank: int) -> Event:
    """Return an event. Raises NotFound, also where the visitor may not see it."""
    row = session.scalar(select_events().where(EventRow.id == event_id, event_visible(max_rank)))
    if row is None:
        raise NotFound("There is no such event in the archive.")
    return to_event(row)


def events(session: Session, max_rank: int) -> tuple[Event, ...]:
    """Return all events, newest first."""
    rows = session.scalars(select_events().where(event_visible(max_rank)).order_by(*newest_first()))
    return tuple(to_event(row) for row in rows)


def events_by_id(session: Session, event_ids: Collection[str], max_rank: int) -> dict[str, Event]:
    """Return those of some events that the visitor may see, by identifier."""
    rows = session.scalars(select_events().where(EventRow.id.in_(event_ids), event_visible(max_rank)))
    return {row.id: to_event(row) for row in rows}


def latest_events(session: Session, max_rank: int, limit: int) -> tuple[Event, ...]:
    """Return up to `limit` events, newest first."""
    statement = select_events().where(event_visible(max_rank)).order_by(*newest_first()).limit(limit)
    return tuple(to_event(row) for row in session.scalars(statement))


def events_of_year(session: Session, year: int | None, max_rank: int) -> tuple[Event, ...]:
    """Return the events of a year, newest first; None: those without a date."""
    within: ColumnElement[bool] = EventRow.starts_on.is_(None)
    if year is not None:
        within = EventRow.starts_on.between(date(year, 1, 1), date(year, 12, 31))
    rows = session.scalars(select_events().where(within, event_visible(max_rank)).order_by(*newest_first()))
    return tuple(to_event(row) for row in rows)


def talk(session: Session, talk_id: str, max_rank: int) -> Talk:
    """Return a talk. Raises NotFound, also where the visitor may not see it or its event."""
    matching = talks_where(session, TalkRow.id == talk_id, max_rank)
    if not matching:
        raise NotFound("There is no such talk in the archive.")
    return matching[0]


def talks_of_event(session: Session, event_id: str, max_rank: int) -> tuple[Talk, ...]:
    """Return an event's talks in the order of the programme."""
    return talks_where(session, talks.of_event(event_id), max_rank)


def talks_of_person(session: Session, person_id: str, max_rank: int) -> tuple[Talk, ...]:
    """Return a person's talks, those of the newest event first."""
    return talks_where(session, talks.of_person(person_id), max_rank)


def talks_of_organisation(session: Session, organisation_id: str, max_rank: int) -> tuple[Talk, ...]:
    """Return the talks whose speakers belonged to an organisation then, those of the newest event first."""
    return talks_where(session, talks.of_organisation(organisation_id), max_rank)


def person(session: Session, person_id: str, max_rank: int) -> Person:
    """Return a person. Raises NotFound, also where the visitor may see none of their talks."""
    row = session.get(PersonRow, person_id, options=[selectinload(PersonRow.spellings)])
    if row is None or not count_talks(session, talks.of_person(person_id), max_rank):
        raise NotFound("There is no such person in the archive.")
    return to_person(row)


def organisation(session: Session, organisation_id: str, max_rank: int) -> Organisation:
    """Return an organisation. Raises NotFound, also where the visitor may see none of its talks."""
    row = session.get(OrganisationRow, organisation_id, options=[selectinload(OrganisationRow.spellings)])
    if row is None or not count_talks(session, talks.of_organisation(organisation_id), max_rank):
        raise NotFound("There is no such organisation in the archive.")
    return to_organisation(row)


def focus_area(session: Session, focus_area_id: str, max_rank: int) -> FocusArea:
    """Return a focus area. Raises NotFound, also where the visitor may see none of its events."""
    if not events_of_focus_area(session, focus_area_id, max_rank):
        raise NotFound("There is no such focus area in the archive.")
    return any_focus_area(session, focus_area_id)


def any_focus_area(session: Session, focus_area_id: str) -> FocusArea:
    """Return a focus area, also one without events. Raises NotFound."""
    row = session.get(FocusAreaRow, focus_area_id)
    if row is None:
        raise NotFound("There is no such focus area in the archive.")
    return to_focus_area(row)


def focus_areas(session: Session, max_rank: int) -> tuple[FocusArea, ...]:
    """Return the focus areas with an event that the visitor may see, newest first."""
    seen = (
        select(EventFocusAreaRow.focus_area_id)
        .join(EventRow, EventRow.id == EventFocusAreaRow.event_id)
        .where(event_visible(max_rank))
    )
    rows = session.scalars(
        select(FocusAreaRow)
        .where(FocusAreaRow.id.in_(seen))
        .order_by(FocusAreaRow.year_from.desc().nulls_last(), FocusAreaRow.title_key, FocusAreaRow.id)
    )
    return tuple(to_focus_area(row) for row in rows)


def events_of_focus_area(session: Session, focus_area_id: str, max_rank: int) -> tuple[Event, ...]:
    """Return a focus area's events, newest first."""
    of_area = select(EventFocusAreaRow.event_id).where(EventFocusAreaRow.focus_area_id == focus_area_id)
    rows = session.scalars(
        select_events().where(EventRow.id.in_(of_area), event_visible(max_rank)).order_by(*newest_first())
    )
    return tuple(to_event(row) for row in rows)
