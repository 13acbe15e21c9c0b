"""Declining what was sent in: the draft is withdrawn, and its sender reads why."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.publishing import drafts
from archive.catalogue.submissions import submissions
from archive.catalogue.tables.submissions import DeclinedDocumentRow
from archive.errors import InputError
from archive.printable import typed_line

REASON_MAX_CHARS = 1000


def decline(session: Session, document_id: str, reason: str, actor: str) -> None:
    """Decline a draft that was sent in. Taking the withdrawal back takes this back, too.

    Raises:
        InputError: No reason is given, nobody has sent the document in, or it is published.
        NotFound: There is no such document.
        Gone: It is withdrawn already.
    """
    reason = typed_line(reason)[:REASON_MAX_CHARS]
    if not reason:
        raise InputError("Write a sentence that says why: whoever sent it in reads it.")
    if drafts.is_draft(session, document_id) and not submissions.of_documents(session, [document_id]):
        raise InputError("Only what was sent in can be declined. Discard the draft on its own page.")
    drafts.discard(session, document_id, actor)
    row = session.get(DeclinedDocumentRow, document_id)
    if row is None:
        row = DeclinedDocumentRow(document_id=document_id)
        session.add(row)
    row.login, row.reason, row.at = actor, reason, datetime.now(UTC)
    audit.record(session, actor, "document.decline", document_id, "declined", reason)
