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
    if isinstance(error, TooMany):
        response = _answer(error.status, error.code, error.message)
        response.headers["Retry-After"] = str(error.wait_s)
        return response
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
    title, text = error_text(code, status)
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


def error_text(code: str, status: int) -> tuple[str, str]:
    """Return heading and text of an error page in the visitor's language."""
    known = _known_texts()
    if code in known:
        heading, text = known[code]
    elif status < HTTPStatus.INTERNAL_SERVER_ERROR:
        heading = gettext("Förfrågan gick inte att förstå")
        text = gettext("Kontrollera adressen och försök igen.")
    else:
        heading = gettext("Något gick fel hos oss")
        text = gettext("Felet är noterat. Försök igen om en stund; hör av dig om det händer igen.")
    return str(heading), str(text)


def _known_texts() -> dict[str, tuple[str, str]]:
    return _texts_of_rights() | _texts_of_parts() | _texts_of_addresses() | _texts_of_baskets()


def _texts_of_parts() -> dict[str, tuple[str, str]]:
    """Return what is said where a part of the archive does not work just now."""
    mended = (
        gettext("Sökningen fungerar inte just nu"),
        gettext("Den lagas av sig själv. Ladda om sidan om en stund; dokumenten finns kvar."),
    )
    busy = (
        gettext("Arkivet är upptaget just nu"),
        gettext("Vänta en stund och ladda sedan om sidan."),
    )
    away = (
        gettext("Det går inte att söka just nu"),
        gettext("Dokument och evenemang går att läsa som vanligt. Försök att söka igen om en stund."),
    )
    return {
        "index": mended,
        "index_outdated": mended,
        "busy": busy,
        "catalogue_unavailable": busy,
        "search_away": away,
        "search_refused": away,
        "storage_away": (
            gettext("Filen går inte att hämta just nu"),
            gettext(
                "Tjänsten där arkivets filer ligger svarar inte. "
                "Sök och läs som vanligt; försök igen om en stund."
            ),
        ),
        "format_missing": (
            gettext("Det går inte här"),
            gettext("En del av arkivet som behövs för det är inte installerad. Välj ett annat format."),
        ),
        "picture": (
            gettext("Det gick inte att göra en PDF"),
            gettext("Spara bilden som den är eller ladda ner originalet i stället."),
        ),
    }


def _texts_of_addresses() -> dict[str, tuple[str, str]]:
    """Return what is said of an address, or a request, that leads to nothing."""
    return {
        "not_found": (
            gettext("Sidan finns inte"),
            gettext("Adressen leder inte till något i arkivet. Sök efter det du vill hitta i rutan ovan."),
        ),
        "gone": (
            gettext("Dokumentet är borttaget"),
            gettext("Det fanns i arkivet men har dragits tillbaka."),
        ),
        "unknown_talk_link": (
            gettext("Länken går inte att använda"),
            gettext("Se efter att hela länken är med. Hjälper inte det, be den som gav dig den om en ny."),
        ),
        "ended_talk_link": (
            gettext("Länken gäller inte längre"),
            gettext("Be den som gav dig länken om en ny. Det du har skickat finns kvar hos personalen."),
        ),
        "bad_host": (
            gettext("Fel adress"),
            gettext("Den här webbplatsen svarar inte på det värdnamnet. Kontrollera adressen."),
        ),
        "bad_method": (
            gettext("Det går inte"),
            gettext("Sidan kan bara läsas, inte ändras."),
        ),
        "bad_range": (
            gettext("Den delen finns inte"),
            gettext("Filen är kortare än den del som efterfrågades."),
        ),
        "too_large": (
            gettext("För mycket på en gång"),
            gettext("Förfrågan är större än webbplatsen tar emot."),
        ),
    }


def _texts_of_baskets() -> dict[str, tuple[str, str]]:
    return {
        "basket_too_large": (
            gettext("Så många bilder ryms inte i korgen"),
            gettext("En korg rymmer högst 40 bilder. Ta bort några, eller gör två korgar."),
        ),
        "bad_slide_address": (
            gettext("Adressen leder inte till någon bild"),
            gettext("Kopiera hela adressen till bildens egen sida, eller hela adressen till korgen."),
        ),
    }


def _texts_of_rights() -> dict[str, tuple[str, str]]:
    return {
        "not_allowed": (
            gettext("Det får du inte göra"),
            gettext("Ditt konto har inte den rätten. Fråga den som sköter arkivet."),
        ),
        "not_signed_in": (
            gettext("Logga in först"),
            gettext("Sidan är för den som har loggat in."),
        ),
        "bad_token": (
            gettext("Nyckeln går inte att använda"),
            gettext("Den är fel, för gammal eller avslutad. Skapa en ny på sidan för ditt konto."),
        ),
        "bad_link": (
            gettext("Länken går inte att använda"),
            gettext("Den är redan använd, för gammal eller inte hel. Be om en ny av den som sköter arkivet."),
        ),
        "foreign_request": (
            gettext("Formuläret gick inte att ta emot"),
            gettext("Det kom från en annan webbplats, eller så är sidan för gammal. Ladda om den."),
        ),
        "too_many": (
            gettext("För många försök"),
            gettext("Vänta en stund och försök igen."),
        ),
    }
