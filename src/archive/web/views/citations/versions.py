"""What is cited goes on answering: a slide by the version it is of, a talk by its permanent address."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from archive.catalogue import pages, records
from archive.catalogue.citing.cited_records import tombstone_of
from archive.catalogue.citing.old_versions import old_version, visible_numbers
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import events
from archive.catalogue.records import CatalogueRecord
from archive.citations.reading import CitedRef
from archive.errors import Gone, NotFound
from archive.model.documents import Version
from archive.web.citing.negotiation import negotiated
from archive.web.http.context import current_archive, current_visitor, visible_record
from archive.web.http.sending import file_response
from archive.web.presenters.addresses import number_in
from archive.web.presenters.slide_text import sections
from archive.web.presenters.slide_views import shape
from archive.web.views.citations.references import talk as references
from archive.web.views.documents import document as document_page
from archive.web.views.documents import slide as current_slide

blueprint = Blueprint("versions", __name__)


@blueprint.get("/d/<document_id>/v<version>/<number>")
def slide(document_id: str, version: str, number: str) -> ResponseReturnValue:
    """Show a slide of a version; of the one that readers see as its own page does.

    What was withdrawn answers 410 and says what it was.
    """
    try:
        with current_archive().database.read() as session:
            record, shown, wanted = _visible(session, document_id, version, number)
            answer = negotiated(session, CitedRef(document_id, wanted, shown.number))
            if answer is not None:
                return answer
            if shown.id != record.document.version.id:
                return _old_slide(session, record, shown, wanted)
    except Gone:
        return _gone(document_id)
    return current_slide(document_id, str(wanted))


@blueprint.get("/d/<document_id>/v<version>/<number>/picture.webp")
def picture(document_id: str, version: str, number: str) -> Response:
    """Send the large picture of a slide of a version."""
    with current_archive().database.read() as session:
        _, shown, wanted = _visible(session, document_id, version, number)
        found = pages.picture(session, shown.id, wanted)
    if found is None:
        raise NotFound("There is no picture of this slide.")
    response = file_response(
        current_archive().pictures.path(found.large_sha256), "image/webp", found.large_sha256
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _visible(
    session: Session, document_id: str, version: str, number: str
) -> tuple[CatalogueRecord, Version, int]:
    record = visible_record(session, document_id)
    visitor = current_visitor()
    shown = old_version(session, record.document, number_in(version), visitor)
    wanted = number_in(number)
    if wanted not in visible_numbers(session, record.document, shown, visitor):
        raise NotFound("There is no such slide.")
    return record, shown, wanted


def _old_slide(session: Session, record: CatalogueRecord, shown: Version, number: int) -> str:
    page = pages.page(session, shown.id, number)
    picture = pages.picture(session, shown.id, number)
    newer = pages.numbers(session, record.document.version.id, current_visitor())
    nothing = current_archive().search.nothing_to_mark()
    return render_template(
        "citations/old_slide.html",
        record=record,
        version=shown,
        page=page,
        picture=picture,
        shape=shape(picture),
        sections=sections(page, nothing, current_visitor()),
        newer=number if number in newer else 0,
    )


def _gone(document_id: str) -> ResponseReturnValue:
    with current_archive().database.read() as session:
        tombstone = tombstone_of(session, document_id, current_visitor())
    if tombstone is None:
        abort(HTTPStatus.GONE)
    return render_template("citations/gone.html", tombstone=tombstone), HTTPStatus.GONE


@blueprint.get("/t/<talk_id>")
def talk(talk_id: str) -> ResponseReturnValue:
    """Show what there is of a talk, or give its record in the form that is asked for."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        events.talk(session, talk_id, rank)
        answer = negotiated(session, CitedRef(talk_id=talk_id))
        if answer is not None:
            return answer
        documents = records.records_of_talk(session, talk_id, rank)
    return document_page(documents[0].document.id) if documents else references(talk_id)
