"""Staff's decision on what a speaker has proposed: what they accept is written, the rest is let go.

Whoever calls this writes within `journal.recording`, so that the journal says by which way it came, and an
undo takes it back.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.editing import talks
from archive.catalogue.proposals.waiting import ready
from archive.catalogue.proposals.wordings import fields_with, place_of, remember_speaker
from archive.catalogue.publishing import drafts
from archive.catalogue.submissions.declining import REASON_MAX_CHARS
from archive.catalogue.submissions.declining import decline as decline_document
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.proposals import TalkLinkRow, TalkProposalRow
from archive.catalogue.uploads import linking
from archive.errors import ChangedMeanwhile, InputError
from archive.model.proposals import ProposalState, ReadyProposal
from archive.model.uploads import UploadTarget
from archive.printable import typed_line


def accept(
    session: Session,
    proposal_id: str,
    names: Collection[str],
    takes_deck: bool,
    mark: str,
    reason: str,
    actor: str,
) -> None:
    """Write the fields that staff have ticked, and take the deck where they want it.

    The deck becomes the next version of the talk's document, whose address stays; where the talk has none it
    becomes the talk's, as a draft. What is not taken is let go, and `reason` says so to the speaker.

    Args:
        session: A session that writes.
        proposal_id: Which proposal.
        names: The fields that are accepted.
        takes_deck: Whether the deck is.
        mark: Of what staff were shown.
        reason: What the speaker reads; "" for nothing.
        actor: Who decides.

    Raises:
        ChangedMeanwhile: Something of it has changed since, or somebody has decided.
        InputError: Nothing is chosen, or a file is still being taken in.
        RecordRefused: By field what cannot stand there.
        NotFound: There is no such proposal, or its talk is gone.
    """
    found = _undecided(session, proposal_id, mark)
    chosen = [one.name for one in found.fields if one.name in names]
    if not chosen and not (takes_deck and found.decks):
        raise InputError("Nothing is chosen. Tick what is to be accepted, or decline all of it.")
    if found.is_receiving:
        raise InputError("The deck is still being taken in. Wait a moment and load the page again.")
    link = session.get_one(TalkLinkRow, found.proposal.link.id)
    if chosen:
        fields = fields_with(session, link, found.proposal.given, chosen)
        place = place_of(session, link)
        talks.change(session, link.talk_id, fields, actor)
        if place is not None:
            remember_speaker(session, link, place)
    *let_go, newest = found.decks or [""]
    if newest and takes_deck:
        _take_deck(session, link.talk_id, newest, actor)
    elif newest:
        let_go = [*let_go, newest]
    for document_id in let_go:
        drafts.discard(session, document_id, actor)
    _decide(session, proposal_id, ProposalState.ACCEPTED, reason, actor)


def decline(session: Session, proposal_id: str, reason: str, mark: str | None, actor: str) -> None:
    """Decline all of a proposal; the speaker reads why. `mark` None: whatever it says by now.

    Raises ChangedMeanwhile, NotFound, and InputError where no reason is given.
    """
    if not reason.strip():
        raise InputError("Write a sentence that says why: the speaker reads it.")
    found = _undecided(session, proposal_id, mark)
    for document_id in found.decks:
        decline_document(session, document_id, reason, actor)
    _decide(session, proposal_id, ProposalState.DECLINED, reason, actor)


def _undecided(session: Session, proposal_id: str, mark: str | None) -> ReadyProposal:
    found = ready(session, proposal_id)
    if found.proposal.state is not ProposalState.WAITING:
        raise ChangedMeanwhile("Somebody has decided on this proposal already.")
    if mark is not None and mark != found.mark:
        raise ChangedMeanwhile("Talk or proposal have been changed meanwhile. See what, and decide again.")
    return found


def _take_deck(session: Session, talk_id: str, deck: str, actor: str) -> None:
    of_talk: Sequence[str] = session.scalars(
        select(DocumentRow.id)
        .where(DocumentRow.talk_id == talk_id, DocumentRow.withdrawn_at.is_(None))
        .order_by(DocumentRow.created_at, DocumentRow.id)
    ).all()
    if of_talk:
        drafts.become_version(session, deck, of_talk[0], actor)
    else:
        row = session.get_one(DocumentRow, deck)
        row.event_id = None  # that of its talk, now
        linking.link(session, deck, UploadTarget(talk_id=talk_id), actor)


def _decide(session: Session, proposal_id: str, state: ProposalState, reason: str, actor: str) -> None:
    row = session.get_one(TalkProposalRow, proposal_id)
    row.state, row.decided_by, row.decided_at = state.value, actor, datetime.now(UTC)
    row.reason = typed_line(reason)[:REASON_MAX_CHARS]
    audit.record(session, actor, "talk.propose", proposal_id, state.value, row.reason)
