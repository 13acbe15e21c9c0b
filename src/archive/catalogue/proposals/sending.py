"""Taking what a speaker sends by a link: one proposal waits at a time, and sending again changes it."""

import hashlib
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.editing import talks
from archive.catalogue.identifiers import new_id
from archive.catalogue.journal.history import last_edit_id
from archive.catalogue.proposals.links import to_link
from archive.catalogue.proposals.wordings import fields_with, wording
from archive.catalogue.submissions import submissions
from archive.catalogue.tables.proposals import TalkLinkRow, TalkProposalRow
from archive.errors import ChangedMeanwhile
from archive.model.proposals import Proposal, ProposalState, TalkLink, TalkWording
from archive.model.submissions import NewSubmission


def mark_of(now: TalkWording) -> str:
    """Return what a form carries, so that one made of what is old can be told."""
    return hashlib.sha256(repr(now).encode()).hexdigest()[:16]


def latest(session: Session, link_id: str) -> Proposal | None:
    """Return what was proposed by a link last."""
    row = _latest(session, link_id)
    return None if row is None else to_proposal(session, row)


def send(
    session: Session, link: TalkLink, given: TalkWording, note: str, mark: str, rights: str = ""
) -> Proposal:
    """Keep what a speaker proposes, in place of what waits.

    Args:
        session: A session that writes.
        link: By which it came.
        given: What the talk is to say.
        note: What they say to staff.
        mark: Of the wording that their form was made from.
        rights: What they have agreed to of the files that follow, "" where none do.

    Raises:
        ChangedMeanwhile: The talk says something else since; nothing is kept.
        RecordRefused: By field what cannot stand there.
    """
    now = wording(session, link.id)
    if mark_of(now) != mark:
        raise ChangedMeanwhile("The talk has been changed meanwhile. See what it says now, and send again.")
    link_row = session.get_one(TalkLinkRow, link.id)
    fields_with(session, link_row, given, given.changed_from(now))  # says what cannot stand there
    row = _latest(session, link.id)
    if row is None or row.state != ProposalState.WAITING.value:
        row = TalkProposalRow(
            id=new_id(), link_id=link.id, submission_id=None, decided_by="", decided_at=None, reason=""
        )
    row.base, row.given, row.note = asdict(now), asdict(given), note
    row.edit, row.state, row.made_at = last_edit_id(session), ProposalState.WAITING.value, datetime.now(UTC)
    if rights and row.submission_id is None:
        row.submission_id = submissions.add(session, _submission(session, link, given, note, rights)).id
    session.add(row)
    session.flush()
    audit.record(session, link.login, "talk.propose", link.talk_id, "sent", row.id)
    return to_proposal(session, row)


def to_proposal(session: Session, row: TalkProposalRow) -> Proposal:
    """Return the record of a row."""
    return Proposal(
        id=row.id,
        link=to_link(session.get_one(TalkLinkRow, row.link_id)),
        base=TalkWording(**row.base),
        given=TalkWording(**row.given),
        note=row.note,
        submission_id=row.submission_id,
        edit=row.edit,
        state=ProposalState(row.state),
        made_at=row.made_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def _submission(
    session: Session, link: TalkLink, given: TalkWording, note: str, rights: str
) -> NewSubmission:
    talk = talks.shown(session, link.talk_id)
    return NewSubmission(
        login=link.login,
        sender=link.speaker,
        title=given.topic,
        event_id=talk.event_id,
        talk=given.name,
        note=note,
        rights=rights,
    )


def _latest(session: Session, link_id: str) -> TalkProposalRow | None:
    return session.scalar(
        select(TalkProposalRow)
        .where(TalkProposalRow.link_id == link_id)
        .order_by(TalkProposalRow.made_at.desc(), TalkProposalRow.id)
        .limit(1)
    )
