"""The imports there are, and beginning one: an address, a file, or the page's own text pasted in."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.imports import imports, readings
from archive.errors import ArchiveError, InputError, StorageError
from archive.imports.sources.base import GivenBytes
from archive.model.accounts import Role
from archive.model.seminar_pages.imports import ReadingState
from archive.web.http.context import current_archive
from archive.web.http.language import gettext, message_text
from archive.web.http.signed_in import current_account, for_role

blueprint = Blueprint("imports", __name__)

_ROWS_MAX = 100
_NAME_MAX_CHARS = 255


@blueprint.get("/staff/imports")
@for_role(Role.STAFF)
def index() -> str:
    """List the imports, those that were worked on last first."""
    return _page()


@blueprint.post("/staff/imports")
@for_role(Role.STAFF)
def begin() -> Response:
    """Have what is given read, and go to the page that says how far it has come."""
    try:
        reading_id = _queued()
    except StorageError:
        raise
    except ArchiveError as error:
        return make_response(_page(message_text(error.message)), error.status if error.status < 500 else 422)
    return make_response(redirect(url_for("imports.reading", reading_id=reading_id), 303))


@blueprint.get("/staff/imports/readings/<reading_id>")
@for_role(Role.STAFF)
def reading(reading_id: str) -> Response:
    """Say how far something has come that is to be read; what is read leads on to its import."""
    with current_archive().database.read() as session:
        found = readings.find_reading(session, reading_id)
    if found.state is ReadingState.DONE:
        done = "read" if request.args.get("again") else None
        address = url_for("import_review.review", import_id=found.import_id, done=done)
        return make_response(redirect(address, 303))
    return make_response(render_template("imports/reading.html", found=found))


@blueprint.post("/staff/imports/readings/<reading_id>/again")
@for_role(Role.STAFF)
def retry(reading_id: str) -> Response:
    """Have something read again that could not be."""
    with current_archive().database.write() as session:
        readings.retry_reading(session, reading_id)
    return make_response(redirect(url_for("imports.reading", reading_id=reading_id), 303))


def _queued() -> str:
    archive, login = current_archive(), current_account().account.login
    address = request.form.get("address", "").strip()
    file = request.files.get("file")
    pasted = request.form.get("text", "")
    if file is not None and file.filename:
        name = file.filename.replace("\\", "/").rpartition("/")[2][:_NAME_MAX_CHARS]
        return archive.importing.queue_file(GivenBytes(file.stream.read(), address, name), login)
    if pasted.strip():
        given = GivenBytes(pasted.encode(), address, content_type="text/html; charset=utf-8")
        return archive.importing.queue_file(given, login)
    if not address:
        raise InputError(gettext("Ange en adress, en fil eller en sidas text."))
    return archive.importing.queue_address(address, login)


def _page(refusal: str = "") -> str:
    with current_archive().database.read() as session:
        found = imports.imports(session, _ROWS_MAX + 1)
        unfinished = readings.unfinished_readings(session, _ROWS_MAX)
    return render_template(
        "imports/imports.html",
        imports=found[:_ROWS_MAX],
        readings=unfinished,
        has_more=len(found) > _ROWS_MAX,
        refusal=refusal,
        address=request.form.get("address", ""),
        text=request.form.get("text", "") if refusal else "",
    )
