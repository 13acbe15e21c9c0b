"""The page of a document with all its slides, and the page of one slide."""

from collections.abc import Collection, Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.events.films import films_of_talk
from archive.catalogue.journal.recording import recording
from archive.catalogue.publishing.original_access import set_original_access
from archive.catalogue.records import CatalogueRecord
from archive.citations.reading import CitedRef
from archive.errors import InputError, NotFound, SearchAway
from archive.model.accounts import Role
from archive.model.pages import Page
from archive.model.uploads import UploadTarget
from archive.model.visibility import OriginalsPolicy
from archive.search.question import Question
from archive.search.results import SimilarSlide
from archive.web.citing.negotiation import negotiated
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive, current_visitor, visible_record
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.addresses import is_widened, number_in, page_number, query_text
from archive.web.presenters.document_views import ShownQuery, document_view, slide_page
from archive.web.presenters.reuse.copies import deck_reuse, slide_copies
from archive.web.views.upload_areas import upload_area

blueprint = Blueprint("documents", __name__)

_NOT_FOUND = 404


@blueprint.get("/d/<document_id>")
def document(document_id: str) -> str | Response:
    """Show a document: what it is, who spoke, and its slides; with `q` those that match."""
    with current_archive().database.read() as session:
        record = visible_record(session, document_id)
        if (answer := negotiated(session, CitedRef(document_id))) is not None:
            return answer
        query = _query(session, document_id)
        numbers = _visible_numbers(session, record)
        show = request.args.get("show", "")
        view = document_view(session, record, query, numbers, show, page_number())
        area = upload_area(session, UploadTarget(document_id=document_id))
        films = films_of_talk(session, record.talk.id) if record.talk else ()
        reuse = deck_reuse(session, record, numbers)
        return render_template("documents/document.html", view=view, area=area, films=films, reuse=reuse)


@blueprint.get("/d/<document_id>/<number>")
def slide(document_id: str, number: str) -> str | tuple[str, int] | Response:
    """Show one slide: its picture with the words of `q` marked, its text, and links to its neighbours.

    A number that the document does not have gives a page (404) that leads to the slides there are.
    """
    with current_archive().database.read() as session:
        record = visible_record(session, document_id)
        numbers = _visible_numbers(session, record)
        wanted = number_in(number)
        if wanted not in numbers:
            page = render_template(
                "documents/no_slide.html", record=record, text=query_text(), numbers=numbers
            )
            return page, _NOT_FOUND
        if (answer := negotiated(session, CitedRef(document_id, wanted))) is not None:
            return answer
        same, found = slide_copies(session, record, wanted, request.args.get("same") == "all")
        similar = _similar(session, record, wanted, {copy.group for copy in found.copies})
        view = slide_page(session, record, _query(session, document_id), numbers, wanted, similar)
        is_marked = request.args.get("marks") != "off"
        return render_template("documents/slide.html", view=view, is_marked=is_marked, same=same)


@blueprint.post("/d/<document_id>/original-access")
@for_role(Role.STAFF)
def choose_original_access(document_id: str) -> Response:
    """Set who gets the originals of a document; "" for what the setting says."""
    chosen = request.form.get("access", "")
    try:
        access = OriginalsPolicy(chosen) if chosen else None
    except ValueError:
        raise InputError("Choose who gets the original.") from None
    with current_archive().database.write() as session, recording(session, current_author()):
        visible_record(session, document_id)
        set_original_access(session, document_id, access, current_account().account.login)
    address = url_for("documents.document", document_id=document_id, _anchor="original-access")
    return make_response(redirect(address, 303))


def visible_page(session: Session, record: CatalogueRecord, number: int) -> Page:
    """Return a page that the visitor may see.

    Raises:
        NotFound: there is no such page, or it is hidden from the visitor (the two cannot be told apart).
    """
    if number not in _visible_numbers(session, record):
        raise NotFound("There is no such slide.")
    return pages.page(session, record.document.version.id, number)


def _query(session: Session, document_id: str) -> ShownQuery:
    """Return the query of the request, with the slides of the document that match it.

    Where search is away, the document is shown as if nothing had been asked for.
    """
    question = Question(query_text(), widen=is_widened())
    service = current_archive().search
    try:
        matches = service.understand(session, question, current_visitor()).in_document(document_id)
    except SearchAway:
        return ShownQuery("", service.nothing_to_mark(), ())
    return ShownQuery(question.text, matches.matcher, matches.pages)


def _similar(
    session: Session, record: CatalogueRecord, number: int, shown_groups: Collection[str]
) -> tuple[SimilarSlide, ...]:
    """Return slides of other talks that say much the same as one slide; none where search is away.

    Talks of `shown_groups` have the same slide, which is shown already: nothing stands there twice.
    """
    try:
        return current_archive().search.similar(session, record, number, current_visitor(), shown_groups)
    except SearchAway:
        return ()


def _visible_numbers(session: Session, record: CatalogueRecord) -> Sequence[int]:
    return pages.numbers(session, record.document.version.id, current_visitor())
