"""What is still said of a document that was withdrawn, to those who could see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.citing.cited_records import cited_talks
from archive.catalogue.events.events import events_by_id
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.visibility import select_visible_documents
from archive.model.documents import DocumentKind
from archive.model.events import Event, Talk
from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A document that was withdrawn: its talk and event, as the programme has them, and when it went.

    Nothing of the file is told, nor its title: it may be why the document went.
    """

    kind: DocumentKind
    talk: Talk | None
    event: Event | None
    withdrawn_at: datetime


def tombstone_of(session: Session, document_id: str, visitor: Visibility) -> Tombstone | None:
    """Return what is said of a withdrawn document, None where it was not, or was not for the visitor."""
    seen = select_visible_documents(visitor.rank).where(DocumentRow.id == document_id)
    row = session.scalar(select(DocumentRow).where(DocumentRow.id.in_(seen)))
    if row is None or row.withdrawn_at is None:
        return None
    talks = cited_talks(session, [row.talk_id or ""], visitor)
    talk, event = talks.get(row.talk_id or "", (None, None))
    if event is None and row.event_id:  # a report belongs to an event itself
        event = events_by_id(session, {row.event_id}, visitor.rank).get(row.event_id)
    return Tombstone(DocumentKind(row.kind), talk, event, row.withdrawn_at)
