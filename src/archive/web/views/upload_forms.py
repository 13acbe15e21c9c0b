"""Files that staff send: in pieces, by a form, as rows that tell what became of each and what to do about it.

What the addresses for pieces answer is in `submitting/tus.py`.
"""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from archive.catalogue import records
from archive.catalogue.database.sessions import Session
from archive.catalogue.journal.recording import recording
from archive.catalogue.outcomes import retry
from archive.catalogue.uploads import linking, readings, uploads
from archive.errors import InputError, NotFound, StorageError, TooLarge, TooMany
from archive.model.accounts import Role
from archive.model.uploads import NewUpload, UploadTarget
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.language import gettext, message_text
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.upload_rows import place_of
from archive.web.views.submitting import tus
from archive.web.views.submitting.tus import by_tus, is_sha256
from archive.web.views.upload_areas import upload_area

blueprint = Blueprint("upload_forms", __name__)

_PASSWORD_MAX_CHARS = 255
_PASSWORDS_KEPT = 200


@blueprint.get("/staff/uploads/rows")
@for_role(Role.STAFF)
def rows() -> str:
    """Show what became of the files that were sent: for an event, a talk or a document, else all."""
    return _page()


@blueprint.post("/staff/uploads/form")
@for_role(Role.STAFF)
def take() -> Response:
    """Take files from a form, without JavaScript."""
    files = [file for file in request.files.getlist("files") if file.filename]
    refusal = "" if files else gettext("Välj en eller flera filer först.")
    batch = secrets.token_hex(8)
    for file in files:
        try:
            _take_one(file, batch)
        except (InputError, TooLarge, TooMany, StorageError) as error:
            refusal = f"{file.filename}: {message_text(error.message)}"
    return _back(refusal)


@blueprint.get("/staff/uploads/known")
@for_role(Role.STAFF)
def known() -> Response:
    """Say whether a document has the bytes of a file that somebody is about to send."""
    sha256 = request.args.get("sha256", "")
    if not is_sha256(sha256):
        raise InputError("sha256: 64 digits in hexadecimal were expected.")
    with current_archive().database.read() as session:
        found = readings.with_bytes(session, sha256)
        record = records.record(session, found.document_id) if found else None
    if found is None or record is None:
        answer: dict[str, Any] = {}
    else:
        starts = record.event.starts if record.event else ""
        answer = {
            "document": found.document_id,
            "title": record.title,
            "date": starts or found.created_at.date().isoformat(),
            "address": url_for("documents.document", document_id=found.document_id),
            "is_linked": found.is_linked,
            "is_newest": found.is_newest,
        }
    response = jsonify(answer)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/staff/uploads/link")
@for_role(Role.STAFF)
def link() -> Response:
    """Put a document that the archive has already where the file was meant for."""
    return _change(lambda session: linking.link(session, request.form.get("known", ""), _target(), _login()))


@blueprint.post("/staff/uploads/<upload_id>/again")
@for_role(Role.STAFF)
def read_again(upload_id: str) -> Response:
    """Have a document of an upload read again."""
    del upload_id
    return _change(lambda session: _retry(session, request.form.get("read", "")))


@blueprint.post("/staff/uploads/<upload_id>/password")
@for_role(Role.STAFF)
def unlock(upload_id: str) -> Response:
    """Have a locked document of an upload read again with a password, which is kept in memory alone."""
    del upload_id
    password = request.form.get("password", "")[:_PASSWORD_MAX_CHARS]

    def change(session: Session) -> None:
        passwords = current_archive().receiving.passwords
        for version_id in _retry(session, request.form.get("read", "")):
            while len(passwords) >= _PASSWORDS_KEPT:
                passwords.pop(next(iter(passwords)), None)
            passwords[version_id] = password

    return _change(change)


@blueprint.post("/staff/uploads/<upload_id>/separate")
@for_role(Role.STAFF)
def take_separately(upload_id: str) -> Response:
    """Make a document of its own of a file whose bytes the archive had already."""
    answer = _change(lambda session: uploads.take_separately(session, upload_id, _login()))
    current_archive().receiving.tell()
    return answer


@blueprint.post("/staff/uploads/<upload_id>/remove")
@for_role(Role.STAFF)
def remove(upload_id: str) -> Response:
    """Take a row from the list; documents that were made of it stay."""
    try:
        current_archive().receiving.remove(upload_id, _login())
    except NotFound:
        pass  # somebody else was first
    return _back()


def _take_one(file: FileStorage, batch: str) -> None:
    stream = file.stream
    stream.seek(0, 2)
    size_bytes = stream.tell()
    stream.seek(0)
    new = NewUpload(
        login=_login(), filename=file.filename or "", size_bytes=size_bytes, batch=batch, target=_target()
    )
    current_archive().receiving.take_whole(new, stream)


def _retry(session: Session, document_id: str) -> list[str]:
    retried = retry(session, [document_id], _login())
    readings.forget_reading(session, document_id)
    return [version.version_id for version in retried]


def _change(change: Callable[[Session], object]) -> Response:
    try:
        with current_archive().database.write() as session, recording(session, current_author()):
            change(session)
    except (InputError, NotFound) as error:
        return _back(message_text(error.message))
    return _back()


def _back(refusal: str = "") -> Response:
    """Go back to the page that the form was on; what was refused is told on a page of its own."""
    if refusal:
        return make_response(_page(refusal), InputError.status)
    return make_response(redirect(place_of(_target()), 303))


def _page(refusal: str = "") -> str:
    with current_archive().database.read() as session:
        area = upload_area(session, _target(), refusal)
    return render_template("uploads/rows.html", area=area)


def _target() -> UploadTarget:
    return UploadTarget(*((request.values.get(name, "") or None) for name in ("event", "talk", "document")))


def _login() -> str:
    return current_account().account.login


@blueprint.route("/staff/uploads", methods=["OPTIONS"])
@for_role(Role.STAFF)
@by_tus
def abilities() -> Response:
    """Say what of the protocol there is."""
    return tus.abilities()


@blueprint.post("/staff/uploads")
@for_role(Role.STAFF)
@by_tus
def begin() -> Response:
    """Begin an upload: `Upload-Length` bytes, described by `Upload-Metadata`."""
    given = tus.metadata(request.headers.get("Upload-Metadata", ""))
    upload = current_archive().receiving.begin(_new_upload(given, tus.number("Upload-Length")))
    return tus.begun(upload, url_for("upload_forms.progress", upload_id=upload.id))


@blueprint.route("/staff/uploads/<upload_id>", methods=["HEAD"], provide_automatic_options=False)
@for_role(Role.STAFF)
@by_tus
def progress(upload_id: str) -> Response:
    """Say how many bytes are safely here."""
    return tus.progress(upload_id, _login())


@blueprint.patch("/staff/uploads/<upload_id>")
@for_role(Role.STAFF)
@by_tus
def take_piece(upload_id: str) -> Response:
    """Take a piece that begins at `Upload-Offset`; what is acknowledged is on the disk."""
    return tus.take_piece(upload_id, _login())


@blueprint.delete("/staff/uploads/<upload_id>")
@for_role(Role.STAFF)
@by_tus
def end(upload_id: str) -> Response:
    """End an upload; what came of it is deleted, documents that were made of it stay."""
    return tus.end(upload_id, _login())


def _new_upload(given: dict[str, str], size_bytes: int) -> NewUpload:
    sha256 = given.get("sha256", "").lower()
    return NewUpload(
        login=_login(),
        filename=given.get("filename", ""),
        size_bytes=size_bytes,
        folder=given.get("folder", ""),
        batch=given.get("batch", ""),
        sha256=sha256 if is_sha256(sha256) else "",
        target=UploadTarget(
            given.get("event") or None, given.get("talk") or None, given.get("document") or None
        ),
        is_separate=given.get("separate") == "1",
    )
