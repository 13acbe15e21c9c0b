"""The way to all records that have edit pages: events with drafts, and focus areas."""

from flask import Blueprint, render_template, request

from archive.catalogue.editing import events, focus_areas
from archive.catalogue.events.names import name_key
from archive.model.accounts import Role
from archive.web.http.context import current_archive
from archive.web.http.signed_in import for_role

blueprint = Blueprint("record_lists", __name__)

_ROWS_MAX = 100


@blueprint.get("/staff/records")
@for_role(Role.STAFF)
def index() -> str:
    """List events and focus areas, drafts too; `find` narrows the events to those with some words."""
    wanted = request.args.get("find", "")[:200]
    words = name_key(wanted).split()
    with current_archive().database.read() as session:
        found = [
            one
            for one in events.listed(session)
            if all(word in name_key(" ".join((one.title, *one.about))) for word in words)
        ]
        areas = focus_areas.listed(session)
    return render_template(
        "records/records.html",
        events=found[:_ROWS_MAX],
        event_count=len(found),
        areas=areas,
        wanted=wanted,
        done=request.args.get("done", ""),
    )
