"""Putting a document that the archive has already where somebody was about to send its file again."""

from sqlalchemy.orm import Session

from archive.catalogue import audit, changes
from archive.catalogue.publishing.who_sees import let_parts_follow
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow
from archive.catalogue.visibility import hides, rank
from archive.errors import InputError, NotFound
from archive.model.uploads import UploadTarget


def link(session: Session, document_id: str, target: UploadTarget, actor: str) -> None:
    """Let a document belong to the event of a target; whoever sees it may see a draft of the event then.

    Raises:
        NotFound: there is no such document.
        InputError: there is no such event, or the document belongs to a talk or an event already.
    """
    row = session.get(DocumentRow, document_id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound("There is no such document.")
    if target.event_id is None or session.get(EventRow, target.event_id) is None:
        raise InputError("There is no such event. Load the page again.")
    if row.event_id == target.event_id:
        return
    if row.event_id is not None or row.talk_id is not None:
        raise InputError("The document belongs to another event already. Add the file as a new document.")
    rank_before = rank(session, row.id)
    row.event_id = target.event_id
    session.flush()
    let_parts_follow(session, row)
    changes.record(session, row.id, hides=hides(rank_before, rank(session, row.id)))
    audit.record(session, actor, "document.link", row.id, "linked", target.event_id)
