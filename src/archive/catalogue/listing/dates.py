"""When documents, and the documents of events, last came in: for readers that ask for what is new."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.events import EventRow
from archive.catalogue.visibility import select_visible_documents


def documents_given(session: Session, max_rank: int) -> dict[str, datetime]:
    """Return when the newest version of each document came in that the visitor may see."""
    statement = (
        select_visible_documents(max_rank)
        .add_columns(func.max(VersionRow.created_at))
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .where(DocumentRow.withdrawn_at.is_(None))
        .group_by(DocumentRow.id)
        .order_by(DocumentRow.id)
    )
    return dict(session.execute(statement).all())


def events_given(session: Session, event_ids: Collection[str], max_rank: int) -> dict[str, datetime]:
    """Return when the newest of the visible documents of each event came in; those without are left out."""
    statement = (
        select_visible_documents(max_rank)
        .with_only_columns(EventRow.id, func.max(VersionRow.created_at))
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .where(DocumentRow.withdrawn_at.is_(None), EventRow.id.in_(event_ids))
        .group_by(EventRow.id)
    )
    return dict(session.execute(statement).all())
