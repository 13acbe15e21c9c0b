"""Links for the speakers of a talk: staff make one, see it once, and end it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.accounts.speaker_links import new_speaker_link
from archive.catalogue.editing import talks
from archive.catalogue.proposals import links
from archive.errors import InputError
from archive.model.accounts import Role
from archive.model.proposals import TalkLink
from archive.web.http.context import current_archive
from archive.web.http.language import message_text, site_root
from archive.web.http.signed_in import current_account, for_role

blueprint = Blueprint("speaker_links", __name__)


@dataclass(frozen=True, slots=True)
class _New:
    """A link that was made just now, with its address: shown this once."""

    link: TalkLink
    address: str


@blueprint.get("/staff/talks/<talk_id>/links")
@for_role(Role.STAFF)
def index(talk_id: str) -> Response:
    """Show a talk's speakers, and the links that there are."""
    return _page(talk_id)


@blueprint.post("/staff/talks/<talk_id>/links")
@for_role(Role.STAFF)
def make(talk_id: str) -> Response:
    """Make a link for a speaker and show it, this once."""
    archive = current_archive()
    number = request.form.get("speaker", 0, type=int)
    try:
        link, path = new_speaker_link(archive.database, talk_id, number, archive.settings.accounts, _login())
    except InputError as error:
        return _page(talk_id, refusal=message_text(error.message), status=error.status)
    address = f"{request.host_url.rstrip('/')}{site_root()}{path}"
    return _page(talk_id, _New(link, address))


@blueprint.post("/staff/talks/<talk_id>/links/<link_id>/revoke")
@for_role(Role.STAFF)
def revoke(talk_id: str, link_id: str) -> Response:
    """End a link."""
    with current_archive().database.write() as session:
        links.revoke(session, link_id, _login())
    return make_response(redirect(url_for("speaker_links.index", talk_id=talk_id), 303))


def _page(talk_id: str, new: _New | None = None, refusal: str = "", status: int = 200) -> Response:
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
