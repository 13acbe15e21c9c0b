"""Withdraw a document and bring it back; all that is withdrawn, in a list."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue import documents
from archive.catalogue.journal.recording import recording
from archive.errors import Gone, NotFound
from archive.model.accounts import Role
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.signed_in import current_account, for_role

blueprint = Blueprint("withdrawing", __name__)


@blueprint.get("/staff/withdrawn")
@for_role(Role.STAFF)
def index() -> str:
    """List the withdrawn documents, the latest first; the one in `document` stands out."""
    with current_archive().database.read() as session:
        found = [one for one in documents.list_documents(session) if one.withdrawn_at]
    found.sort(key=lambda one: str(one.withdrawn_at), reverse=True)
    done = request.args.get("done", "")
    return render_template(
        "records/withdrawn.html", documents=found, done=done, chosen=request.args.get("document", "")
    )


@blueprint.post("/staff/documents/<document_id>/withdraw")
@for_role(Role.STAFF)
def withdraw(document_id: str) -> Response:
    """Withdraw a document: nobody finds it, its address says that it was here. Twice is once."""
    try:
        with current_archive().database.write() as session, recording(session, current_author()):
            documents.withdraw(session, document_id, current_account().account.login)
    except Gone:
        return _to_list(document_id, "")
    return _to_list(document_id, "withdrawn")


@blueprint.post("/staff/documents/<document_id>/restore")
@for_role(Role.STAFF)
def restore(document_id: str) -> Response:
    """Bring a withdrawn document back, with its address."""
    try:
        with current_archive().database.write() as session, recording(session, current_author()):
            documents.restore(session, document_id, current_account().account.login)
    except NotFound:
        raise NotFound("There is no such document.") from None
    address = url_for("publishing.document", document_id=document_id, done="restored")
    return make_response(redirect(address, 303))


def _to_list(document_id: str, done: str) -> Response:
    address = url_for("withdrawing.index", document=document_id, done=done or None)
    return make_response(redirect(address, 303))
