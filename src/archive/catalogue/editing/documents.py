"""Documents one by one: what they are, what they belong to, who sees them; withdrawn, never deleted.

What is said of a draft before it is published is saved by `publishing/facts.py`, with its talk.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from archive.catalogue import audit, documents, taken_out
from archive.catalogue.editing.fields import DocumentFields
from archive.catalogue.editing.listed import ListedRecord
from archive.catalogue.publishing import drafts
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.errors import InputError, RecordRefused
from archive.model.documents import DocumentKind


def known(session: Session, document_id: str) -> DocumentFields:
    """Return the fields of a document that is not withdrawn. Raises NotFound and Gone."""
    row = taken_out.live_row(session, document_id)
    return DocumentFields(
        title=row.title,
        kind=DocumentKind(row.kind),
        publisher=row.publisher,
        year=row.year,
        language=row.language,
        talk=row.talk_id or "",
        event=row.event_id or "",
        visibility=drafts.intended(session, document_id),
    )


def create(session: Session, fields: DocumentFields, actor: str) -> str:
    """Raise InputError: a document begins with its file."""
    del session, fields, actor
    raise InputError(
        "A document begins with its file: give it with `archive ingest`, or on a page for staff."
    )


def change(session: Session, document_id: str, fields: DocumentFields, actor: str) -> None:
    """Make a document what is given. Raises NotFound, Gone and RecordRefused."""
    row = taken_out.live_row(session, document_id)
    before = known(session, document_id)
    if before == fields:
        return
    _link(session, row, before, fields)
    row.kind, row.publisher, row.year = fields.kind.value, fields.publisher, fields.year
    if fields.title != before.title:
        row.title, row.title_is_given = fields.title, True
    if fields.language != before.language:
        row.language, row.language_is_given = fields.language, True
    session.flush()
    if fields.visibility is not before.visibility:
        _show_to(session, row, fields, actor)
    audit.record(session, actor, "document.facts", document_id, "saved")


def delete(session: Session, document_id: str, actor: str) -> None:
    """Withdraw a document; its address says that it was here. Raises NotFound and Gone."""
    documents.withdraw(session, document_id, actor)


def listed(session: Session) -> Sequence[ListedRecord]:
    """Return all documents by title, withdrawn ones left out."""
    return [
        ListedRecord(one.id, one.title, (one.filename,), one.visibility)
        for one in documents.list_documents(session)
        if one.withdrawn_at is None
    ]


def _link(session: Session, row: DocumentRow, before: DocumentFields, fields: DocumentFields) -> None:
    """Let a document belong to a talk or an event; that of a talk is in the talk's event."""
    if (before.talk, before.event) == (fields.talk, fields.event):
        return
    talk = session.get(TalkRow, fields.talk) if fields.talk else None
    if fields.talk and talk is None:
        raise RecordRefused("talk", f"There is no talk '{fields.talk}' in the archive.")
    if fields.event and session.get(EventRow, fields.event) is None:
        raise RecordRefused("event", f"There is no event '{fields.event}' in the archive.")
    event_id = fields.event or None
    if talk is not None:
        is_asked_for = fields.event not in ("", before.event)
        if is_asked_for and fields.event != (talk.event_id or ""):
            raise RecordRefused("event", "The talk is in another event. Choose one of the two.")
        event_id = talk.event_id
    row.talk_id, row.event_id = fields.talk or None, event_id


def _show_to(session: Session, row: DocumentRow, fields: DocumentFields, actor: str) -> None:
    if row.draft:
        row.visibility_given = fields.visibility.value
        return
    drafts.publish(session, row.id, fields.visibility, actor)
