"""The way to all records that have edit pages: events with drafts, and focus areas; talks in their order.

The order is changed by dragging, by keyboard, and by buttons without JavaScript.
"""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.editing import events, focus_areas
from archive.catalogue.editing.merging import is_clash, merge_values
from archive.catalogue.editing.talk_order import set_talk_order, talk_order
from archive.catalogue.events.events import event as visible_event
from archive.catalogue.events.events import talks_of_event
from archive.catalogue.events.names import name_key
from archive.catalogue.journal.recording import recording
from archive.errors import ChangedMeanwhile
from archive.model.accounts import Role
from archive.model.visibility import Visibility
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.signed_in import current_account, for_role

blueprint = Blueprint("record_lists", __name__)

_ROWS_MAX = 100

_TALKS_MAX = 500


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
        removed_kind=request.args.get("kind", ""),
        removed=request.args.get("removed", ""),
    )


@blueprint.post("/staff/events/<event_id>/order")
@for_role(Role.STAFF)
def save_order(event_id: str) -> Response:
    """Save the order of the form's talks, one of them moved where a button says so.

    What another has done since comes together with it: talks that were added stay after what they followed.
    Where both have moved talks otherwise, a page asks for one of the two orders.
    """
    base, mine = request.form.getlist("base")[:_TALKS_MAX], _moved(request.form.getlist("talk")[:_TALKS_MAX])
    with current_archive().database.write() as session, recording(session, current_author()):
        theirs = list(talk_order(session, event_id))
        merged = merge_values(base, theirs, mine)
        if not is_clash(merged):
            wanted = [one for one in merged if one in theirs]
            wanted += [one for one in theirs if one not in wanted]
            set_talk_order(session, event_id, wanted, current_account().account.login)
    if is_clash(merged):
        return _clash(event_id, theirs, mine)
    anchor = "programme" if request.form.get("move") is None else f"talk-{_talk_of_move()}"
    address = url_for("records.edit", kind="events", identifier=event_id, done="order", _anchor=anchor)
    return make_response(redirect(address, 303))


def _moved(talks: list[str]) -> list[str]:
    """Return the order with the talk that a button moves one place up or down."""
    way = request.form.get("move", "").partition(":")[0]
    talk = _talk_of_move()
    if talk in talks and way in ("up", "down"):
        at = talks.index(talk)
        to = min(max(at + (1 if way == "down" else -1), 0), len(talks) - 1)
        talks.insert(to, talks.pop(at))
    return talks


def _talk_of_move() -> str:
    return request.form.get("move", "").partition(":")[2]


def _clash(event_id: str, theirs: list[str], mine: list[str]) -> Response:
    with current_archive().database.read() as session:
        event = visible_event(session, event_id, Visibility.STAFF.rank)
        talks = talks_of_event(session, event_id, Visibility.STAFF.rank)
    topics = {talk.id: talk.topic for talk in talks}
    page = render_template("records/order.html", event=event, topics=topics, theirs=theirs, mine=mine)
    return make_response(page, ChangedMeanwhile.status)
