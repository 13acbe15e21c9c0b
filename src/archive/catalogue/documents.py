"""Documents: read one, change who may see it, withdraw it."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, jobs
from archive.catalogue.mapping import to_version
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, VersionRow
from archive.catalogue.versions import select_documents, shown_document
from archive.catalogue.visibility import hides
from archive.errors import Gone, NotFound
from archive.model.documents import Document, DocumentKind, Version
from archive.model.visibility import Visibility


def document(session: Session, document_id: str) -> Document:
    """Return a document with its shown version. Raises NotFound, or Gone where it was withdrawn."""
    row = session.execute(select_documents([document_id]).where(DocumentRow.id == document_id)).first()
    if row is None:
        raise NotFound("There is no such document in the archive.")
    if row[0].withdrawn_at is not None:
        raise Gone("This document has been withdrawn from the archive.")
    return shown_document(*row)


def versions(session: Session, document_id: str) -> tuple[Version, ...]:
    """Return all versions of a document, read or not, newest first; none where there is no such document."""
    rows = session.execute(
        select(VersionRow, OriginalRow)
        .join(OriginalRow, OriginalRow.sha256 == VersionRow.sha256)
        .where(VersionRow.document_id == document_id)
        .order_by(VersionRow.number.desc())
    )
    return tuple(to_version(*row) for row in rows)


def withdraw(session: Session, document_id: str, actor: str) -> None:
    """Withdraw a document for good; its identifier stays as a tombstone.

    Raises NotFound, or Gone where it was withdrawn before.
    """
    row = _live_row(session, document_id)
    row.withdrawn_at = datetime.now(UTC)
    version_ids = session.scalars(select(VersionRow.id).where(VersionRow.document_id == document_id)).all()
    jobs.drop(session, version_ids)
    changes.record(session, document_id, hides=True)
    audit.record(session, actor, "document.withdraw", document_id, "withdrawn")


def set_visibility(session: Session, document_id: str, visibility: Visibility, actor: str) -> None:
    """Set who may see a document. It applies until an ingest of its talk or event asks for another.

    Raises NotFound and Gone.
    """
    row = _live_row(session, document_id)
    before = Visibility(row.visibility)
    if before is visibility:
        return
    row.visibility = visibility.value
    changes.record(session, document_id, hides=hides(before.rank, visibility.rank))
    audit.record(session, actor, "document.visibility", document_id, visibility.value, f"was {before.value}")


def set_kind(session: Session, document_id: str, kind: DocumentKind) -> None:
    """Say whether a document without talk and event is a deck or a report, as its pages show.

    A talk's deck and an event's report keep their kind. The caller notes the change.
    """
    row = session.get(DocumentRow, document_id)
    if row is not None and row.talk_id is None and row.event_id is None:
        row.kind = kind.value


def document_ids(session: Session, after: str = "", limit: int = 500) -> tuple[str, ...]:
    """Return up to `limit` identifiers of live documents that follow `after`, in order."""
    return tuple(
        session.scalars(
            select(DocumentRow.id)
            .where(DocumentRow.id > after, DocumentRow.withdrawn_at.is_(None))
            .order_by(DocumentRow.id)
            .limit(limit)
        )
    )


def _live_row(session: Session, document_id: str) -> DocumentRow:
    row = session.get(DocumentRow, document_id)
    if row is None:
        raise NotFound("There is no such document in the archive.")
    if row.withdrawn_at is not None:
        raise Gone("This document has been withdrawn from the archive.")
    return row
