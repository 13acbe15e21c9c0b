"""People, organisations and focus areas in slices: those of whom the visitor may see a talk or an event."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from archive.catalogue.listing.slices import identifiers_after
from archive.catalogue.mapping import to_focus_area, to_organisation, to_person
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    FocusAreaRow,
    OrganisationRow,
    PersonRow,
    TalkRow,
)
from archive.catalogue.visibility import event_visible, talk_visible
from archive.model.events import FocusArea, Organisation, Person

_Named = TypeVar("_Named", PersonRow, OrganisationRow)


def people_after(session: Session, max_rank: int, after: str, limit: int) -> tuple[tuple[Person, ...], str]:
    """Return the people of a slice, and what the next one begins after."""
    rows, following = _after(session, PersonRow, ContributionRow.person_id, max_rank, after, limit)
    return tuple(map(to_person, rows)), following


def organisations_after(
    session: Session, max_rank: int, after: str, limit: int
) -> tuple[tuple[Organisation, ...], str]:
    """Return the organisations of a slice, and what the next one begins after."""
    rows, following = _after(
        session, OrganisationRow, ContributionRow.organisation_id, max_rank, after, limit
    )
    return tuple(map(to_organisation, rows)), following


def focus_areas_after(
    session: Session, max_rank: int, after: str, limit: int
) -> tuple[tuple[FocusArea, ...], str]:
    """Return the focus areas of a slice, and what the next one begins after."""
    with_events = (
        select(EventFocusAreaRow.focus_area_id)
        .join(EventRow, EventRow.id == EventFocusAreaRow.event_id)
        .where(event_visible(max_rank))
    )
    statement = select(FocusAreaRow.id).where(FocusAreaRow.id.in_(with_events))
    shown, following = identifiers_after(session, statement, FocusAreaRow.id, after, limit)
    rows = session.scalars(select(FocusAreaRow).where(FocusAreaRow.id.in_(shown)).order_by(FocusAreaRow.id))
    return tuple(to_focus_area(row) for row in rows), following


def _after(
    session: Session,
    named: type[_Named],
    link: InstrumentedAttribute[str | None],
    max_rank: int,
    after: str,
    limit: int,
) -> tuple[Sequence[_Named], str]:
    """Return the rows of a slice of those that `link` leads to, and what the next one begins after."""
    statement = select(named.id).where(named.id.in_(_with_talks(link, max_rank)))
    shown, following = identifiers_after(session, statement, named.id, after, limit)
    rows = select(named).options(selectinload(named.spellings)).where(named.id.in_(shown)).order_by(named.id)
    return session.scalars(rows).all(), following


def _with_talks(link: InstrumentedAttribute[str | None], max_rank: int) -> Select[Any]:
    """Return the query for what a column of the contributions to visible talks refers to."""
    return (
        select(link)
        .join(TalkRow, TalkRow.id == ContributionRow.talk_id)
        .outerjoin(EventRow, EventRow.id == TalkRow.event_id)
        .where(talk_visible(max_rank), link.is_not(None))
    )
