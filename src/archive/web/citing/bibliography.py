"""A reference as text by `Accept: text/x-bibliography; style=apa; locale=sv-SE`, as DOI resolvers have it."""

from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.http import parse_options_header

from archive.catalogue.database.sessions import Session
from archive.citations.reading import CitedRef
from archive.citations.styles import STYLES, reference
from archive.web.citing.asked import cited_item
from archive.web.citing.negotiation import offer
from archive.web.http.language import LANGUAGES, current_language

_MEDIA_TYPE = "text/x-bibliography"


def install(app: Flask) -> None:
    """Let records be asked for as a reference in a style; APA where none is named."""
    offer(app, _MEDIA_TYPE, _make)


def _make(session: Session, ref: CitedRef) -> Response:
    asked = _asked()
    name = asked.get("style", "apa").casefold()
    language = asked.get("locale", "").partition("-")[0].casefold()
    item = cited_item(session, ref)
    if name not in STYLES:
        told = f"There is no style of that name: {', '.join(STYLES)}."
        return text_response(told, HTTPStatus.NOT_ACCEPTABLE, "text/plain")
    spoken = language if language in LANGUAGES else current_language()
    return text_response(reference(item, STYLES[name], spoken), HTTPStatus.OK, _MEDIA_TYPE)


def _asked() -> dict[str, str]:
    """Return the parameters of the media type as it was asked for."""
    found = (parse_options_header(value) for value, _ in request.accept_mimetypes)
    return next((given for name, given in found if name.casefold() == _MEDIA_TYPE), {})


def text_response(text: str, status: HTTPStatus, media_type: str) -> Response:
    """Return a text as an answer; it ends with its line."""
    response = Response(f"{text}\n", status, content_type=f"{media_type}; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    return response
