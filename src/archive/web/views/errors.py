"""Error pages for people, problem+json for machines. No exception's own text leaves the server."""

import logging
import re
from http import HTTPStatus

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestedRangeNotSatisfiable
from werkzeug.routing import RequestRedirect

from archive.errors import (
    ArchiveError,
    CatalogueUnavailable,
    FormatMissing,
    IndexUnusable,
    NotSignedIn,
    SearchAway,
    StorageAway,
    StorageRefused,
    TokenUnusable,
    TooMany,
)
from archive.web.http.context import current_archive, request_reference
from archive.web.http.language import gettext
from archive.web.http.security import METHODS
from archive.web.presenters.account_texts import page_to_return_to
from archive.web.presenters.api.answers import ProblemAnswer, json_response
from archive.web.presenters.error_texts import error_text

_LOG = logging.getLogger("archive.web")
_RETRY_S = 30
# Who has the address of a link has what it opens: no log keeps it.
_SECRET = re.compile(r"/(link|speaker)/[^/]+")
_MACHINE_PATHS = ("/api/", "/healthz")
_MACHINE_FILES = (".atom", ".ics", ".xml")


def install(app: Flask) -> None:
    """Answer every error with a page or an object of the archive's own."""
    app.register_error_handler(ArchiveError, _archive_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _archive_error(error: ArchiveError) -> Response:
    is_page = request.method in METHODS and not _is_for_machines()
    if isinstance(error, NotSignedIn) and is_page:
        return make_response(redirect(url_for("sign_in.form", next=page_to_return_to()), 303))
    if isinstance(error, FormatMissing):
        return _answer(error.status, error.code, error.message)
    if isinstance(error, TooMany):
        response = _answer(error.status, error.code, error.message)
        response.headers["Retry-After"] = str(error.wait_s)
        return response
    if isinstance(error, IndexUnusable):
        current_archive().indexer.doubt(error)
        return _answer(error.status, error.code, "Search does not work just now. Try again in a moment.")
    if isinstance(error, CatalogueUnavailable):  # what staff are to do stands in the log
        _LOG.error("Request failed: %s %s: %s", request.method, request.path, error.message)
        return _answer(
            error.status, error.code, "The archive does not answer just now. Try again in a moment."
        )
    if isinstance(error, SearchAway):
        return _answer(error.status, error.code, "Search is away just now. Documents can be read as always.")
    if isinstance(error, StorageAway | StorageRefused):
        _LOG.error("A request needed the storage of files: %s", error.message)
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, StorageAway.code, "Files cannot be had just now.")
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
        response.headers["Allow"] = ", ".join(sorted(set(error.valid_methods or METHODS) - {"OPTIONS"}))
    if isinstance(error, RequestedRangeNotSatisfiable):
        response.headers["Content-Range"] = f"bytes */{error.length}"
    return response


_HTTP_CODES = {404: "not_found", 405: "bad_method", 410: "gone", 413: "too_large", 416: "bad_range"}


def _unexpected(error: Exception) -> Response:
    return _logged(error, HTTPStatus.INTERNAL_SERVER_ERROR, "internal")


def _logged(error: Exception, status: int, code: str) -> Response:
    """Answer with a reference that finds the traceback in the log."""
    reference = request_reference()
    path = _SECRET.sub(r"/\1/…", request.path)
    _LOG.error("Request failed, reference %s: %s %s", reference, request.method, path, exc_info=error)
    return _answer(status, code, f"Something went wrong on our side. Reference: {reference}.", reference)


def _answer(status: int, code: str, detail: str, reference: str = "") -> Response:
    response = _body(status, code, detail, reference)
    if status == HTTPStatus.UNAUTHORIZED:  # which has to say how one may prove who one is (RFC 9110, 15.5.2)
        error = ', error="invalid_token"' if code == TokenUnusable.code else ""
        response.headers["WWW-Authenticate"] = f'Bearer realm="archive"{error}'
    return response


def _body(status: int, code: str, detail: str, reference: str) -> Response:
    if _is_for_machines():
        title = HTTPStatus(status).phrase
        problem = ProblemAnswer(title=title, status=status, code=code, detail=detail)
        return json_response(problem, status, "application/problem+json")
    title, text = error_text(code, status, detail)
    page = render_template(
        "errors/error.html",
        title=title,
        text=text,
        status=status,
        reference=reference,
        label=gettext("Fel %(status)d", status=status),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(_RETRY_S)
    return response


def _is_for_machines() -> bool:
    """Return whether what was asked for is read by programs, so that its errors are, too."""
    return request.path.startswith(_MACHINE_PATHS) or request.path.endswith(_MACHINE_FILES)
