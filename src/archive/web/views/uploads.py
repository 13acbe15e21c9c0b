"""Files that staff send in pieces: what each address answers is in `submitting/tus.py`."""

from flask import Blueprint, Response, request, url_for

from archive.model.accounts import Role
from archive.model.uploads import NewUpload, UploadTarget
from archive.web.http.context import current_archive
from archive.web.http.signed_in import current_account, for_role
from archive.web.views.submitting import tus
from archive.web.views.submitting.tus import by_tus, is_sha256

blueprint = Blueprint("uploads", __name__)


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
    return tus.begun(upload, url_for("uploads.progress", upload_id=upload.id))


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


def _login() -> str:
    return current_account().account.login
