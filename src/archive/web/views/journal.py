"""The journal of edits, for admins; for staff one edit or group with its undo, and a record's history."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.journal import history, rows, undo
from archive.catalogue.journal.telling import FieldChange, ToldPart, fields_of, name_of, told, told_part
from archive.csv_text import csv_lines
from archive.errors import ChangedMeanwhile, InputError, NotFound
from archive.model.accounts import Role
from archive.model.edits import Edit, Reason, UndoOutcome
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.language import gettext, message_text
from archive.web.http.signed_in import for_role

blueprint = Blueprint("journal", __name__)

_A_PAGE = 30
_EDITS_A_READ = 20
_RECORDS_A_PAGE = 100
_RECORDS_OF_A_LINE = 5


@blueprint.get("/staff/journal")
@for_role(Role.ADMIN)
def index() -> Response:
    """Show the newest edits that are asked for; of what cannot be asked for, what is wrong with it."""
    shown: Sequence[tuple[Edit, ToldPart]] = ()
    older, refusal = None, ""
    try:
        asked = _asked()
        with current_archive().database.read() as session:
            shown, older = _lines(session, asked, request.args.get("before", type=int))
    except InputError as error:
        refusal = message_text(error.message)
    around = {"asked": request.args, "reasons": list(Reason), "refusal": refusal}
    page = render_template("journal/journal.html", edits=shown, older=older, **around)
    return make_response(page, InputError.status if refusal else 200)


@blueprint.get("/staff/journal.csv")
@for_role(Role.ADMIN)
def as_csv() -> Response:
    """Answer with all edits that are asked for as a table, a row a field, as it is read."""
    try:
        asked = _asked()
    except InputError:
        return index()  # which says what is wrong
    lines = csv_lines(rows.HEAD, _all_rows(current_archive().database, asked))
    response = Response((line.encode() for line in lines), mimetype="text/csv", direct_passthrough=True)
    response.headers["Content-Disposition"] = 'attachment; filename="journal.csv"'
    return response


def _all_rows(database: Database, asked: history.HistoryQuery) -> Iterator[Sequence[str]]:
    """Yield the rows of all edits, newest first; no transaction stays open while a slow reader takes them."""
    before: int | None = None
    while True:
        with database.read() as session:
            found = history.edits(session, asked, _EDITS_A_READ, before)
            read = list(rows.table_rows(session, found))
        yield from read
        if len(found) < _EDITS_A_READ:
            return
        before = found[-1].id


def _lines(
    session: Session, asked: history.HistoryQuery, before: int | None
) -> tuple[Sequence[tuple[Edit, ToldPart]], int | None]:
    """Return a page of edits, and before which number the next page begins; None where there is none."""
    found = history.edits(session, asked, _A_PAGE + 1, before)
    shown = [(edit, told_part(session, edit, count=_RECORDS_OF_A_LINE)) for edit in found[:_A_PAGE]]
    return shown, found[_A_PAGE - 1].id if len(found) > _A_PAGE else None


@blueprint.get("/staff/journal/<int:number>")
@for_role(Role.STAFF)
def edit(number: int) -> Response:
    """Show one edit: each field before and after, and what an undo would leave."""
    return _page(number, "")


@blueprint.post("/staff/journal/<int:number>/undo")
@for_role(Role.STAFF)
def take_back(number: int) -> Response:
    """Take one edit back."""
    return _take_back([number], url_for("journal.edit", number=number), lambda why: _page(number, why))


@blueprint.get("/staff/journal/groups/<group>")
@for_role(Role.STAFF)
def group(group: str) -> Response:
    """Show the edits of a group."""
    return _group_page(group, "")


@blueprint.post("/staff/journal/groups/<group>/undo")
@for_role(Role.STAFF)
def take_group_back(group: str) -> Response:
    """Take all edits of a group back that have not been."""
    with current_archive().database.read() as session:
        numbers = [one for one, undone in history.numbers_of_group(session, group).items() if not undone]
    return _take_back(numbers, url_for("journal.group", group=group), lambda why: _group_page(group, why))


def _take_back(numbers: Sequence[int], back: str, page: Callable[[str], Response]) -> Response:
    overwrite = request.form.get("overwrite") == "yes"
    try:
        if not numbers:
            raise NotFound("There is nothing left to take back.")
        with current_archive().database.write() as session:
            outcome = undo.undo(session, numbers, current_author(reason=Reason.UNDO), overwrite)
    except ChangedMeanwhile as error:
        return page(message_text(error.message))
    if outcome.edit is None:
        return page(gettext("Inget ändrades: allt har ändrats sedan dess."))
    return make_response(redirect(back, 303))


def _page(number: int, refusal: str) -> Response:
    archive = current_archive()
    number_of_page = max(request.args.get("page", 1, type=int), 1)
    with archive.database.read() as session:
        found = history.edits_by_id(session, [number]).get(number)
        if found is None:
            raise NotFound(f"There is no edit {number} in the journal.")
        part = told_part(session, found, (number_of_page - 1) * _RECORDS_A_PAGE, _RECORDS_A_PAGE)
        group = found.author.group
        in_group = len(history.numbers_of_group(session, group)) if group else 0
    outcome = None
    if found.undone_by is None:
        with archive.database.write() as session:
            outcome = undo.preview(session, [number], current_author(reason=Reason.UNDO))
    page = render_template(
        "journal/edit.html",
        edit=found,
        records=part.records,
        page=number_of_page,
        is_last=number_of_page * _RECORDS_A_PAGE >= part.total,
        record_count=part.total,
        in_group=in_group,
        outcome=outcome,
        refusal=refusal,
    )
    return make_response(page, ChangedMeanwhile.status if refusal else 200)


def _group_page(group: str, refusal: str) -> Response:
    archive = current_archive()
    before = request.args.get("before", type=int)
    with archive.database.read() as session:
        numbers = history.numbers_of_group(session, group)
        if not numbers:
            raise NotFound("There is no such group of edits in the journal.")
        shown, older = _lines(session, history.HistoryQuery(group=group), before)
    outcome = _group_preview([number for number, undone in numbers.items() if not undone])
    page = render_template(
        "journal/group.html",
        group=group,
        edits=shown,
        older=older,
        count=len(numbers),
        outcome=outcome,
        refusal=refusal,
    )
    return make_response(page, ChangedMeanwhile.status if refusal else 200)


def _group_preview(numbers: Sequence[int]) -> UndoOutcome | None:
    if not numbers:
        return None
    with current_archive().database.write() as session:
        return undo.preview(session, numbers, current_author(reason=Reason.UNDO))


def _asked() -> history.HistoryQuery:
    """Return what is asked for; what is no kind, way or day of ours is InputError."""
    values = {name: request.args.get(name, "").strip() for name in ("actor", "reason", "kind", "field")}
    if values["kind"] and values["kind"] not in history.PARTS:
        raise InputError("The journal has no such kind of record.")
    if values["reason"] and values["reason"] not in list(Reason):
        raise InputError("The journal has no such way of changing records.")
    return history.HistoryQuery(
        values["actor"],
        values["reason"],
        values["kind"],
        values["field"],
        request.args.get("group", ""),
        _day("since"),
        _day("until", days_later=1),
    )


def _day(name: str, days_later: int = 0) -> datetime | None:
    value = request.args.get(name, "").strip()
    if not value:
        return None
    try:
        day = date.fromisoformat(value) + timedelta(days=days_later)
        return datetime(day.year, day.month, day.day).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(
            gettext("Det finns ingen sådan dag: %(day)s. Skriv dagen som 2024-05-17.", day=value[:20])
        ) from None


@blueprint.get("/staff/history/<kind>/<identifier>")
@for_role(Role.STAFF)
def record(kind: str, identifier: str) -> str:
    """Show the edits of a record, newest first; with `from` and `to` in what two states differ."""
    if kind not in history.PARTS:
        raise NotFound("The journal has no such kind of record.")
    earlier, later = (request.args.get(name, type=int) for name in ("from", "to"))
    with current_archive().database.read() as session:
        edits = history.history(session, kind, identifier)
        title = name_of(session, kind, identifier, edits)
        if title is None:
            raise NotFound("There is no such record.")
        shown = [(edit, told(session, edit)) for edit in edits]
        compared = None
        if earlier is not None and later is not None:
            compared = _compared(session, kind, identifier, earlier, later)
    return render_template(
        "journal/record.html",
        kind=kind,
        identifier=identifier,
        title=title,
        edits=shown,
        compared=compared,
        earlier=earlier,
        later=later,
    )


def _compared(
    session: Session, kind: str, identifier: str, earlier: int, later: int
) -> Sequence[FieldChange]:
    first, last = sorted((earlier, later))
    return fields_of(session, history.compare(session, kind, identifier, first, last))
