"""What others no longer see: documents withdrawn and brought back, with their list, and slides hidden."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue import documents, hidden_pages, pages, records
from archive.catalogue.journal.recording import recording
from archive.errors import Gone, InputError, NotFound
from archive.model.accounts import Role
from archive.model.visibility import Visibility
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.addresses import page_number
from archive.web.presenters.result_controls import page_numbers
from archive.web.presenters.slide_views import slide_views

blueprint = Blueprint("withdrawing", __name__)

_SLIDES_A_PAGE = 60
_NUMBER_MAX = 100_000


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


@blueprint.get("/staff/documents/<document_id>/slides")
@for_role(Role.STAFF)
def slides(document_id: str) -> str:
    """Show the slides with a button at each."""
    archive = current_archive()
    with archive.database.read() as session:
        record = records.record(session, document_id)
        numbers = pages.numbers(session, record.document.version.id, Visibility.STAFF)
        page_count = max(1, -(-len(numbers) // _SLIDES_A_PAGE))
        page = min(page_number(), page_count)
        shown = numbers[(page - 1) * _SLIDES_A_PAGE : page * _SLIDES_A_PAGE]
        slides = slide_views(session, record, shown, archive.search.nothing_to_mark())
        return render_template(
            "records/slides.html",
            record=record,
            slides=slides,
            page=page,
            links=page_numbers(page, page_count) if page_count > 1 else [],
            done=request.args.get("done", ""),
        )


@blueprint.post("/staff/documents/<document_id>/slides")
@for_role(Role.STAFF)
def change_slides(document_id: str) -> Response:
    """Hide or show the slide that the button names ("hide:3")."""
    way, _, text = request.form.get("do", "").partition(":")
    if way not in ("hide", "show") or not text.isdecimal() or int(text[:7]) > _NUMBER_MAX:
        raise InputError("The form has no such button. Load the page again.")
    actor = current_account().account.login
    with current_archive().database.write() as session, recording(session, current_author()):
        hidden_pages.set_hidden(session, document_id, int(text), way == "hide", actor)
    address = url_for(
        "withdrawing.slides",
        document_id=document_id,
        done=way,
        page=request.args.get("page"),
        _anchor=f"slide-{int(text)}",
    )
    return make_response(redirect(address, 303))
