"""The imports there are, and beginning one: an address, a file, or the page's own text pasted in."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.imports import imports
from archive.errors import ArchiveError, InputError, StorageError
from archive.imports.sources.base import GivenBytes
from archive.model.accounts import Role
from archive.web.http.context import current_archive
from archive.web.http.language import message_text
from archive.web.http.signed_in import current_account, for_role

blueprint = Blueprint("imports", __name__)

_ROWS_MAX = 100
_NOTHING_GIVEN = "Give an address, a file or a page's text."
_NAME_MAX_CHARS = 255


@blueprint.get("/staff/imports")
@for_role(Role.STAFF)
def index() -> str:
    """List the imports, those that were worked on last first."""
    return _page()


@blueprint.post("/staff/imports")
@for_role(Role.STAFF)
def begin() -> Response:
    """Read what is given, and go to what was read."""
    try:
        import_id = _read()
    except StorageError:
        raise
    except ArchiveError as error:
        return make_response(_page(message_text(error.message)), error.status if error.status < 500 else 422)
    return make_response(redirect(url_for("import_review.review", import_id=import_id), 303))


def _read() -> str:
    archive, login = current_archive(), current_account().account.login
    address = request.form.get("address", "").strip()
    file = request.files.get("file")
    pasted = request.form.get("text", "")
    if file is not None and file.filename:
        name = file.filename.replace("\\", "/").rpartition("/")[2][:_NAME_MAX_CHARS]
        return archive.importing.read_file(GivenBytes(file.stream.read(), address, name), login)
    if pasted.strip():
        given = GivenBytes(pasted.encode(), address, content_type="text/html; charset=utf-8")
        return archive.importing.read_file(given, login)
    if not address:
        raise InputError(_NOTHING_GIVEN)
    return archive.importing.read_address(address, login)


def _page(refusal: str = "") -> str:
    with current_archive().database.read() as session:
        found = imports.imports(session, _ROWS_MAX + 1)
    return render_template(
        "imports/imports.html",
        imports=found[:_ROWS_MAX],
        has_more=len(found) > _ROWS_MAX,
        refusal=refusal,
        address=request.form.get("address", ""),
        text=request.form.get("text", "") if refusal else "",
    )
