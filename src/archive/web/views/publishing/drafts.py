"""The drafts: what waits to be looked at and published."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from archive.catalogue import pages
from archive.catalogue.journal.recording import recording
from archive.catalogue.publishing import draft_events
from archive.catalogue.publishing.drafts import drafts
from archive.model.accounts import Role
from archive.review.fonts import lacks_font
from archive.review.warnings import WarningKind, warnings_of
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.slide_views import covers

blueprint = Blueprint("drafts", __name__)

_ROWS_MAX = 100


@blueprint.get("/staff/drafts")
@for_role(Role.STAFF)
def index() -> str:
    """List the drafts, newest first."""
    with current_archive().database.read() as session:
        found = drafts(session, _ROWS_MAX + 1)
        shown = found[:_ROWS_MAX]
        covered = covers(session, [draft.record for draft in shown])
        counts = {}
        for draft in shown:
            version = draft.record.document.version
            if version.category is not None:
                told = warnings_of(version, pages.pages(session, version.id), lacks_font)
                kinds = {one.kind for one in told} - {WarningKind.WEB_LINK}
                counts[draft.record.document.id] = len(kinds)
    return render_template(
        "publishing/drafts.html", drafts=shown, covers=covered, counts=counts, has_more=len(found) > _ROWS_MAX
    )


@blueprint.post("/staff/events/<event_id>/publish")
@for_role(Role.STAFF)
def publish_event(event_id: str) -> Response:
    """Let others see an event that came in with drafts; its drafts stay drafts."""
    with current_archive().database.write() as session, recording(session, current_author()):
        draft_events.publish(session, event_id, current_account().account.login)
    return make_response(redirect(url_for("events.event", event_id=event_id), 303))
