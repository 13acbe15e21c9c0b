"""A speaker's proposal as staff decide on it, and the links by which speakers send them.

Old and new are ticked by field, accepted or declined. Staff see a link once, when it is made, and end it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.accounts.speaker_links import new_speaker_link
from archive.catalogue import records
from archive.catalogue.database.sessions import Session
from archive.catalogue.editing import talks
from archive.catalogue.journal.recording import recording
from archive.catalogue.proposals import links
from archive.catalogue.proposals.deciding import accept, decline
from archive.catalogue.proposals.waiting import ready, talk_of
from archive.errors import ArchiveError, ChangedMeanwhile, InputError, NotFound, RecordRefused
from archive.model.accounts import Role
from archive.model.edits import Reason
from archive.model.proposals import ReadyProposal, TalkLink
from archive.model.visibility import Visibility
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.language import message_text, site_root
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.records.others_edits import OthersEdit, others_edits, person_name
from archive.web.presenters.submitting.wording_form import wording_label

blueprint = Blueprint("proposals", __name__)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a proposal: others' edits of the talk since, its deck, and who has decided."""

    edits: Sequence[OthersEdit]
    deck: records.CatalogueRecord | None
    present: records.CatalogueRecord | None
    decided_by: str


@blueprint.get("/staff/proposals/<proposal_id>")
@for_role(Role.STAFF)
def show(proposal_id: str) -> Response:
    """Show what is proposed beside what stands there."""
    try:
        return _page(proposal_id)
    except NotFound:
        return _to_removed_talk(proposal_id)


@blueprint.post("/staff/proposals/<proposal_id>")
@for_role(Role.STAFF)
def decide(proposal_id: str) -> Response:
    """Accept what is ticked, or decline all of it."""
    mark, reason = request.form.get("mark", ""), request.form.get("reason", "")
    login, do = current_account().account.login, request.form.get("do", "")
    try:
        with current_archive().database.write() as session:
            speaker = ready(session, proposal_id).proposal.link.speaker
            author = current_author(speaker, Reason.LINK, f"proposal-{proposal_id}")
            with recording(session, author):
                if do == "accept":
                    names, takes_deck = request.form.getlist("field"), request.form.get("deck") == "1"
                    accept(session, proposal_id, names, takes_deck, mark, reason, login)
                elif do == "decline":
                    decline(session, proposal_id, reason, mark, login)
                else:
                    raise InputError("The form has no such button. Load the page again.")
    except RecordRefused as error:
        told = " ".join(
            f"{wording_label(name)}: {message_text(text)}"
            for name, text in error.mistakes.items()
            if name in ("name", "role", "organisation", "topic", "abstract")
        )
        return _page(proposal_id, error, told or message_text(error.message))
    except (ChangedMeanwhile, InputError) as error:
        return _page(proposal_id, error, message_text(error.message))
    except NotFound:
        return _to_removed_talk(proposal_id)
    return make_response(redirect(url_for("queue.index", done=f"proposal_{do}"), 303))


def _to_removed_talk(proposal_id: str) -> Response:
    """Lead to the history of the proposal's talk: with its removal undone there, the proposal waits again."""
    with current_archive().database.read() as session:
        talk_id = talk_of(session, proposal_id)
    return make_response(redirect(url_for("journal.record", kind="talk", identifier=talk_id), 303))


def _page(proposal_id: str, error: ArchiveError | None = None, refusal: str = "") -> Response:
    with current_archive().database.read() as session:
        found = ready(session, proposal_id)
        around = _around(session, found)
    page = render_template(
        "submitting/proposal.html",
        found=found,
        around=around,
        label=wording_label,
        reason=request.form.get("reason", ""),
        chosen=set(request.form.getlist("field")) if error else _offered(found),
        takes_deck=request.form.get("deck") == "1" if error else True,
        refusal=refusal,
    )
    return make_response(page, error.status if error else 200)


def _offered(found: ReadyProposal) -> set[str]:
    """Return the fields that are ticked at first: staff's own newer words are given up only by hand."""
    return {one.name for one in found.fields if not one.is_changed_since}


def _around(session: Session, found: ReadyProposal) -> _Around:
    proposal = found.proposal
    talk_id = proposal.link.talk_id
    deck = records.records(session, list(found.decks[-1:]))
    present = records.records_of_talk(session, talk_id, Visibility.STAFF.rank)
    return _Around(
        edits=others_edits(session, "talk", talk_id, proposal.edit),
        deck=next(iter(deck.values()), None),
        present=next(iter(present), None),
        decided_by=person_name(session, proposal.decided_by) if proposal.decided_by else "",
    )


@dataclass(frozen=True, slots=True)
class _New:
    """A link that was made just now, with its address: shown this once."""

    link: TalkLink
    address: str


@blueprint.get("/staff/talks/<talk_id>/links")
@for_role(Role.STAFF)
def talk_links(talk_id: str) -> Response:
    """Show a talk's speakers, and the links that there are."""
    return _links_page(talk_id)


@blueprint.post("/staff/talks/<talk_id>/links")
@for_role(Role.STAFF)
def make_link(talk_id: str) -> Response:
    """Make a link for a speaker and show it, this once."""
    archive = current_archive()
    number = request.form.get("speaker", 0, type=int)
    try:
        link, path = new_speaker_link(archive.database, talk_id, number, archive.settings.accounts, _login())
    except InputError as error:
        return _links_page(talk_id, refusal=message_text(error.message), status=error.status)
    address = f"{request.host_url.rstrip('/')}{site_root()}{path}"
    return _links_page(talk_id, _New(link, address))


@blueprint.post("/staff/talks/<talk_id>/links/<link_id>/revoke")
@for_role(Role.STAFF)
def revoke_link(talk_id: str, link_id: str) -> Response:
    """End a link."""
    with current_archive().database.write() as session:
        links.revoke(session, link_id, _login())
    return make_response(redirect(url_for("proposals.talk_links", talk_id=talk_id), 303))


def _links_page(talk_id: str, new: _New | None = None, refusal: str = "", status: int = 200) -> Response:
    with current_archive().database.read() as session:
        fields = talks.known(session, talk_id)
        made = links.of_talk(session, talk_id)
    page = render_template(
        "submitting/speaker_links.html",
        talk_id=talk_id,
        fields=fields,
        links=made,
        new=new,
        now=datetime.now(UTC),
        days=current_archive().settings.accounts.speaker_link_days,
        refusal=refusal,
    )
    return make_response(page, status)


def _login() -> str:
    return current_account().account.login
