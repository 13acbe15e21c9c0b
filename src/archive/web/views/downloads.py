"""The hits of a question to take along: the page that offers the formats, and each of the files."""

from flask import Blueprint, Response, make_response, render_template, request

from archive.citations.item import Wording
from archive.downloads.downloading import Wanted, format_named
from archive.search.filters import filters_of, refuse_unknown
from archive.search.question import SHOWN_FACETS, Question
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import current_language
from archive.web.http.sending import save_as
from archive.web.http.signed_in import client, signed_in
from archive.web.http.streaming import current_connection
from archive.web.presenters import addresses
from archive.web.presenters.hit_downloads import file_name, offers, record_site, whole_address

blueprint = Blueprint("downloads", __name__)

_NOT_FOR_ROBOTS = "noindex, nofollow"
_SANDBOX = "sandbox; default-src 'none'"


@blueprint.get("/download")
def choose() -> Response:
    """Offer the hits of a question in all formats."""
    question = _question()
    page_count, talk_count = current_archive().downloads.totals(question, current_visitor())
    page = render_template(
        "downloads/choose.html",
        question=question,
        page_count=page_count,
        talk_count=talk_count,
        offers=offers(question) if page_count else (),
        back=addresses.address_of(question) if addresses.is_search(question) else "",
        licence=current_archive().settings.downloads.licence,
    )
    response = make_response(page)
    response.headers["X-Robots-Tag"] = _NOT_FOR_ROBOTS
    return response


@blueprint.get("/download/<file_format>")
def hits(file_format: str) -> Response:
    """Send the hits of a question as a file, made while it is sent."""
    archive, question = current_archive(), _question()
    chosen = format_named(file_format)
    _refuse_filters()
    response = Response(mimetype=chosen.media_type)
    response.direct_passthrough = True
    response.automatically_set_content_length = False  # HEAD has no bytes, but the file does
    save_as(response, file_name(question, chosen.suffix))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = _NOT_FOR_ROBOTS
    response.headers["Content-Security-Policy"] = _SANDBOX
    if request.method == "GET":
        connection = current_connection()
        connection.keep_pace()
        response.response = archive.downloads.begin(_wanted(question, file_format), connection.has_left)
    return response


def _refuse_filters() -> None:
    """Raise FilterUnusable or FilterUnknown: who asks for a file is told, and gets no empty one."""
    given = [(name, value) for name, value in request.args.items(multi=True) if name in SHOWN_FACETS]
    with current_archive().database.read() as session:
        refuse_unknown(session, filters_of(given), current_visitor().rank)


def _question() -> Question:
    return addresses.with_page(addresses.request_question(), 1)


def _wanted(question: Question, file_format: str) -> Wanted:
    found = signed_in()
    return Wanted(
        question,
        current_visitor(),
        file_format,
        whole_address(question),
        record_site(),
        Wording(current_language()),
        asks=found.account.id if found else client().address,
        has_account=found is not None,
    )
