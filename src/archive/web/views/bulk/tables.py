"""Documents as a CSV file, and the changed file in again: old and new first, then one change."""

import binascii
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.bulk import applying
from archive.catalogue.bulk.table_columns import TablePlan
from archive.catalogue.bulk.table_file import FILE_MAX_BYTES, read_table
from archive.catalogue.bulk.table_plan import plan_table
from archive.catalogue.bulk.table_rows import table_head, table_rows
from archive.catalogue.identifiers import new_id
from archive.csv_text import csv_text
from archive.errors import ChangedMeanwhile, InputError
from archive.model.accounts import Role
from archive.model.edits import Reason
from archive.search.selection import selected
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import current_language, gettext, message_text, ngettext
from archive.web.http.signed_in import for_role
from archive.web.presenters.bulk.selections import request_selection
from archive.web.presenters.names import number

blueprint = Blueprint("bulk_tables", __name__)

_SHOWN = 100


@blueprint.get("/staff/bulk/documents.csv")
@for_role(Role.STAFF)
def as_csv() -> Response:
    """Answer with what is selected as a table that can be changed and read in again."""
    archive, selection = current_archive(), request_selection()
    if selection.is_empty:
        raise InputError(gettext("Välj först vilka dokument det gäller."))
    is_swedish = current_language() == "sv"
    with archive.database.read() as session:
        documents = selected(archive.search, session, selection, current_visitor())
        rows = table_rows(session, documents)
        text = csv_text(table_head(is_swedish), rows, ";" if is_swedish else ",")
    response = make_response(text)
    response.mimetype = "text/csv"
    name = "dokument.csv" if is_swedish else "documents.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/staff/bulk/table")
@for_role(Role.STAFF)
def index() -> Response:
    """Show where a changed file is read in."""
    return _page()


@blueprint.post("/staff/bulk/table/preview")
@for_role(Role.STAFF)
def preview() -> Response:
    """Show what a file would change, and what of it is left."""
    file = request.files.get("file")
    body = file.read(FILE_MAX_BYTES + 1) if file and file.filename else b""
    try:
        if not body:
            raise InputError(gettext("Välj först en fil."))
        table = read_table(body)
    except InputError as error:
        return _page(refusal=message_text(error.message), status=error.status)
    with current_archive().database.read() as session:
        return _page(body, plan_table(session, table))


@blueprint.post("/staff/bulk/table")
@for_role(Role.STAFF)
def change() -> Response:
    """Make the changes of a table, where they are still those that were shown; else show the new ones."""
    group = new_id()
    try:
        body = _unpacked(request.form.get("packed", ""))
        table = read_table(body)
    except InputError as error:
        return _page(refusal=message_text(error.message), status=error.status)
    with current_archive().database.write() as session:
        made = plan_table(session, table)
        is_as_shown = made.mark == request.form.get("mark")
        count = len(made.cells)
        summary = ngettext(
            "%(count)s uppgift ändrad i en CSV-fil",
            "%(count)s uppgifter ändrade i en CSV-fil",
            count,
            count=number(count),
        )
        author = current_author(summary, Reason.BULK, group)
        edit = applying.apply(session, made.plan, author) if is_as_shown else None
    if is_as_shown and edit is not None:
        return make_response(redirect(url_for("bulk.done", group=group), 303))
    refusal = gettext("Något har ändrats sedan du såg förhandsvisningen. Se efter igen, och ändra sedan.")
    return _page(body, made, "" if is_as_shown else refusal, 200 if is_as_shown else ChangedMeanwhile.status)


def _page(body: bytes = b"", plan: TablePlan | None = None, refusal: str = "", status: int = 200) -> Response:
    packed = urlsafe_b64encode(zlib.compress(body)).decode() if plan and plan.cells else ""
    page = render_template("bulk/table.html", plan=plan, packed=packed, shown=_SHOWN, refusal=refusal)
    return make_response(page, status)


def _unpacked(packed: str) -> bytes:
    """Return the file that the form of the preview carries, no more than is read. Raises InputError."""
    reader = zlib.decompressobj()
    try:
        body = reader.decompress(urlsafe_b64decode(packed), FILE_MAX_BYTES + 1)
    except (ValueError, binascii.Error, zlib.error):
        raise InputError(gettext("Filen kom inte tillbaka hel. Läs in den igen.")) from None
    if not reader.eof:
        raise InputError(gettext("Filen kom inte tillbaka hel. Läs in den igen."))
    return body
