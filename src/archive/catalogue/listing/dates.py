"""When documents, and the documents of events, last came in: for readers that ask for what is new.

What counts is the version that readers see: a newer one that has not been read yet tells them nothing.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, and_, func
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.events import EventRow
from archive.catalogue.versions import shown_numbers
from archive.catalogue.visibility import select_visible_documents


def documents_given(session: Session, max_rank: int) -> dict[str, datetime]:
    """Return when what readers see of each document came in, of those that the visitor may see."""
    statement = _with_shown_versions(max_rank).add_columns(VersionRow.created_at).order_by(DocumentRow.id)
    return dict(session.execute(statement).all())


def events_given(session: Session, event_ids: Collection[str], max_rank: int) -> dict[str, datetime]:
    """Return when the newest of the visible documents of each event came in; those without are left out."""
    statement = (
        _with_shown_versions(max_rank)
        .with_only_columns(EventRow.id, func.max(VersionRow.created_at))
        .where(EventRow.id.in_(event_ids))
        .group_by(EventRow.id)
    )
    return dict(session.execute(statement).all())


def _with_shown_versions(max_rank: int) -> Select[str]:
    """Return the query for visible, live documents, each joined to the version that readers see."""
    shown = shown_numbers()
    return (
        select_visible_documents(max_rank)
        .join(shown, shown.c.document_id == DocumentRow.id)
        .join(
            VersionRow,
            and_(VersionRow.document_id == DocumentRow.id, VersionRow.number == shown.c.number),
        )
        .where(DocumentRow.withdrawn_at.is_(None))
    )
