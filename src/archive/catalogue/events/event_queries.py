"""Queries for events and talks, with all that their records need, for what a visitor may see."""

from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.mapping import to_talk
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    TalkRow,
)
from archive.catalogue.visibility import talk_visible
from archive.model.events import Talk


def select_events() -> Select[EventRow]:
    """Return the query for events with all that `mapping.to_event` needs."""
    return (
        select(EventRow)
        .options(selectinload(EventRow.focus_area_links).joinedload(EventFocusAreaRow.focus_area))
        .execution_options(populate_existing=True)  # also what this session saved lacks its parts
    )


def select_talks() -> Select[TalkRow]:
    """Return the query for talks with all that `mapping.to_talk` needs."""
    contributions = selectinload(TalkRow.contributions)
    return (
        select(TalkRow)
        .options(
            selectinload(TalkRow.region_links),
            contributions.joinedload(ContributionRow.person),
            contributions.joinedload(ContributionRow.organisation),
        )
        .execution_options(populate_existing=True)
    )


def talks_where(
    session: Session,
    condition: ColumnElement[bool],
    max_rank: int,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[Talk, ...]:
    """Return the talks of a condition, those of the newest event first, each event's in programme order."""
    rows = session.scalars(
        select_talks()
        .outerjoin(EventRow, EventRow.id == TalkRow.event_id)
        .where(condition, talk_visible(max_rank))
        .order_by(*newest_first(), TalkRow.position, TalkRow.id)
        .offset(offset)
        .limit(limit)
    )
    return tuple(to_talk(row) for row in rows)


def count_talks(session: Session, condition: ColumnElement[bool], max_rank: int) -> int:
    """Return how many talks of a condition the visitor may see."""
    statement = (
        select(func.count())
        .select_from(TalkRow)
        .outerjoin(EventRow, EventRow.id == TalkRow.event_id)
        .where(condition, talk_visible(max_rank))
    )
    return session.scalar(statement) or 0


def newest_first() -> tuple[SQLColumnExpression[Any], ...]:
    """Return the order of events: newest first, those without a date last."""
    return (EventRow.starts_on.desc().nulls_last(), EventRow.id)
