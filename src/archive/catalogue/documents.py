"""Documents: read one, change who may see it, withdraw and restore it; all of them in a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, not_, select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, taken_out
from archive.catalogue.mapping import to_version
from archive.catalogue.outcomes import retry_where_failed
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, PageRow, VersionRow
from archive.catalogue.tables.events import TalkRow
from archive.catalogue.versions import select_documents, shown_document, shown_numbers
from archive.catalogue.visibility import hides, level_of, page_visible, ranks, select_visible_documents
from archive.errors import InputError, NotFound
from archive.model.documents import Document, DocumentKind, Version, WithdrawalReason
from archive.model.visibility import Visibility

_IDS_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document in a list for staff. `visibility` is the strictest of its own, its talk's, its event's."""

    id: str
    title: str
    filename: str
    visibility: Visibility
    page_count: int
    hidden_count: int
    withdrawn_at: datetime | None
    withdrawn_reason: str
    draft: bool = False


def document(session: Session, document_id: str) -> Document:
    """Return a document with its shown version. Raises NotFound, or Gone where it was withdrawn."""
    row = session.execute(select_documents([document_id]).where(DocumentRow.id == document_id)).first()
    if row is None:
        raise NotFound(f"There is no document '{document_id}' in the archive.")
    if row[0].withdrawn_at is not None:
        raise taken_out.gone(document_id)
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
    """Withdraw a document; its identifier stays as a tombstone until it is restored.

    Raises NotFound, or Gone where it was withdrawn before.
    """
    row = session.get(DocumentRow, document_id)
    if row is not None and row.withdrawn_reason == WithdrawalReason.LEFT_OUT.value:
        row.withdrawn_reason = WithdrawalReason.STAFF.value  # from now on it does not come back by itself
        audit.record(session, actor, "document.withdraw", document_id, "withdrawn", row.withdrawn_reason)
        return
    taken_out.tombstone(session, taken_out.live_row(session, document_id), WithdrawalReason.STAFF, actor)


def restore(session: Session, document_id: str, actor: str) -> bool:
    """Bring back a withdrawn document, with its addresses; return whether it was withdrawn.

    What had not been read or drawn is asked for again. Raises NotFound.
    """
    row = taken_out.known_row(session, document_id)
    if row.withdrawn_at is None:
        return False
    taken_out.bring_back(session, row)
    retry_where_failed(session, document_id)
    changes.record(session, document_id)
    audit.record(session, actor, "document.restore", document_id, "restored")
    return True


def set_visibility(session: Session, document_id: str, visibility: Visibility, actor: str) -> None:
    """Set who may see a document. It applies until an ingest of its talk or event asks for another.

    A draft stays for staff alone: who is to see it is set when it is published. Raises NotFound and Gone.
    """
    row = taken_out.live_row(session, document_id)
    if row.draft:
        return
    before = Visibility(row.visibility)
    if before is visibility:
        return
    row.visibility = visibility.value
    changes.record(session, document_id, hides=hides(before.rank, visibility.rank))
    audit.record(session, actor, "document.visibility", document_id, visibility.value, f"was {before.value}")


def show_again(session: Session, document_id: str, actor: str) -> Visibility:
    """Let those see a document who could before staff hid it; return who.

    Raises NotFound and Gone, and InputError for a draft, which nobody could see before.
    """
    row = taken_out.live_row(session, document_id)
    if row.draft:
        raise InputError(f"'{document_id}' is a draft. `archive publish {document_id}` shows it to others.")
    given = Visibility(row.visibility_given)
    set_visibility(session, document_id, given, actor)
    return given


def is_hidden_by_staff(session: Session, document_id: str) -> bool:
    """Return whether staff have hidden a document from those who could see it. Raises NotFound."""
    row = taken_out.live_row(session, document_id)
    if row.draft:
        return False
    return row.visibility == Visibility.STAFF.value != row.visibility_given


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


def live_ids(session: Session, max_rank: int, only_drafts: bool = False) -> tuple[str, ...]:
    """Return the identifiers of the live documents that may be seen, by title."""
    statement = select_visible_documents(max_rank).where(DocumentRow.withdrawn_at.is_(None))
    if only_drafts:
        statement = statement.where(DocumentRow.draft)
    return tuple(session.scalars(statement.order_by(DocumentRow.title, DocumentRow.id)))


def list_documents(session: Session) -> Sequence[ListedDocument]:
    """Return all documents by title, also those that are hidden or withdrawn.

    One that belongs to a talk is called as the talk is, here as on its page.
    """
    shown = shown_numbers()
    hidden = select(func.count()).where(
        PageRow.version_id == VersionRow.id, not_(page_visible(Visibility.PUBLIC))
    )
    title = func.coalesce(TalkRow.topic, DocumentRow.title)
    rows = session.execute(
        select(DocumentRow, VersionRow, title, hidden.correlate(VersionRow).scalar_subquery())
        .outerjoin(TalkRow, TalkRow.id == DocumentRow.talk_id)
        .join(shown, shown.c.document_id == DocumentRow.id)
        .join(VersionRow, and_(VersionRow.document_id == DocumentRow.id, VersionRow.number == shown.c.number))
        .order_by(title, DocumentRow.id)
    ).all()
    identifiers = [document.id for document, *_ in rows]
    by_id: dict[str, int] = {}
    for start in range(0, len(identifiers), _IDS_A_QUERY):
        by_id |= ranks(session, identifiers[start : start + _IDS_A_QUERY])
    return [
        ListedDocument(
            document.id,
            called,
            version.filename,
            level_of(by_id[document.id]),
            version.page_count,
            hidden_count,
            document.withdrawn_at,
            document.withdrawn_reason or ("staff" if document.withdrawn_at else ""),
            document.draft,
        )
        for document, version, called, hidden_count in rows
    ]
