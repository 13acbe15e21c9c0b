"""From which rank on a document is visible: the strictest of its own, its talk's and its event's."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, PresentationRow
from archive.model.visibility import Visibility


def rank_of(column: InstrumentedAttribute[str]) -> ColumnElement[int]:
    """Return the rank of a visibility column, 0 where the row is missing."""
    ranks = {visibility.value: visibility.rank for visibility in Visibility}
    return case(ranks, value=column, else_=0)


def rank(session: Session, document_id: str) -> int:
    """Return the rank of one document, 0 where there is none."""
    return ranks(session, [document_id]).get(document_id, 0)


def ranks(session: Session, document_ids: Sequence[str]) -> dict[str, int]:
    """Return the rank of each document."""
    event_id = func.coalesce(DocumentRow.event_id, PresentationRow.event_id)
    rows = session.execute(
        select(
            DocumentRow.id,
            rank_of(DocumentRow.visibility),
            rank_of(PresentationRow.visibility),
            rank_of(EventRow.visibility),
        )
        .outerjoin(PresentationRow, PresentationRow.id == DocumentRow.presentation_id)
        .outerjoin(EventRow, EventRow.id == event_id)
        .where(DocumentRow.id.in_(document_ids))
    )
    return {document_id: max(own, talk, event) for document_id, own, talk, event in rows}
