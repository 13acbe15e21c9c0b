"""Documents, pages, events, talks and names in slices: those after one that is known, in their order.

Of names there are those of whom the visitor may see a talk or an event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from archive.catalogue.events.events import select_events
from archive.catalogue.events.talks import TalkCondition, select_talks
from archive.catalogue.mapping import to_event, to_focus_area, to_organisation, to_person, to_talk
from archive.catalogue.records import CatalogueRecord, records
from archive.catalogue.tables.documents import DocumentRow, PageRow
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    FocusAreaRow,
    OrganisationRow,
    PersonRow,
    TalkRow,
)
from archive.catalogue.visibility import event_visible, page_visible, select_visible_documents, talk_visible
from archive.model.documents import DocumentKind
from archive.model.events import Event, FocusArea, Organisation, Person, Talk
from archive.model.visibility import Visibility

_DOCUMENTS_A_LOOK = 10

_Named = TypeVar("_Named", PersonRow, OrganisationRow)


def identifiers_after(
    session: Session,
    statement: Select[str],
    identifier: InstrumentedAttribute[str],
    after: str,
    limit: int,
) -> tuple[Sequence[str], str]:
    """Return up to `limit` identifiers after one, and the last of them where more follow, else "".

    Args:
        session: the catalogue.
        statement: the query for the identifiers that the visitor may see.
        identifier: the column that it selects.
        after: the identifier that the slice before this one ended with, "" for the first.
        limit: how many, at least one.
    """
    found = session.scalars(statement.where(identifier > after).order_by(identifier).limit(limit + 1)).all()
    shown = found[:limit]
    return shown, shown[-1] if len(found) > limit else ""


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents are listed: all of a talk, an event, a kind; "" and None for any."""

    talk_id: str = ""
    event_id: str = ""
    kind: DocumentKind | None = None


def documents_after(
    session: Session, wanted: DocumentFilter, max_rank: int, after: str, limit: int
) -> tuple[tuple[CatalogueRecord, ...], str]:
    """Return the live documents of a slice that the visitor may see, and what the next one begins after."""
    statement = select_visible_documents(max_rank).where(DocumentRow.withdrawn_at.is_(None))
    if wanted.talk_id:
        statement = statement.where(DocumentRow.talk_id == wanted.talk_id)
    if wanted.event_id:
        statement = statement.where(EventRow.id == wanted.event_id)
    if wanted.kind:
        statement = statement.where(DocumentRow.kind == wanted.kind.value)
    shown, following = identifiers_after(session, statement, DocumentRow.id, after, limit)
    return tuple(records(session, shown).values()), following


def page_numbers_after(
    session: Session, version_id: str, visitor: Visibility, after: int, limit: int
) -> tuple[Sequence[int], int]:
    """Return the numbers of a slice of a version's pages, and the one that the next begins after, else 0."""
    found = session.scalars(
        select(PageRow.number)
        .where(PageRow.version_id == version_id, page_visible(visitor), PageRow.number > after)
        .order_by(PageRow.number)
        .limit(limit + 1)
    ).all()
    shown = found[:limit]
    return shown, shown[-1] if len(found) > limit else 0


def pages_after(
    session: Session, visitor: Visibility, after: tuple[str, int], limit: int
) -> tuple[list[tuple[CatalogueRecord, int]], tuple[str, int] | None]:
    """Return a slice of the pages of all documents, as document and number, and what the next begins after.

    Pages come document by document. `after` is the identifier and number of the last page of the slice
    before, ("", 0) for the first.
    """
    document_id, number = after
    found: list[tuple[CatalogueRecord, int]] = []
    if document_id:
        found = _pages_of(session, _one(session, document_id, visitor), visitor, number, limit + 1)
    while len(found) <= limit:
        listed, following = documents_after(
            session, DocumentFilter(), visitor.rank, document_id, _DOCUMENTS_A_LOOK
        )
        found += _pages_of(session, listed, visitor, 0, limit + 1 - len(found))
        if not following:
            break
        document_id = following
    shown = found[:limit]
    is_last = len(found) <= limit
    return shown, None if is_last else (shown[-1][0].document.id, shown[-1][1])


def _one(session: Session, document_id: str, visitor: Visibility) -> Sequence[CatalogueRecord]:
    """Return a document, none where the visitor may not see it (any more)."""
    statement = select_visible_documents(visitor.rank).where(
        DocumentRow.id == document_id, DocumentRow.withdrawn_at.is_(None)
    )
    return tuple(records(session, session.scalars(statement).all()).values())


def _pages_of(
    session: Session, listed: Sequence[CatalogueRecord], visitor: Visibility, after: int, limit: int
) -> list[tuple[CatalogueRecord, int]]:
    """Return up to `limit` pages of documents in their order, those after a number."""
    by_version = {record.document.version.id: record for record in listed}
    place = {version_id: place for place, version_id in enumerate(by_version)}
    statement = select(PageRow.version_id, PageRow.number).where(
        PageRow.version_id.in_(place), page_visible(visitor), PageRow.number > after
    )
    refs = sorted(
        (place[version_id], version_id, number) for version_id, number in session.execute(statement)
    )
    return [(by_version[version_id], number) for _, version_id, number in refs[:limit]]


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
