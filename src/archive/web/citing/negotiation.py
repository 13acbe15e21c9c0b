"""The one place where `Accept` chooses: a page for people, or the record in a form for programs.

Whoever has another form to give adds it with `offer` when the application is put together; a view of a record
asks `negotiated` before it makes its page. Every such answer says `Vary: Accept`.
"""

from collections.abc import Callable

from flask import Flask, Response, after_this_request, current_app, request
from werkzeug.datastructures import MIMEAccept

from archive.catalogue.database.sessions import Session
from archive.citations.formats import FORMATS, CitationFormat
from archive.citations.reading import CitedRef
from archive.web.citing.asked import cited_item

_EXTENSION = "archive.negotiation"
_PAGE = "text/html"

Maker = Callable[[Session, CitedRef], Response]
"""Makes the answer for a record that the visitor may see, or raises NotFound or Gone."""


def install(app: Flask) -> None:
    """Let records be asked for in each format of citations."""
    app.extensions[_EXTENSION] = {}
    for one in FORMATS.values():
        if one.media_type not in app.extensions[_EXTENSION]:
            offer(app, one.media_type, _citation_maker(one))


def offer(app: Flask, media_type: str, maker: Maker) -> None:
    """Let records be asked for as another media type. A page is given where both are as welcome."""
    app.extensions[_EXTENSION][media_type] = maker


def negotiated(session: Session, ref: CitedRef) -> Response | None:
    """Return a record in the form that is asked for, None where that is a page."""
    after_this_request(_vary)
    makers: dict[str, Maker] = current_app.extensions[_EXTENSION]
    wanted = _accepted().best_match([_PAGE, *makers], default=_PAGE)
    return None if wanted == _PAGE else makers[wanted](session, ref)


def citation_response(text: str, one: CitationFormat) -> Response:
    """Return records in a format as an answer."""
    response = Response(text, content_type=f"{one.media_type}; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _citation_maker(one: CitationFormat) -> Maker:
    def make(session: Session, ref: CitedRef) -> Response:
        return citation_response(one.text([cited_item(session, ref)]), one)

    return make


def _accepted() -> MIMEAccept:
    """Return what is asked for without parameters: `text/html;level=1` and `…;charset=utf-8` are met, too."""
    return MIMEAccept(
        (value.partition(";")[0].strip(), quality) for value, quality in request.accept_mimetypes
    )


def _vary(response: Response) -> Response:
    response.vary.add("Accept")
    return response
