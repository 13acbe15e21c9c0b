"""What is made of a basket when a visitor asks for it: a PDF, a deck, the citations of its slides."""

import hashlib
from contextlib import ExitStack
from http import HTTPStatus
from typing import BinaryIO

from flask import Blueprint, Response, request

from archive.baskets.basket import Basket, gathered
from archive.baskets.citing import basket_sources, cited, references
from archive.baskets.refs import parsed
from archive.baskets.sources import BasketSources
from archive.citations.formats import CitationFormat
from archive.citations.named import format_or_style
from archive.errors import NotFound
from archive.ingest.filetypes.media_types import PDF, PPTX
from archive.web.citing.asked import current_citing
from archive.web.http.context import current_archive, current_baskets, current_visitor
from archive.web.http.language import gettext
from archive.web.http.sending import file_response
from archive.web.views.baskets.page import deck_form_of

blueprint = Blueprint("basket_files", __name__)

_REVALIDATE = "private, no-cache"
_READ_BYTES = 1024 * 1024
_SANDBOX = "sandbox; default-src 'none'"


@blueprint.get("/basket/slides.pdf")
def pdf() -> Response:
    """Send the slides that `s` names as one PDF."""
    basket, sources = _asked_for()
    return _sent(current_baskets().pdf(basket, sources), PDF)


@blueprint.get("/basket/slides.pptx")
def deck() -> Response:
    """Send the slides that `s` names as a deck: their own deck cut down, or their pictures."""
    basket, sources = _asked_for()
    form = deck_form_of(basket)
    if form is None:
        raise NotFound("None of these slides can be put into a deck.")
    return _sent(current_baskets().deck(basket, sources, form), PPTX)


@blueprint.get("/basket/sources/<name>")
def sources(name: str) -> Response:
    """Send the citations of the slides that `s` names: in a format (BibTeX, RIS …), or as text in a style."""
    chosen = format_or_style(name)
    refs = parsed(request.args.get("s", ""))
    with current_archive().database.read() as session:
        basket = gathered(session, refs, current_visitor())
        items = cited(session, basket, current_citing())
    if not items:
        raise NotFound("None of these slides is in the archive.")
    if isinstance(chosen, CitationFormat):
        text, media_type, suffix = chosen.text(items), chosen.media_type, chosen.suffix
    else:
        lines = references(items, chosen, current_citing())
        text, media_type, suffix = "".join(f"{line}\n\n" for line in lines), "text/plain", ".txt"
    response = Response(text, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{_file_name()}{suffix}")
    response.headers["Cache-Control"] = _REVALIDATE
    return response


def _asked_for() -> tuple[Basket, BasketSources]:
    """Return the basket that the request names, and its sources. Raises NotFound where nothing is in it."""
    refs = parsed(request.args.get("s", ""))
    with current_archive().database.read() as session:
        basket = gathered(session, refs, current_visitor())
        if not basket.slides:
            raise NotFound("None of these slides is in the archive.")
        return basket, basket_sources(session, basket, current_citing())


def _sent(made: BinaryIO, media_type: str) -> Response:
    """Send a new file. Its bytes tell it from others: on a busy machine a page may come as its picture."""
    with ExitStack() as stack:
        stack.callback(made.close)
        digest = _sha256(made)
        suffix = ".pdf" if media_type == PDF else ".pptx"
        response = file_response(made, media_type, digest, f"{_file_name()}{suffix}")
        if response.status_code != HTTPStatus.NOT_MODIFIED:
            stack.pop_all()
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["Cache-Control"] = _REVALIDATE
    return response


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while data := file.read(_READ_BYTES):
        digest.update(data)
    return digest.hexdigest()


def _file_name() -> str:
    return gettext("bildkorg")
