"""Queries for events and talks, with all that their records need, for what a visitor may see."""

from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.mapping import to_presentation
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    PresentationRow,
)
from archive.catalogue.visibility import presentation_visible
from archive.model.events import Talk


def select_events() -> Select[EventRow]:
    """Return the query for events with all that `mapping.to_event` needs."""
    return (
        select(EventRow)
        .options(selectinload(EventRow.focus_area_links).joinedload(EventFocusAreaRow.focus_area))
        .execution_options(populate_existing=True)  # also what this session saved lacks its parts
    )


def select_presentations() -> Select[PresentationRow]:
    """Return the query for talks with all that `mapping.to_presentation` needs."""
    contributions = selectinload(PresentationRow.contributions)
    return (
        select(PresentationRow)
        .options(
            selectinload(PresentationRow.region_links),
            contributions.joinedload(ContributionRow.person),
            contributions.joinedload(ContributionRow.organisation),
        )
        .execution_options(populate_existing=True)
    )


def presentations_where(
    session: Session,
    condition: ColumnElement[bool],
    max_rank: int,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[Talk, ...]:
    """Return the talks of a condition, those of the newest event first, each event's in programme order."""
    rows = session.scalars(
        select_presentations()
        .outerjoin(EventRow, EventRow.id == PresentationRow.event_id)
        .where(condition, presentation_visible(max_rank))
        .order_by(*newest_first(), PresentationRow.position, PresentationRow.id)
        .offset(offset)
        .limit(limit)
    )
    return tuple(to_presentation(row) for row in rows)


def count_presentations(session: Session, condition: ColumnElement[bool], max_rank: int) -> int:
    """Return how many talks of a condition the visitor may see."""
    statement = (
        select(func.count())
        .select_from(PresentationRow)
        .outerjoin(EventRow, EventRow.id == PresentationRow.event_id)
        .where(condition, presentation_visible(max_rank))
    )
    return session.scalar(statement) or 0


def newest_first() -> tuple[SQLColumnExpression[Any], ...]:
    """Return the order of events: newest first, those without a date last."""
    return (EventRow.starts_on.desc().nulls_last(), EventRow.id)
