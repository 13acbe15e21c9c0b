"""Talks as a visitor may see them, and conditions that say which: of an event, a person, some regions …"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.mapping import to_talk
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    OrganisationRow,
    PersonRow,
    TalkRegionRow,
    TalkRow,
)
from archive.catalogue.visibility import talk_visible
from archive.model.events import Talk

TalkCondition: TypeAlias = ColumnElement[bool]
"""A condition on talks. Packages above the catalogue pass it on without looking into it."""


def of_event(event_id: str) -> TalkCondition:
    """Return the condition for the talks of an event."""
    return TalkRow.event_id == event_id


def of_person(person_id: str) -> TalkCondition:
    """Return the condition for the talks that a person took part in."""
    theirs = select(ContributionRow.talk_id).where(ContributionRow.person_id == person_id)
    return TalkRow.id.in_(theirs)


def of_organisation(organisation_id: str) -> TalkCondition:
    """Return the condition for the talks whose speakers belonged to an organisation then."""
    theirs = select(ContributionRow.talk_id).where(ContributionRow.organisation_id == organisation_id)
    return TalkRow.id.in_(theirs)


def of_focus_area(focus_area_id: str) -> TalkCondition:
    """Return the condition for the talks of a focus area's events."""
    of_area = select(EventFocusAreaRow.event_id).where(EventFocusAreaRow.focus_area_id == focus_area_id)
    return TalkRow.event_id.in_(of_area)


def of_regions(codes: Sequence[str]) -> TalkCondition:
    """Return the condition for the talks about any of some regions."""
    about = select(TalkRegionRow.talk_id).where(TalkRegionRow.region_code.in_(codes))
    return TalkRow.id.in_(about)


def select_talks() -> Select[TalkRow]:
    """Return the query for talks with all that `mapping.to_talk` needs."""
    contributions = selectinload(TalkRow.contributions)
    return (
        select(TalkRow)
        .options(
            selectinload(TalkRow.region_links),
            contributions.joinedload(ContributionRow.person).selectinload(PersonRow.spellings),
            contributions.joinedload(ContributionRow.organisation).selectinload(OrganisationRow.spellings),
        )
        .execution_options(populate_existing=True)
    )


def talks_where(
    session: Session,
    condition: TalkCondition,
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


def count_talks(session: Session, condition: TalkCondition, max_rank: int) -> int:
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
