"""Putting a document that the archive has already where somebody was about to send its file again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes
from archive.catalogue.publishing.who_sees import let_parts_follow
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.visibility import hides, rank
from archive.errors import InputError, NotFound
from archive.model.uploads import UploadTarget


def link(session: Session, document_id: str, target: UploadTarget, actor: str) -> None:
    """Let a document belong to the talk or the event of a target; its readers see a draft of those then.

    Raises:
        NotFound: there is no such document.
        InputError: there is no such event or talk, the talk has a document, or the document belongs to
            another talk or event already.
    """
    row = session.get(DocumentRow, document_id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound("There is no such document.")
    talk_id, event_id = _place(session, target)
    if row.event_id == event_id and (talk_id is None or row.talk_id == talk_id):
        return
    is_elsewhere = row.talk_id is not None or (row.event_id is not None and row.event_id != event_id)
    if is_elsewhere:
        raise InputError("The document belongs to another event already. Add the file as a new document.")
    rank_before = rank(session, row.id)
    row.talk_id, row.event_id = talk_id, event_id
    session.flush()
    let_parts_follow(session, row)
    changes.record(session, row.id, hides=hides(rank_before, rank(session, row.id)))
    audit.record(session, actor, "document.link", row.id, "linked", talk_id or event_id or "")


def _place(session: Session, target: UploadTarget) -> tuple[str | None, str | None]:
    """Return the talk and the event of a target. Raises InputError."""
    talk = session.get(TalkRow, target.talk_id) if target.talk_id else None
    if target.talk_id and talk is None:
        raise InputError("There is no such talk. Load the page again.")
    event_id = talk.event_id if talk else target.event_id
    if talk is None and (event_id is None or session.get(EventRow, event_id) is None):
        raise InputError("There is no such event. Load the page again.")
    of_talk = select(DocumentRow.id).where(
        DocumentRow.talk_id == target.talk_id, DocumentRow.withdrawn_at.is_(None)
    )
    if talk is not None and session.scalar(of_talk) is not None:
        raise InputError("The talk has a document already. Add the file as its new version.")
    return target.talk_id, event_id
