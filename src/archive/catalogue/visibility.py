"""The rules of `archive.visibility` as SQL conditions, and the ranks of documents in the catalogue."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.catalogue.tables.documents import DocumentRow, PageRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.model.visibility import Visibility
from archive.visibility import may_see, may_see_hidden_pages, strictest_rank


def event_visible(max_rank: int) -> ColumnElement[bool]:
    """Return the condition that an event may be seen."""
    return _visible(EventRow.visibility, max_rank)


def talk_visible(max_rank: int) -> ColumnElement[bool]:
    """Return the condition that a talk, and its event (to be joined) where it has one, may be seen."""
    return and_(
        _visible(TalkRow.visibility, max_rank),
        or_(TalkRow.event_id.is_(None), event_visible(max_rank)),
    )


def select_visible_documents(max_rank: int) -> Select[str]:
    """Return the query for the identifiers of documents that may be seen, withdrawn ones too.

    Talks and events are joined to it, for further conditions and for the order.
    """
    event_id = func.coalesce(DocumentRow.event_id, TalkRow.event_id)
    return (
        select(DocumentRow.id)
        .outerjoin(TalkRow, TalkRow.id == DocumentRow.talk_id)
        .outerjoin(EventRow, EventRow.id == event_id)
        .where(
            _visible(DocumentRow.visibility, max_rank),
            or_(TalkRow.id.is_(None), _visible(TalkRow.visibility, max_rank)),
            or_(EventRow.id.is_(None), event_visible(max_rank)),
        )
    )


def page_visible(visitor: Visibility) -> ColumnElement[bool]:
    """Return the condition that a visitor who may see the document may see a page of it."""
    return true() if may_see_hidden_pages(visitor) else PageRow.hidden.is_(False)


def rank(session: Session, document_id: str) -> int:
    """Return the rank of one document, 0 where there is none."""
    return ranks(session, [document_id]).get(document_id, 0)


def ranks(session: Session, document_ids: Sequence[str]) -> dict[str, int]:
    """Return the rank of each document: the strictest of its own level, its talk's and its event's."""
    event_id = func.coalesce(DocumentRow.event_id, TalkRow.event_id)
    rows = session.execute(
        select(DocumentRow.id, DocumentRow.visibility, TalkRow.visibility, EventRow.visibility)
        .outerjoin(TalkRow, TalkRow.id == DocumentRow.talk_id)
        .outerjoin(EventRow, EventRow.id == event_id)
        .where(DocumentRow.id.in_(document_ids))
    ).all()
    return {document_id: _rank_of(*levels) for document_id, *levels in rows}


@cache
def _rank_of(*levels: str | None) -> int:
    return strictest_rank(Visibility(level) for level in levels if level is not None)


def level_of(max_rank: int) -> Visibility:
    """Return the level that has a rank."""
    return next(level for level in Visibility if level.rank == max_rank)


def hides(rank_before: int, rank_after: int) -> bool:
    """Return whether a change of rank takes a document from somebody who could see it."""
    return rank_after > rank_before


def _visible(column: InstrumentedAttribute[str], max_rank: int) -> ColumnElement[bool]:
    visitor = level_of(max_rank)
    return column.in_([level.value for level in Visibility if may_see(visitor, level.rank)])
