"""What speakers have proposed and staff have not decided on yet."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from archive.catalogue.proposals.sending import to_proposal
from archive.catalogue.proposals.wordings import place_of, wording
from archive.catalogue.submissions.submissions import OWN_DOCUMENT
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import TalkRow
from archive.catalogue.tables.proposals import TalkLinkRow, TalkProposalRow
from archive.catalogue.tables.submissions import SubmittedUploadRow
from archive.catalogue.tables.uploads import UploadedFileRow, UploadRow
from archive.errors import NotFound
from archive.model.proposals import Proposal, ProposalState, ProposedField, ReadyProposal, TalkWording
from archive.model.uploads import UploadState

_WAITS = TalkProposalRow.state == ProposalState.WAITING.value


def waiting(session: Session) -> Sequence[Proposal]:
    """Return what waits, the oldest first; what is about a talk that is gone is left out."""
    rows = session.scalars(
        select(TalkProposalRow)
        .join(TalkLinkRow, TalkLinkRow.id == TalkProposalRow.link_id)
        .where(_WAITS, exists().where(TalkRow.id == TalkLinkRow.talk_id))
        .order_by(TalkProposalRow.made_at, TalkProposalRow.id)
    )
    return [to_proposal(session, row) for row in rows.all()]


def is_proposal(session: Session, identifier: str) -> bool:
    """Return whether an identifier is that of a proposal."""
    return session.get(TalkProposalRow, identifier) is not None


def talk_of(session: Session, proposal_id: str) -> str:
    """Return the identifier of the talk that a proposal is about, gone or not. Raises NotFound."""
    row = session.get(TalkProposalRow, proposal_id)
    if row is None:
        raise NotFound("There is no such proposal.")
    return session.get_one(TalkLinkRow, row.link_id).talk_id


def ready(session: Session, proposal_id: str) -> ReadyProposal:
    """Return a proposal as staff decide on it. Raises NotFound, also where its talk is gone."""
    row = session.get(TalkProposalRow, proposal_id)
    if row is None:
        raise NotFound("There is no such proposal.")
    proposal = to_proposal(session, row)
    link = session.get_one(TalkLinkRow, row.link_id)
    now = wording(session, link.id)
    fields = _fields(proposal, now)
    decks, is_receiving = _decks(session, row.submission_id)
    shown = repr((fields, decks, is_receiving, proposal.state, proposal.note, now))
    mark = hashlib.sha256(shown.encode()).hexdigest()[:16]
    is_there = place_of(session, link) is not None
    return ReadyProposal(proposal, fields, decks, is_receiving, is_there, mark)


def _fields(proposal: Proposal, now: TalkWording) -> Sequence[ProposedField]:
    base, given, current = asdict(proposal.base), asdict(proposal.given), asdict(now)
    changed = proposal.given.changed_from(proposal.base)
    return [ProposedField(name, base[name], current[name], given[name]) for name in changed]


def _decks(session: Session, submission_id: str | None) -> tuple[Sequence[str], bool]:
    """Return the drafts that came with a submission, the newest last, and whether a file is no draft yet."""
    if submission_id is None:
        return (), False
    uploads = session.scalars(
        select(UploadRow)
        .join(SubmittedUploadRow, SubmittedUploadRow.upload_id == UploadRow.id)
        .where(SubmittedUploadRow.submission_id == submission_id)
        .order_by(UploadRow.made_at, UploadRow.id)
    ).all()
    drafts = session.scalars(
        select(DocumentRow.id)
        .join(UploadedFileRow, UploadedFileRow.document_id == DocumentRow.id)
        .join(UploadRow, UploadRow.id == UploadedFileRow.upload_id)
        .where(
            UploadRow.id.in_([one.id for one in uploads]),
            UploadedFileRow.outcome.in_(OWN_DOCUMENT),
            DocumentRow.draft,
            DocumentRow.withdrawn_at.is_(None),
        )
        .order_by(UploadRow.made_at, UploadRow.id)
    ).all()
    return drafts, any(one.state == UploadState.RECEIVED.value for one in uploads)
