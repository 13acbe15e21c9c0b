"""Events that came in with drafts, before something of them is published."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes
from archive.catalogue.publishing.who_sees import open_event, talks_that_wait
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.errors import NotFound


def is_draft(session: Session, event_id: str) -> bool:
    """Return whether an event, or a talk of it without a document, waits to be published."""
    given = session.scalar(select(EventRow.visibility_given).where(EventRow.id == event_id))
    return bool(given) or bool(talks_that_wait(session, event_id))


def publish(session: Session, event_id: str, actor: str) -> bool:
    """Let those see an event for whom it was given, its drafts left out; return whether it was a draft.

    Raises NotFound.
    """
    event = session.get(EventRow, event_id)
    if event is None:
        raise NotFound("There is no such event in the archive.")
    if not is_draft(session, event_id):
        return False
    open_event(session, event)
    session.flush()
    talks = select(TalkRow.id).where(TalkRow.event_id == event_id)
    in_it = (DocumentRow.event_id == event_id) | DocumentRow.talk_id.in_(talks)
    documents = session.scalars(select(DocumentRow.id).where(DocumentRow.withdrawn_at.is_(None), in_it))
    for document_id in sorted(documents):
        changes.record(session, document_id)
    audit.record(session, actor, "event.publish", event_id, "published", event.visibility)
    return True
