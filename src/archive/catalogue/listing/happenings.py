"""Events and talks in slices."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.events.events import select_events
from archive.catalogue.events.talks import TalkCondition, select_talks
from archive.catalogue.listing.slices import identifiers_after
from archive.catalogue.mapping import to_event, to_talk
from archive.catalogue.tables.events import EventFocusAreaRow, EventRow, TalkRow
from archive.catalogue.visibility import event_visible, talk_visible
from archive.model.events import Event, Talk


def events_after(
    session: Session, focus_area_id: str, year: int | None, max_rank: int, after: str, limit: int
) -> tuple[tuple[Event, ...], str]:
    """Return the events of a slice that the visitor may see, and what the next one begins after.

    `focus_area_id` "" and `year` None stand for any.
    """
    statement = select(EventRow.id).where(event_visible(max_rank))
    if focus_area_id:
        of_area = select(EventFocusAreaRow.event_id).where(EventFocusAreaRow.focus_area_id == focus_area_id)
        statement = statement.where(EventRow.id.in_(of_area))
    if year is not None:
        statement = statement.where(EventRow.starts_on.between(date(year, 1, 1), date(year, 12, 31)))
    shown, following = identifiers_after(session, statement, EventRow.id, after, limit)
    rows = session.scalars(select_events().where(EventRow.id.in_(shown)).order_by(EventRow.id))
    return tuple(to_event(row) for row in rows), following


def talks_after(
    session: Session, conditions: Sequence[TalkCondition], max_rank: int, after: str, limit: int
) -> tuple[tuple[Talk, ...], str]:
    """Return the talks of a slice that meet all conditions, and what the next one begins after."""
    statement = (
        select(TalkRow.id)
        .outerjoin(EventRow, EventRow.id == TalkRow.event_id)
        .where(talk_visible(max_rank), *conditions)
    )
    shown, following = identifiers_after(session, statement, TalkRow.id, after, limit)
    rows = session.scalars(select_talks().where(TalkRow.id.in_(shown)).order_by(TalkRow.id))
    return tuple(to_talk(row) for row in rows), following
