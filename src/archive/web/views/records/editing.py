"""A record's edit page: saved with its checks; where somebody else has saved it since, a page with both.

The form carries the record that it was made from, so that what two people changed comes together field by
field; what clashes is decided by who saves last, and both values are shown.
"""

from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.editing import focus_areas
from archive.catalogue.editing.given import Values, as_values, read_fields
from archive.catalogue.editing.merging import merge
from archive.catalogue.events import events, regions
from archive.catalogue.events.known_names import names_of_speakers
from archive.catalogue.journal.history import history, last_edit_id
from archive.catalogue.journal.recording import recording
from archive.errors import ChangedMeanwhile, InputError, NotFound, RecordInUse, RecordRefused
from archive.model.accounts import Role
from archive.model.visibility import Visibility
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.records.field_texts import event_kind_names, level_names
from archive.web.presenters.records.record_form import (
    RecordForm,
    carried,
    decided,
    error_texts,
    three_way,
    written,
)
from archive.web.presenters.records.web_kinds import (
    WebKind,
    in_base_order,
    read_values,
    web_kind,
    with_speaker_rows_changed,
)

blueprint = Blueprint("records", __name__)

_STAFF_RANK = Visibility.STAFF.rank
_CONFLICT = ChangedMeanwhile.status
_KINDS = "any(events, talks, 'focus-areas')"


@blueprint.get(f"/staff/<{_KINDS}:kind>/new")
@for_role(Role.STAFF)
def new(kind: str) -> Response:
    """Show an empty form; an event's new talk knows its event."""
    of_kind = web_kind(kind)
    values: Values = dict.fromkeys(of_kind.lines, "")
    values |= {name: [] for name in (*of_kind.lists, *of_kind.written_lists)}
    values |= {"speakers": []} if of_kind.has_speakers else {}
    given = {"kind": "seminar", "visibility": Visibility.STAFF.value, "event": request.args.get("event", "")}
    values |= {name: value for name, value in given.items() if name in values}
    return _form_page(of_kind, "", RecordForm(values))


@blueprint.post(f"/staff/<{_KINDS}:kind>/new")
@for_role(Role.STAFF)
def create(kind: str) -> Response:
    """Add a record, or say at the fields what is wrong."""
    of_kind = web_kind(kind)
    form = RecordForm(read_values(of_kind, request.form))
    if (do := request.form.get("do", "save")) != "save":
        return _changed_rows(of_kind, "", form, do)
    try:
        fields = read_fields(of_kind.kind.fields, form.values)
        with current_archive().database.write() as session, recording(session, current_author()):
            identifier = of_kind.kind.create(session, fields, _actor())
    except RecordRefused as error:
        return _form_page(of_kind, "", replace(form, errors=error_texts(error)), status=error.status)
    return _to(of_kind, identifier, "created")


@blueprint.get(f"/staff/<{_KINDS}:kind>/<identifier>")
@for_role(Role.STAFF)
def edit(kind: str, identifier: str) -> Response:
    """Show the form of a record as it is."""
    of_kind = web_kind(kind)
    with current_archive().database.read() as session:
        values = as_values(of_kind.kind.known(session, identifier))
        form = RecordForm(values, base=values, edit=last_edit_id(session))
    return _form_page(of_kind, identifier, form)


@blueprint.post(f"/staff/<{_KINDS}:kind>/<identifier>")
@for_role(Role.STAFF)
def change(kind: str, identifier: str) -> Response:
    """Save a record; where another has saved it since, show what both have made of it.

    Where another has removed it, the form keeps what was typed: it can be saved once that is undone.
    """
    of_kind = web_kind(kind)
    base = carried(of_kind, request.form.get("base", ""))
    edit = request.form.get("edit", 0, type=int)
    is_decided = "mine" in request.form
    values = carried(of_kind, request.form["mine"]) if is_decided else read_values(of_kind, request.form)
    form = RecordForm(in_base_order(of_kind, values, base), base=base, edit=edit)
    if not is_decided and (do := request.form.get("do", "save")) != "save":
        return _changed_rows(of_kind, identifier, form, do)
    try:
        return _decide(of_kind, identifier, base, edit) if is_decided else _save(of_kind, identifier, form)
    except NotFound:
        if not _was_removed(of_kind, identifier):
            raise
        return _form_page(of_kind, identifier, form, is_removed=True, status=_CONFLICT)


@blueprint.post(f"/staff/<{_KINDS}:kind>/<identifier>/delete")
@for_role(Role.STAFF)
def delete(kind: str, identifier: str) -> Response:
    """Delete a record that nothing belongs to, else say what does; pressed twice, it is deleted once."""
    of_kind = web_kind(kind)
    try:
        with current_archive().database.write() as session, recording(session, current_author()):
            of_kind.kind.delete(session, identifier, _actor())
    except RecordInUse as error:
        with current_archive().database.read() as session:
            values = as_values(of_kind.kind.known(session, identifier))
            form = RecordForm(values, base=values, edit=last_edit_id(session))
        return _form_page(of_kind, identifier, form, in_use=error, status=error.status)
    except NotFound:
        if not _was_removed(of_kind, identifier):
            raise
    removed = url_for("record_lists.index", done="deleted", kind=of_kind.name, removed=identifier)
    return make_response(redirect(removed, 303))


def _was_removed(kind: WebKind, identifier: str) -> bool:
    """Return whether there was such a record, which is not there now."""
    with current_archive().database.read() as session:
        return bool(history(session, kind.name, identifier))


def _save(kind: WebKind, identifier: str, form: RecordForm) -> Response:
    """Save what the form says, unless it was made from what is old."""
    try:
        fields = read_fields(kind.kind.fields, form.values)
        with current_archive().database.write() as session, recording(session, current_author()):
            theirs = as_values(kind.kind.known(session, identifier))
            is_old = theirs != form.base
            if not is_old:
                kind.kind.change(session, identifier, fields, _actor())
    except RecordRefused as error:
        return _form_page(kind, identifier, replace(form, errors=error_texts(error)), status=error.status)
    if is_old:
        return _three_way_page(kind, identifier, (form.base, theirs, as_values(fields)), form.edit)
    return _to(kind, identifier, "saved")


def _decide(kind: WebKind, identifier: str, base: Values, edit: int) -> Response:
    """Save what was decided of a record that two have changed, unless it has changed once more."""
    mine, seen = (carried(kind, request.form.get(name, "")) for name in ("mine", "seen"))
    with current_archive().database.read() as session:
        theirs = as_values(kind.kind.known(session, identifier))
        newest = last_edit_id(session)
    merged = merge(base, seen, mine)
    values = decided(merged, seen, mine, request.form)
    if values is None or theirs != seen:
        return _three_way_page(kind, identifier, (base, theirs, mine), edit, is_asked_again=True)
    return _save(kind, identifier, RecordForm(values, base=theirs, edit=newest))


def _three_way_page(
    kind: WebKind,
    identifier: str,
    sides: tuple[Values, Values, Values],
    edit: int,
    is_asked_again: bool = False,
) -> Response:
    base, theirs, mine = sides
    with current_archive().database.read() as session:
        shown, _ = three_way(session, kind, identifier, sides, edit)
    if is_asked_again:
        undecided = {one.name for one in shown.clashes if not request.form.get(f"choice-{one.name}")}
        shown = replace(shown, undecided=frozenset(undecided))
    page = render_template(
        "records/three_way.html",
        action=url_for("records.edit", kind=kind.path, identifier=identifier),
        name=theirs[kind.title_field],
        shown=shown,
        hidden={"base": written(base), "seen": written(theirs), "mine": written(mine), "edit": edit},
        chosen=request.form,
    )
    return make_response(page, _CONFLICT)


def _changed_rows(kind: WebKind, identifier: str, form: RecordForm, do: str) -> Response:
    """Show the form with its rows of speakers changed; nothing is saved."""
    name, _, argument = do.partition("-")
    if name != "speaker" or not kind.has_speakers:
        raise InputError("The form has no such button. Load the page again.")
    return _form_page(
        kind, identifier, replace(form, values=with_speaker_rows_changed(form.values, argument))
    )


def _form_page(
    kind: WebKind,
    identifier: str,
    form: RecordForm,
    in_use: RecordInUse | None = None,
    is_removed: bool = False,
    status: int = 200,
) -> Response:
    with current_archive().database.read() as session:
        page = render_template(
            f"records/{kind.name}.html",
            kind=kind,
            identifier=identifier,
            form=form,
            in_use=in_use,
            is_removed=is_removed,
            done=request.args.get("done", ""),
            kinds=event_kind_names(),
            levels=level_names(),
            **_choices(session, kind, identifier),
        )
    return make_response(page, status)


def _choices(session: Session, kind: WebKind, identifier: str) -> dict[str, object]:
    """Return what the form's lists offer, and for an event its talks."""
    if kind.name == "talk":
        people, organisations = names_of_speakers(session)
        return {
            "events": events.events(session, _STAFF_RANK),
            "regions": regions.all_regions(session),
            "people": people,
            "organisations": organisations,
        }
    if kind.name == "event":
        programme = events.talks_of_event(session, identifier, _STAFF_RANK) if identifier else ()
        return {"areas": focus_areas.listed(session), "programme": programme}
    of_area = events.events_of_focus_area(session, identifier, _STAFF_RANK) if identifier else ()
    return {"events": of_area}


def _to(kind: WebKind, identifier: str, done: str) -> Response:
    address = url_for("records.edit", kind=kind.path, identifier=identifier, done=done)
    return make_response(redirect(address, 303))


def _actor() -> str:
    return current_account().account.login
