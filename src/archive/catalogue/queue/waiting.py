"""What waits in the review queue and why, by plain queries: no page's text is read.

A document waits while it is a draft or lacks something; one that a speaker proposes waits with the proposal
(`catalogue/proposals/`). A deck needs a speaker; a report a speaker or the organisation that gave it out.
Contact details count until it is published, identity numbers for as long as they can be read.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue.audit import KEPT_APART
from archive.catalogue.queue.claims import is_held
from archive.catalogue.tables.documents import DocumentRow, PageRow, VersionRow
from archive.catalogue.tables.events import ContributionRow, EventRow, TalkRegionRow, TalkRow
from archive.catalogue.tables.journal import AuditEventRow
from archive.catalogue.tables.proposals import TalkProposalRow
from archive.catalogue.tables.queue import LikelyDuplicateRow, PageFindingRow, QueueClaimRow, VersionLookRow
from archive.catalogue.tables.submissions import SubmittedUploadRow
from archive.catalogue.tables.uploads import UploadedFileRow
from archive.catalogue.versions import shown_numbers
from archive.model.documents import DocumentKind
from archive.model.extraction import Outcome
from archive.model.proposals import ProposalState
from archive.model.review_queue import Missing, QueueCounts, QueueEntry

Place = tuple[datetime, str]
"""Where a document stands in the queue: when it was put in, and its identifier."""


def entries(
    session: Session,
    now: datetime,
    missing: Missing | None = None,
    after: Place | None = None,
    limit: int = 20,
    free_for: str | None = None,
) -> Sequence[QueueEntry]:
    """Return what waits, the oldest first.

    Args:
        session: A session that reads.
        now: What was taken too long before is free.
        missing: Only those that lack this.
        after: Only those behind this place.
        limit: How many at most.
        free_for: Only those that nobody but this login has taken.
    """
    waiting = _waiting()
    statement = (
        select(*waiting.c, case((is_held(now), QueueClaimRow.login), else_="").label("taken_by"))
        .outerjoin(QueueClaimRow, QueueClaimRow.document_id == waiting.c.id)
        .where(_any(waiting) if missing is None else waiting.c[missing.value])
        .order_by(waiting.c.created_at, waiting.c.id)
        .limit(limit)
    )
    if after is not None:
        at, identifier = waiting.c.created_at, waiting.c.id
        statement = statement.where(or_(at > after[0], and_(at == after[0], identifier > after[1])))
    if free_for is not None:
        statement = statement.where(or_(not_(is_held(now)), QueueClaimRow.login == free_for))
    return [_entry(row) for row in session.execute(statement)]


def entry(session: Session, document_id: str, now: datetime) -> QueueEntry | None:
    """Return why a document waits; None where it lacks nothing, or is none."""
    waiting = _waiting()
    statement = (
        select(*waiting.c, case((is_held(now), QueueClaimRow.login), else_="").label("taken_by"))
        .outerjoin(QueueClaimRow, QueueClaimRow.document_id == waiting.c.id)
        .where(waiting.c.id == document_id, _any(waiting))
    )
    row = session.execute(statement).first()
    return None if row is None else _entry(row)


def counts(session: Session, scheme: int) -> QueueCounts:
    """Return how many wait for each reason, in one query; `scheme` is that of the looks that count."""
    waiting = _waiting()
    flags = [func.coalesce(func.sum(case((waiting.c[one.value], 1), else_=0)), 0) for one in Missing]
    is_seen = exists().where(
        VersionLookRow.version_id == waiting.c.version_id, VersionLookRow.scheme == scheme
    )
    is_unseen = and_(waiting.c.is_read, not_(is_seen))
    total, unseen, *by_missing = session.execute(
        select(
            func.coalesce(func.sum(case((_any(waiting), 1), else_=0)), 0),
            func.coalesce(func.sum(case((is_unseen, 1), else_=0)), 0),
            *flags,
        )
    ).one()
    return QueueCounts(total, dict(zip(Missing, by_missing, strict=True)), unseen)


def place_of(session: Session, document_id: str) -> Place | None:
    """Return where a document stands, also one that waits no more; None where there is no such document."""
    row = session.execute(
        select(DocumentRow.created_at, DocumentRow.id).where(DocumentRow.id == document_id)
    ).first()
    return None if row is None else (row.created_at, row.id)


def duplicates_of(session: Session, document_ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return the documents (identifier, title) that some are likely duplicates of."""
    other = aliased(DocumentRow)
    statement = (
        select(DocumentRow.id, other.id, other.title)
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .join(_SHOWN, and_(_SHOWN.c.document_id == DocumentRow.id, _SHOWN.c.number == VersionRow.number))
        .join(LikelyDuplicateRow, LikelyDuplicateRow.version_id == VersionRow.id)
        .join(other, other.id == LikelyDuplicateRow.document_id)
        .where(DocumentRow.id.in_(document_ids), other.withdrawn_at.is_(None), not_(_are_apart(other)))
        .order_by(other.created_at, other.id)
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for document_id, other_id, title in session.execute(statement):
        found.setdefault(document_id, []).append((other_id, title))
    return found


_SHOWN = shown_numbers()


def _waiting() -> Subquery:
    """Return live documents, each with a column for every reason."""
    event_id = func.coalesce(DocumentRow.event_id, TalkRow.event_id)
    reasons = {
        Missing.DRAFT: DocumentRow.draft,
        Missing.SPEAKER: _lacks_speaker(),
        Missing.DATE: and_(
            DocumentRow.file_date == "", DocumentRow.year.is_(None), EventRow.starts_on.is_(None)
        ),
        Missing.REGION: not_(exists().where(TalkRegionRow.talk_id == DocumentRow.talk_id)),
        Missing.READING: and_(VersionRow.category.is_not(None), VersionRow.category != Outcome.OK.value),
        Missing.PERSONAL_DATA: _has_personal_data(),
        Missing.DUPLICATE: _is_duplicate(),
    }
    statement: Select[*tuple[object, ...]] = (
        select(
            DocumentRow.id,
            DocumentRow.created_at,
            VersionRow.id.label("version_id"),
            VersionRow.category.is_not(None).label("is_read"),
            *(reasons[one].label(one.value) for one in Missing),
        )
        .join(VersionRow, VersionRow.document_id == DocumentRow.id)
        .join(_SHOWN, and_(_SHOWN.c.document_id == DocumentRow.id, _SHOWN.c.number == VersionRow.number))
        .outerjoin(TalkRow, TalkRow.id == DocumentRow.talk_id)
        .outerjoin(EventRow, EventRow.id == event_id)
        .where(DocumentRow.withdrawn_at.is_(None), not_(came_with_a_proposal()))
    )
    return statement.subquery("waiting")


def _any(waiting: Subquery) -> ColumnElement[bool]:
    return or_(*(waiting.c[one.value] for one in Missing))


def _lacks_speaker() -> ColumnElement[bool]:
    has_one = exists().where(
        ContributionRow.talk_id == DocumentRow.talk_id,
        or_(ContributionRow.person_id.is_not(None), ContributionRow.organisation_id.is_not(None)),
    )
    needs_one = or_(DocumentRow.kind == DocumentKind.DECK.value, DocumentRow.publisher == "")
    return and_(needs_one, not_(has_one))


def _has_personal_data() -> ColumnElement[bool]:
    is_hidden = exists().where(
        PageRow.version_id == PageFindingRow.version_id,
        PageRow.number == PageFindingRow.number,
        PageRow.hidden,
    )
    counts_here = or_(
        PageFindingRow.personal_numbers > 0, and_(DocumentRow.draft, PageFindingRow.contact_details > 0)
    )
    return exists().where(PageFindingRow.version_id == VersionRow.id, counts_here, not_(is_hidden))


def _is_duplicate() -> ColumnElement[bool]:
    other = aliased(DocumentRow)
    return exists().where(
        LikelyDuplicateRow.version_id == VersionRow.id,
        other.id == LikelyDuplicateRow.document_id,
        other.withdrawn_at.is_(None),
        not_(_are_apart(other)),
    )


def _are_apart(other: type[DocumentRow]) -> ColumnElement[bool]:
    """Return the condition that staff have said that two documents are meant to be two."""
    said, own = AuditEventRow, DocumentRow.id
    return exists().where(
        said.action == KEPT_APART,
        or_(
            and_(said.subject == own, said.detail == other.id),
            and_(said.subject == other.id, said.detail == own),
        ),
    )


def _entry(row: object) -> QueueEntry:
    found = row._mapping  # type: ignore[attr-defined]
    missing = tuple(one for one in Missing if found[one.value])
    return QueueEntry(found["id"], found["created_at"], missing, found["taken_by"] or "")


def came_with_a_proposal() -> ColumnElement[bool]:
    """Return the condition that a document is one of a proposal that nobody has decided on."""
    return exists(
        select(UploadedFileRow.upload_id)
        .join(SubmittedUploadRow, SubmittedUploadRow.upload_id == UploadedFileRow.upload_id)
        .join(TalkProposalRow, TalkProposalRow.submission_id == SubmittedUploadRow.submission_id)
        .where(
            TalkProposalRow.state == ProposalState.WAITING.value,
            UploadedFileRow.document_id == DocumentRow.id,
        )
        .correlate(DocumentRow)
    )
