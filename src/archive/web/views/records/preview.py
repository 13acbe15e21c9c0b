"""What a visitor will see of a record, with what is typed but not saved.

The form is saved, the page rendered with the visitor's rank, and all of it rolled back: so a preview is made
by the same code as the page itself.
"""

from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request

from archive.catalogue.database.sessions import Session, unsaved
from archive.catalogue.editing import events, talks
from archive.catalogue.editing.fields import EventFields, Fields, TalkFields
from archive.catalogue.editing.given import read_fields
from archive.errors import RecordRefused
from archive.model.accounts import Role
from archive.model.visibility import Visibility
from archive.visibility import previewed_by
from archive.web.http.context import current_archive, seen_as
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.records.record_form import error_texts
from archive.web.presenters.records.web_kinds import WebKind, read_values, web_kind
from archive.web.presenters.talk_lists import talk_list
from archive.web.views.events import event_page, focus_area_page

blueprint = Blueprint("record_previews", __name__)

_KINDS = "any(events, talks, 'focus-areas')"


@blueprint.post(f"/staff/<{_KINDS}:kind>/preview", defaults={"identifier": ""})
@blueprint.post(f"/staff/<{_KINDS}:kind>/<identifier>/preview")
@for_role(Role.STAFF)
def preview(kind: str, identifier: str) -> Response:
    """Show the page as the visitors of the chosen level will see it; a draft as everybody will."""
    of_kind = web_kind(kind)
    try:
        fields = read_fields(of_kind.kind.fields, read_values(of_kind, request.form))
        level = _level(fields)
        with current_archive().database.write() as session, unsaved(session):
            page = _page(session, of_kind, identifier, fields, level)
    except RecordRefused as error:
        told = error_texts(error)
        return make_response(render_template("records/no_preview.html", errors=told), error.status)
    return make_response(page)


def _level(fields: Fields) -> Visibility:
    return previewed_by(getattr(fields, "visibility", Visibility.PUBLIC))


def _page(session: Session, kind: WebKind, identifier: str, fields: Fields, level: Visibility) -> str:
    actor = current_account().account.login
    if isinstance(fields, EventFields | TalkFields):
        fields = replace(fields, visibility=level)
    if identifier:
        kind.kind.change(session, identifier, fields, actor)
    else:
        identifier = kind.kind.create(session, fields, actor)
    if isinstance(fields, TalkFields) and fields.event:
        event = events.known(session, fields.event)
        events.change(session, fields.event, replace(event, visibility=level), actor)
    session.flush()
    with seen_as(level):
        if isinstance(fields, EventFields):
            return event_page(session, identifier)
        if isinstance(fields, TalkFields):
            return event_page(session, fields.event) if fields.event else _talk_page(session, identifier)
        return focus_area_page(session, identifier)


def _talk_page(session: Session, talk_id: str) -> str:
    """Show a talk that belongs to no event, as lists show it."""
    shown = talks.shown(session, talk_id)
    return render_template("records/talk_preview.html", talk_list=talk_list(session, [shown]))
