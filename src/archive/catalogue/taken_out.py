"""Documents that were withdrawn: by staff, or because a seminar no longer names them.

Both are tombstones. What staff withdrew stays away until they restore it, whoever gives the same bytes again;
what a seminar left out comes back with its identifier when it is given again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, jobs
from archive.catalogue.new_document import NewDocument
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.events import TalkRow
from archive.catalogue.versions import newest_version
from archive.errors import Gone, NotFound
from archive.model.documents import WithdrawalReason

UPLOADED = "upload:"
"""How the source of a document begins that staff sent through the web: no file on disk names it."""

_IDS_A_QUERY = 400
_NOT_IN_THE_WAY = (WithdrawalReason.LEFT_OUT.value, WithdrawalReason.DISCARDED.value)


@dataclass(frozen=True, slots=True)
class Kept:
    """What of an event is still given.

    `documents` were taken in; `sources` and `talks` belong to files that could not be taken in this time, and
    to what lies in them.
    """

    documents: Collection[str]
    sources: Collection[str] = ()
    talks: Collection[str] = ()


def known_row(session: Session, document_id: str) -> DocumentRow:
    """Return a document, also a withdrawn one. Raises NotFound, which names what was asked for."""
    row = session.get(DocumentRow, document_id)
    if row is None:
        raise NotFound(f"There is no document '{document_id}' in the archive.")
    return row


def live_row(session: Session, document_id: str) -> DocumentRow:
    """Return a document that is not withdrawn. Raises NotFound and Gone."""
    row = known_row(session, document_id)
    if row.withdrawn_at is not None:
        raise gone(document_id)
    return row


def gone(document_id: str) -> Gone:
    """Return the error that says that a document was withdrawn."""
    return Gone(f"The document '{document_id}' has been withdrawn from the archive.")


def tombstone(session: Session, row: DocumentRow, reason: WithdrawalReason, actor: str) -> None:
    """Withdraw a live document: nobody finds it from now on, and its identifier stays."""
    row.withdrawn_at, row.withdrawn_reason = datetime.now(UTC), reason.value
    drop_jobs(session, [row.id])
    changes.record(session, row.id, hides=True)
    audit.record(session, actor, "document.withdraw", row.id, "withdrawn", reason.value)


def drop_jobs(session: Session, document_ids: Sequence[str]) -> None:
    """Delete the jobs of all versions of documents."""
    for start in range(0, len(document_ids), _IDS_A_QUERY):
        some = document_ids[start : start + _IDS_A_QUERY]
        versions = session.scalars(select(VersionRow.id).where(VersionRow.document_id.in_(some))).all()
        for first in range(0, len(versions), _IDS_A_QUERY):
            jobs.drop(session, versions[first : first + _IDS_A_QUERY])


def bring_back(session: Session, row: DocumentRow) -> None:
    """Make a tombstone a live document; the caller notes the change and asks for what was not done."""
    row.withdrawn_at, row.withdrawn_reason = None, ""
    session.flush()


def withdrawn_by_staff(session: Session, sha256: str) -> DocumentRow | None:
    """Return a document that staff withdrew and one of whose versions has these bytes."""
    return session.scalar(
        select(DocumentRow)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .where(
            DocumentRow.withdrawn_at.is_not(None),
            DocumentRow.withdrawn_reason.not_in(_NOT_IN_THE_WAY),
            VersionRow.sha256 == sha256,
        )
        .order_by(DocumentRow.withdrawn_at.desc())
        .limit(1)
    )


def left_out(session: Session, new: NewDocument) -> DocumentRow | None:
    """Return the document that a seminar left out and that is given again: by its source, or by its bytes."""
    rows = session.scalars(
        select(DocumentRow)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .where(
            DocumentRow.withdrawn_at.is_not(None),
            DocumentRow.withdrawn_reason == WithdrawalReason.LEFT_OUT.value,
            or_(DocumentRow.source == new.source, VersionRow.sha256 == new.original.sha256),
            true() if new.event_id is None else DocumentRow.event_id == new.event_id,
        )
        .order_by(DocumentRow.source != new.source, DocumentRow.withdrawn_at.desc())
    ).unique()
    return next(iter(rows), None)


def withdraw_left_out(
    session: Session, event_id: str, talk_ids: Collection[str], kept: Kept, actor: str
) -> tuple[tuple[str, str], ...]:
    """Withdraw an event's documents that it no longer names, and remove its talks that it no longer has.

    Args:
        session: A session that writes.
        event_id: The event, which has just been saved.
        talk_ids: Its talks.
        kept: What of its documents is still given.
        actor: Who left them out, for the audit.

    Returns:
        Identifier and file name of each document that was withdrawn now.
    """
    session.flush()
    talks = list(session.scalars(select(TalkRow).where(TalkRow.event_id == event_id)))
    gone_talks = [talk for talk in talks if talk.id not in talk_ids]
    of_event = or_(DocumentRow.event_id == event_id, DocumentRow.talk_id.in_([talk.id for talk in talks]))
    withdrawn: list[tuple[str, str]] = []
    for row in session.scalars(select(DocumentRow).where(of_event).order_by(DocumentRow.id)).all():
        if row.withdrawn_at is None and not _is_kept(row, kept):
            tombstone(session, row, WithdrawalReason.LEFT_OUT, actor)
            withdrawn.append((row.id, newest_version(session, row.id).filename))
        if row.withdrawn_at is not None and row.talk_id is not None and row.talk_id not in kept.talks:
            # A talk has one document: another may be its next, and the talk may go.
            row.event_id, row.talk_id = event_id, None
    session.flush()
    for talk in gone_talks:
        if session.scalar(select(DocumentRow.id).where(DocumentRow.talk_id == talk.id).limit(1)) is None:
            session.delete(talk)
    session.flush()
    return tuple(withdrawn)


def _is_kept(row: DocumentRow, kept: Kept) -> bool:
    """Return whether a document is still given, or was never given with its event's file: staff put it in."""
    if row.draft or row.source.startswith(UPLOADED):
        return True
    if row.id in kept.documents or row.talk_id in kept.talks:
        return True
    return any(row.source == source or row.source.startswith(f"{source}/") for source in kept.sources)
