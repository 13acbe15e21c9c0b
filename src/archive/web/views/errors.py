"""Error pages for people, problem+json for machines. No exception's text ever leaves the server."""

import logging
import secrets
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from archive.errors import ArchiveError
from archive.web.http.language import gettext
from archive.web.views.api import json_response
from archive.web.views.api_models import ProblemAnswer
from archive.web.views.error_texts import error_text

_LOG = logging.getLogger("archive.web")
_MACHINE_PATHS = ("/api/", "/healthz")


def install(app: Flask) -> None:
    """Answer every error in our own words."""
    app.register_error_handler(ArchiveError, _archive_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _archive_error(error: ArchiveError) -> Response:
    if error.status < HTTPStatus.INTERNAL_SERVER_ERROR or error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return _answer(error.status, error.code, error.message)
    return _logged(error, error.status, error.code)


def _http_error(error: HTTPException) -> Response:
    if isinstance(error, RequestRedirect) or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response(request.environ))
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _logged(error, error.code, "internal")
    code = _HTTP_CODES.get(error.code, "bad_input")
    response = _answer(error.code, code, HTTPStatus(error.code).description or HTTPStatus(error.code).phrase)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = "GET, HEAD"
    return response


_HTTP_CODES = {404: "not_found", 405: "bad_method", 410: "gone", 413: "too_large", 416: "bad_range"}


def _unexpected(error: Exception) -> Response:
    return _logged(error, HTTPStatus.INTERNAL_SERVER_ERROR, "internal")


def _logged(error: Exception, status: int, code: str) -> Response:
    """Answer with a reference that finds the traceback in the log."""
    reference = secrets.token_hex(4)
    _LOG.error("Request failed, reference %s: %s %s", reference, request.method, request.path, exc_info=error)
    return _answer(status, code, f"Something went wrong on our side. Reference: {reference}.", reference)


def _answer(status: int, code: str, detail: str, reference: str = "") -> Response:
    if request.path.startswith(_MACHINE_PATHS):
        title = HTTPStatus(status).phrase
        problem = ProblemAnswer(title=title, status=status, code=code, detail=detail)
        return json_response(problem, status, "application/problem+json")
    title, text = error_text(code, status)
    page = render_template(
        "error.html",
        title=title,
        text=text,
        status=status,
        reference=reference,
        label=gettext("Fel %(status)d", status=status),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
