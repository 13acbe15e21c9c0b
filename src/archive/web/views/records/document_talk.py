"""Which talk a document belongs to: found by words, chosen from a list, or none."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue import records
from archive.catalogue.database.sessions import Session
from archive.catalogue.editing import documents, talks
from archive.catalogue.editing.listed import ListedRecord
from archive.catalogue.events.names import name_key
from archive.catalogue.journal.recording import recording
from archive.errors import ChangedMeanwhile, RecordRefused
from archive.model.accounts import Role
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.language import gettext, message_text
from archive.web.http.signed_in import current_account, for_role

blueprint = Blueprint("document_talks", __name__)

_ROWS_MAX = 100


@blueprint.get("/staff/documents/<document_id>/talk")
@for_role(Role.STAFF)
def index(document_id: str) -> Response:
    """List talks to choose from; `find` narrows them to those with some words."""
    return _page(document_id)


@blueprint.post("/staff/documents/<document_id>/talk")
@for_role(Role.STAFF)
def choose(document_id: str) -> Response:
    """Let the document belong to the talk that was chosen, and be in its event; "" is none."""
    chosen = request.form.get("talk", "")
    try:
        with current_archive().database.write() as session, recording(session, current_author()):
            known = documents.known(session, document_id)
            if known.talk not in (chosen, request.form.get("was", "")):
                return _page(document_id, _chosen_meanwhile(), ChangedMeanwhile.status)
            fields = replace(known, talk=chosen)
            documents.change(session, document_id, fields, current_account().account.login)
    except RecordRefused as error:
        return _page(document_id, message_text(error.message), error.status)
    address = url_for("publishing.document", document_id=document_id, done="talk")
    return make_response(redirect(address, 303))


def _chosen_meanwhile() -> str:
    return gettext("Någon annan har valt ett annat föredrag under tiden. Se vilket och välj igen.")


def _page(document_id: str, refusal: str = "", status: int = 200) -> Response:
    wanted = request.values.get("find", "")[:200]
    with current_archive().database.read() as session:
        documents.known(session, document_id)  # raises for one that is not there
        record = records.record(session, document_id)
        event_id = record.event.id if record.event else ""
        found = _found(session, wanted, event_id)
    page = render_template(
        "records/document_talk.html",
        record=record,
        talks=found[:_ROWS_MAX],
        talk_count=len(found),
        wanted=wanted,
        refusal=refusal,
    )
    return make_response(page, status)


def _found(session: Session, wanted: str, event_id: str) -> Sequence[ListedRecord]:
    """Return the talks with these words; without any, those of the document's own event, else all."""
    if not wanted.strip() and event_id:
        return talks.listed(session, event_id)
    words = name_key(wanted).split()
    return [
        one
        for one in talks.listed(session)
        if all(word in name_key(" ".join((one.title, *one.about))) for word in words)
    ]
