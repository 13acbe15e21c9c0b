"""Drafts: list them, publish one, take one back, discard one, use one as another document's next version.

A draft is for staff alone: its `visibility` says so until it is published, and `visibility_given` what it is
to be. Its talk, and an event that was made for it, are seen by those who see one of their documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, jobs, taken_out
from archive.catalogue.new_document import NewDocument, add_version
from archive.catalogue.publishing.who_sees import let_parts_follow
from archive.catalogue.records import CatalogueRecord, records
from archive.catalogue.tables.documents import DocumentRow, OriginalRow
from archive.catalogue.tables.journal import AuditEventRow
from archive.catalogue.versions import newest_version
from archive.catalogue.visibility import hides, rank
from archive.errors import InputError
from archive.model.documents import DocumentKind, Original, WithdrawalReason
from archive.model.jobs import JobKind
from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is not published. `made_by` put it in, at `made_at`."""

    record: CatalogueRecord
    made_at: datetime
    made_by: str


def drafts(session: Session, limit: int | None = None) -> Sequence[Draft]:
    """Return the drafts, newest first."""
    statement = (
        select(DocumentRow.id, DocumentRow.created_at)
        .where(DocumentRow.draft, DocumentRow.withdrawn_at.is_(None))
        .order_by(DocumentRow.created_at.desc(), DocumentRow.id)
        .limit(limit)
    )
    made_at = dict(session.execute(statement).all())
    found = records(session, list(made_at))
    by = _first_actors(session, list(found))
    return [Draft(record, made_at[key], by.get(key, "")) for key, record in found.items()]


def count_drafts(session: Session) -> int:
    """Return how many drafts there are."""
    statement = select(func.count()).where(DocumentRow.draft, DocumentRow.withdrawn_at.is_(None))
    return session.scalar(statement) or 0


def is_draft(session: Session, document_id: str) -> bool:
    """Return whether a document waits to be published. Raises NotFound and Gone."""
    return taken_out.live_row(session, document_id).draft


def intended(session: Session, document_id: str) -> Visibility:
    """Return who is to see a draft once it is published, or sees a document now. Raises NotFound, Gone."""
    row = taken_out.live_row(session, document_id)
    return Visibility(row.visibility_given if row.draft else row.visibility)


def publish(session: Session, document_id: str, visibility: Visibility, actor: str) -> None:
    """Let those see a document whom `visibility` names; what is published already is only shown to them.

    Raises NotFound and Gone.
    """
    row = taken_out.live_row(session, document_id)
    rank_before = rank(session, document_id)
    is_changed = row.draft or row.visibility != visibility.value
    was_draft = row.draft
    row.draft = False
    row.visibility = row.visibility_given = visibility.value
    session.flush()
    is_changed = let_parts_follow(session, row) or is_changed
    if is_changed:
        changes.record(session, document_id, hides=hides(rank_before, rank(session, document_id)))
        outcome = "published" if was_draft else "shown"
        audit.record(session, actor, "document.publish", document_id, outcome, visibility.value)


def unpublish(session: Session, document_id: str, actor: str) -> bool:
    """Make a document a draft again; return whether it was published. Raises NotFound and Gone."""
    row = taken_out.live_row(session, document_id)
    if row.draft:
        return False
    row.draft, row.visibility_given = True, row.visibility
    row.visibility = Visibility.STAFF.value
    session.flush()
    let_parts_follow(session, row)
    changes.record(session, document_id, hides=True)
    audit.record(session, actor, "document.publish", document_id, "draft", row.visibility_given)
    return True


def discard(session: Session, document_id: str, actor: str) -> None:
    """Withdraw a draft. Its file may be given again, as a new document. Raises NotFound, Gone, InputError."""
    row = _draft(session, document_id)
    taken_out.tombstone(session, row, WithdrawalReason.DISCARDED, actor)


def become_version(session: Session, document_id: str, other_id: str, actor: str) -> None:
    """Make a draft's file the next version of another document, and discard the draft.

    Raises NotFound and Gone of either, InputError where it is no draft or the other one's file is the same.
    """
    row, other = _draft(session, document_id), taken_out.live_row(session, other_id)
    given, newest = newest_version(session, document_id), newest_version(session, other_id)
    if document_id == other_id or given.sha256 == newest.sha256:
        raise InputError("The other document has this very file already. Discard the draft.")
    original = session.get_one(OriginalRow, given.sha256)
    new = NewDocument(
        DocumentKind(other.kind),
        other.title,
        other.source,
        given.filename,
        Original(original.sha256, original.size_bytes, original.media_type),
    )
    taken_out.tombstone(session, row, WithdrawalReason.DISCARDED, actor)
    version = add_version(session, other_id, newest.number + 1, new)
    changes.record(session, other_id)
    for kind in (JobKind.EXTRACT, JobKind.RENDER):
        jobs.queue(session, version.id, kind)
    audit.record(session, actor, "document.accept", other_id, "new_version", given.filename)


def use_existing(session: Session, document_id: str, other_id: str, actor: str) -> None:
    """Discard a draft, since another document has its file.

    The other one comes to the draft's talk or event, where it belongs to none. Raises NotFound, Gone and
    InputError.
    """
    row, other = _draft(session, document_id), taken_out.live_row(session, other_id)
    talk_id, event_id = row.talk_id, row.event_id
    row.talk_id = None
    taken_out.tombstone(session, row, WithdrawalReason.DISCARDED, actor)
    if other.talk_id is None and other.event_id is None and (talk_id or event_id):
        rank_before = rank(session, other_id)
        other.talk_id, other.event_id = talk_id, event_id
        session.flush()
        let_parts_follow(session, other)
        changes.record(session, other_id, hides=hides(rank_before, rank(session, other_id)))
        audit.record(session, actor, "document.link", other_id, "linked", talk_id or event_id or "")


def keep_apart(session: Session, document_id: str, other_id: str, actor: str) -> None:
    """Remember that two documents with the same slides are meant to be two."""
    audit.record(session, actor, audit.KEPT_APART, document_id, "kept", other_id)


def kept_apart(session: Session, document_id: str) -> frozenset[str]:
    """Return the documents that staff have said to be others than this one, though their slides are alike."""
    statement = select(AuditEventRow.detail).where(
        AuditEventRow.subject == document_id, AuditEventRow.action == audit.KEPT_APART
    )
    return frozenset(session.scalars(statement))


def _draft(session: Session, document_id: str) -> DocumentRow:
    row = taken_out.live_row(session, document_id)
    if not row.draft:
        raise InputError("The document is published. Only drafts can be discarded; withdraw it instead.")
    return row


def _first_actors(session: Session, document_ids: Sequence[str]) -> dict[str, str]:
    """Return who put each document in."""
    first = (
        select(func.min(AuditEventRow.id))
        .where(AuditEventRow.subject.in_(document_ids), AuditEventRow.action == "document.accept")
        .group_by(AuditEventRow.subject)
    )
    rows = session.execute(
        select(AuditEventRow.subject, AuditEventRow.actor).where(AuditEventRow.id.in_(first))
    )
    return dict(rows.all())
