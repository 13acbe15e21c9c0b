"""Take a stored file into the catalogue: one read, one decision, one transaction.

A document is identified by the talk it belongs to, else by its source. Nothing here looks at the store: the
object must be durable before `accept` is called.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, jobs, taken_out
from archive.catalogue.mapping import to_version
from archive.catalogue.new_document import NewDocument, add_document, add_version
from archive.catalogue.outcomes import retry_where_failed
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.versions import newest_version, select_documents, shown_document
from archive.catalogue.visibility import hides, rank
from archive.model.documents import Document, Version
from archive.model.jobs import JobKind
from archive.model.visibility import Visibility

__all__ = ["Acceptance", "Accepted", "NewDocument", "accept"]


class Acceptance(StrEnum):
    """What became of a file."""

    NEW = "new"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    RESTORED = "restored"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The document that the file belongs to now, and how. `newest` is its version with the file's bytes."""

    document: Document
    outcome: Acceptance
    newest: Version


def accept(session: Session, new: NewDocument, actor: str) -> Accepted:
    """Take the file in and queue the jobs it needs, all in the session's transaction.

    Same talk (else source) and same bytes: UNCHANGED, and newly given facts are taken over. Same talk or
    source, other bytes: NEW_VERSION. Bytes that another live document shows: DUPLICATE (unless the new one
    `is_separate`), and a document without talk and event is adopted by the talk given. Bytes that staff
    withdrew: WITHDRAWN, and nothing is changed. What was left out and is given again: RESTORED. Else NEW.
    """
    new = _with_event(session, new)
    row = _of_talk_or_source(session, new)
    if row is not None and newest_version(session, row.id).sha256 == new.original.sha256:
        return _accept_known(session, row, new, actor, Acceptance.UNCHANGED)
    known = _with_same_bytes(session, new) if row is None and not new.is_separate else None
    if known is not None:
        return _accept_known(session, known, new, actor, Acceptance.DUPLICATE)
    kept_out = taken_out.withdrawn_by_staff(session, new.original.sha256)
    if kept_out is not None:
        return _accepted(session, kept_out, Acceptance.WITHDRAWN)
    if row is not None:
        return _accept_version(session, row, new, actor, Acceptance.NEW_VERSION)
    left_out = None if new.is_separate else taken_out.left_out(session, new)
    if left_out is not None:
        return _accept_restored(session, left_out, new, actor)
    return _accept_version(session, add_document(session, new), new, actor, Acceptance.NEW)


def _with_event(session: Session, new: NewDocument) -> NewDocument:
    """Fill in the event of the talk."""
    if new.talk_id is None or new.event_id is not None:
        return new
    talk = session.get(TalkRow, new.talk_id)
    return new if talk is None else replace(new, event_id=talk.event_id)


def _live(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(DocumentRow.withdrawn_at.is_(None), *conditions)


def _of_talk_or_source(session: Session, new: NewDocument) -> DocumentRow | None:
    if new.document_id is not None:
        return session.scalar(select(DocumentRow).where(_live(DocumentRow.id == new.document_id)))
    same_source = DocumentRow.source == new.source
    if new.talk_id is None:
        return session.scalar(select(DocumentRow).where(_live(same_source)).order_by(DocumentRow.created_at))
    of_talk = session.scalar(
        select(DocumentRow).where(_live(DocumentRow.talk_id == new.talk_id)).order_by(DocumentRow.created_at)
    )
    if of_talk is not None:
        return of_talk
    loose = session.scalar(
        select(DocumentRow).where(
            _live(same_source, DocumentRow.talk_id.is_(None), DocumentRow.event_id.is_(None))
        )
    )
    # The same path with the bytes it had is found by its bytes; with other bytes it is its next version.
    if loose is None or newest_version(session, loose.id).sha256 == new.original.sha256:
        return None
    return loose


def _with_same_bytes(session: Session, new: NewDocument) -> DocumentRow | None:
    """Return the live document that has these bytes as its newest version; one without a talk first."""
    sha256 = new.original.sha256
    rows = session.scalars(
        select(DocumentRow)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .where(_live(VersionRow.sha256 == sha256))
        .order_by(
            or_(DocumentRow.talk_id.is_not(None), DocumentRow.event_id.is_not(None)),
            DocumentRow.created_at,
            DocumentRow.id,
        )
    ).unique()
    return next((row for row in rows if newest_version(session, row.id).sha256 == sha256), None)


def _accept_known(
    session: Session, row: DocumentRow, new: NewDocument, actor: str, outcome: Acceptance
) -> Accepted:
    """Take over what is given with bytes that are known already; write nothing where nothing is new."""
    is_adopted = row.talk_id is None and row.event_id is None and new.is_linked
    is_adopted = is_adopted and not _would_hide(session, row, new)
    is_changed = (is_adopted or outcome is Acceptance.UNCHANGED) and _take_over(session, row, new)
    if retry_where_failed(session, row.id) or is_changed:
        audit.record(session, actor, "document.accept", row.id, outcome.value, new.filename)
    return _accepted(session, row, outcome)


def _would_hide(session: Session, row: DocumentRow, new: NewDocument) -> bool:
    """Return whether a published document would come to an event or a talk that is a draft."""
    if row.draft or not new.draft:
        return False
    event = session.get(EventRow, new.event_id) if new.event_id else None
    talk = session.get(TalkRow, new.talk_id) if new.talk_id else None
    return any(part is not None and part.visibility_given for part in (event, talk))


def _accept_restored(session: Session, row: DocumentRow, new: NewDocument, actor: str) -> Accepted:
    """Bring back what a seminar had left out; its identifier and its addresses are the same.

    Given as a draft it is one until it is published, whatever it was.
    """
    taken_out.bring_back(session, row)
    if new.draft and not row.draft:
        row.draft, row.visibility_given, row.visibility = True, row.visibility, Visibility.STAFF.value
    if not new.is_linked:
        row.source, row.event_id = new.source, None
    if newest_version(session, row.id).sha256 != new.original.sha256:
        return _accept_version(session, row, new, actor, Acceptance.RESTORED)
    _take_over(session, row, new)
    retry_where_failed(session, row.id)
    changes.record(session, row.id)
    audit.record(session, actor, "document.accept", row.id, Acceptance.RESTORED.value, new.filename)
    return _accepted(session, row, Acceptance.RESTORED)


def _accept_version(
    session: Session, row: DocumentRow, new: NewDocument, actor: str, outcome: Acceptance
) -> Accepted:
    """Add a version with its jobs, journal line and audit event."""
    number = 1
    if outcome is not Acceptance.NEW:
        number = newest_version(session, row.id).number + 1
        _take_over(session, row, new)
    version = add_version(session, row.id, number, new)
    changes.record(session, row.id)
    jobs.queue_all(session, [(version.id, kind) for kind in (JobKind.EXTRACT, JobKind.RENDER)])
    audit.record(session, actor, "document.accept", row.id, outcome.value, new.filename)
    return _accepted(session, row, outcome)


def _take_over(session: Session, row: DocumentRow, new: NewDocument) -> bool:
    """Take over what `new` gives; note a change and return whether anything differed."""
    rank_before = rank(session, row.id)
    if new.is_linked:
        row.kind = new.kind.value
        row.source = new.source
        row.event_id = new.event_id or row.event_id
        row.talk_id = new.talk_id or row.talk_id
    if new.title_is_given:
        row.title, row.title_is_given = new.title, True
    row.publisher = new.publisher or row.publisher
    row.year = row.year if new.year is None else new.year
    is_given = (new.is_linked and not new.draft) or new.visibility is not Visibility.PUBLIC
    if is_given and row.visibility_given != new.visibility.value:
        row.visibility_given = new.visibility.value
        if not row.draft:  # a draft is for staff alone until it is published
            row.visibility = new.visibility.value
    if not session.is_modified(row):
        return False
    session.flush()
    changes.record(session, row.id, hides=hides(rank_before, rank(session, row.id)))
    return True


def _accepted(session: Session, row: DocumentRow, outcome: Acceptance) -> Accepted:
    session.flush()
    shown = session.execute(select_documents([row.id]).where(DocumentRow.id == row.id)).one()
    version = newest_version(session, row.id)
    newest = to_version(version, session.get_one(OriginalRow, version.sha256))
    return Accepted(shown_document(*shown), outcome, newest)
