"""Change many documents at once: what is selected, what is to change, old and new, and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.bulk import applying, planning
from archive.catalogue.bulk.subjects import names
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import events, regions
from archive.catalogue.identifiers import new_id
from archive.catalogue.journal.history import bulk_done
from archive.csv_text import csv_text
from archive.errors import ChangedMeanwhile, InputError
from archive.model.accounts import Role
from archive.model.bulk import OF_A_TABLE, BulkChange, BulkKind, Plan
from archive.model.edits import Reason
from archive.model.events import Event, FocusArea, Region
from archive.model.visibility import Visibility
from archive.search.selection import Selection, selected
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import gettext, message_text, ngettext
from archive.web.http.signed_in import for_role
from archive.web.presenters.bulk.plans import change_text, plan_head, plan_rows, refused_groups
from archive.web.presenters.bulk.selections import request_selection, selection_pairs
from archive.web.presenters.names import number

blueprint = Blueprint("bulk", __name__)

_SHOWN = 100
_SHOWN_REFUSED = 20
_VALUE_FIELDS = {
    BulkKind.ADD_FOCUS_AREA: "new_focus_area",
    BulkKind.REMOVE_FOCUS_AREA: "old_focus_area",
    BulkKind.ADD_REGION: "new_region",
    BulkKind.REMOVE_REGION: "old_region",
    BulkKind.VISIBILITY: "new_visibility",
    BulkKind.LANGUAGE: "new_language",
    BulkKind.EVENT: "new_event",
}


@dataclass(frozen=True, slots=True)
class _Choices:
    """What can be chosen."""

    regions: Sequence[Region]
    focus_areas: Sequence[FocusArea]
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request selects and wants changed (None before that is chosen), and what it would do."""

    selection: Selection
    documents: Sequence[str]
    change: BulkChange | None
    plan: Plan | None
    text: str
    choices: _Choices
    refusal: str


@blueprint.get("/staff/bulk")
@for_role(Role.STAFF)
def index() -> Response:
    """Show what is selected; with a change chosen also what would become of each record."""
    selection = request_selection()
    if selection.is_empty:
        return make_response(render_template("bulk/start.html"))
    with current_archive().database.read() as session:
        return _page(_asked(session, selection))


@blueprint.get("/staff/bulk.csv")
@for_role(Role.STAFF)
def as_csv() -> Response:
    """Answer with the whole plan as a table."""
    with current_archive().database.read() as session:
        asked = _asked(session, request_selection())
    if asked.plan is None:
        raise InputError(gettext("Välj vad som ska ändras."))
    response = make_response(csv_text(plan_head(), plan_rows(asked.plan)))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = 'attachment; filename="plan.csv"'
    return response


@blueprint.post("/staff/bulk")
@for_role(Role.STAFF)
def change() -> Response:
    """Make the change, where the plan is still the one that was shown; else show the new one."""
    archive, selection = current_archive(), request_selection()
    with archive.database.read() as session:
        asked = _asked(session, selection)
    if asked.change is None or asked.plan is None:
        return _page(asked, InputError.status)
    group = new_id()
    with archive.database.write() as session:
        made = planning.plan(session, asked.documents, asked.change)
        is_as_shown = made.mark == request.form.get("mark")
        count = len(made.changes)
        posts = ngettext("%(count)s post", "%(count)s poster", count, count=number(count))
        author = current_author(f"{asked.text} ({posts})", Reason.BULK, group)
        edit = applying.apply(session, made, author) if is_as_shown else None
    if not is_as_shown:
        refusal = gettext("Något har ändrats sedan du såg förhandsvisningen. Se efter igen, och ändra sedan.")
        with archive.database.read() as session:
            return _page(_asked(session, selection), ChangedMeanwhile.status, refusal)
    if edit is None:
        return make_response(redirect(url_for("jobs.index", asked=len(made.changes)), 303))
    return make_response(redirect(url_for("bulk.done", group=group), 303))


@blueprint.get("/staff/bulk/done/<group>")
@for_role(Role.STAFF)
def done(group: str) -> str:
    """Show how much was changed, with a way to take it back."""
    with current_archive().database.read() as session:
        found = bulk_done(session, group)
    return render_template("bulk/done.html", group=group, done=found)


def _asked(session: Session, selection: Selection) -> _Asked:
    documents = selected(current_archive().search, session, selection, current_visitor())
    rank = Visibility.STAFF.rank
    known = _Choices(
        regions.all_regions(session), events.focus_areas(session, rank), events.events(session, rank)
    )
    wanted, plan, text, refusal = None, None, "", ""
    try:
        wanted = _wanted()
        if wanted is not None:
            plan = planning.plan(session, documents, wanted)
            text = change_text(wanted, names(session))
    except InputError as error:
        refusal = message_text(error.message)
    return _Asked(selection, documents, wanted, plan, text, known, refusal)


def _wanted() -> BulkChange | None:
    """Return the change that is chosen, None before one is; raises InputError."""
    chosen = request.values.get("change", "")
    if not chosen:
        if request.method == "POST" or "choose" in request.values:
            raise InputError(gettext("Välj vad som ska ändras."))
        return None
    if chosen not in list(BulkKind) or BulkKind(chosen) in OF_A_TABLE:
        raise InputError(gettext("Välj vad som ska ändras."))
    kind = BulkKind(chosen)
    return BulkChange(kind, request.values.get(_VALUE_FIELDS.get(kind, ""), ""))


def _page(asked: _Asked, status: int = 200, refusal: str = "") -> Response:
    plan = asked.plan
    pairs, chosen = selection_pairs(asked.selection), _chosen_pairs(asked.change)
    without = [("without", one) for one in sorted(asked.selection.without)]
    same = urlencode([*pairs, *without, *chosen])
    page = render_template(
        "bulk/bulk.html",
        asked=asked,
        pairs=pairs,
        chosen=chosen,
        without=without,
        csv_address=f"{url_for('bulk.as_csv')}?{same}",
        table_address=f"{url_for('bulk_tables.as_csv')}?{urlencode([*pairs, *without])}",
        unreduced_address=f"{url_for('bulk.index')}?{urlencode([*pairs, *chosen])}",
        same_address=f"{url_for('bulk.index')}?{same}",
        shown=plan.changes[:_SHOWN] if plan else (),
        refused=refused_groups(plan, _SHOWN_REFUSED) if plan else (),
        refusal=refusal or asked.refusal,
    )
    return make_response(page, status)


def _chosen_pairs(change: BulkChange | None) -> list[tuple[str, str]]:
    if change is None:
        return []
    field = _VALUE_FIELDS.get(change.kind)
    return [("change", change.kind.value), *([(field, change.value)] if field else [])]
