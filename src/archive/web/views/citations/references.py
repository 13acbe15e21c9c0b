"""References to a talk, a document, a slide: in every style on a page, in every format as a file."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, render_template, url_for

from archive.citations.formats import FORMATS, Format
from archive.citations.item import CitedItem
from archive.citations.named import format_or_style
from archive.citations.reading import CitedRef
from archive.citations.styles import STYLES, reference
from archive.errors import NotFound
from archive.web.citing.asked import cited_item, item_path
from archive.web.citing.bibliography import text_response
from archive.web.citing.negotiation import citation_response
from archive.web.http.context import current_archive, visible_record
from archive.web.http.language import address_in, current_language
from archive.web.presenters.addresses import number_in

blueprint = Blueprint("citations", __name__)

_OTHER_LANGUAGE = {"sv": "en", "en": "sv"}


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A reference in a style, in the language of the page and in the other one."""

    name: str
    title: str
    text: str
    other_text: str


@blueprint.get("/d/<document_id>/cite")
def document(document_id: str) -> str:
    """Show how a document is cited."""
    return _page(CitedRef(document_id))


@blueprint.get("/d/<document_id>/cite/<format_name>")
def document_file(document_id: str, format_name: str) -> Response:
    """Send a document's record for reference programs, or its reference in a style."""
    return _file(CitedRef(document_id), format_name)


@blueprint.get("/d/<document_id>/v<version>/<number>/cite")
def slide(document_id: str, version: str, number: str) -> str:
    """Show how a slide is cited, with the address of its version."""
    return _page(_slide_ref(document_id, version, number))


@blueprint.get("/d/<document_id>/v<version>/<number>/cite/<format_name>")
def slide_file(document_id: str, version: str, number: str, format_name: str) -> Response:
    """Send a slide's record for reference programs, or its reference in a style."""
    return _file(_slide_ref(document_id, version, number), format_name)


@blueprint.get("/t/<talk_id>/cite")
def talk(talk_id: str) -> str:
    """Show how a talk is cited."""
    return _page(CitedRef(talk_id=talk_id))


@blueprint.get("/t/<talk_id>/cite/<format_name>")
def talk_file(talk_id: str, format_name: str) -> Response:
    """Send a talk's record for reference programs, or its reference in a style."""
    return _file(CitedRef(talk_id=talk_id), format_name)


def cite_address(item: CitedItem) -> str:
    """Return the path of the page on which an item is cited, in the visitor's language."""
    return f"{url_for('search.index').rstrip('/')}{item_path(item)}/cite"


def _slide_ref(document_id: str, version: str, number: str) -> CitedRef:
    ref = CitedRef(document_id, number_in(number), number_in(version))
    if not ref.number or not ref.version:
        raise NotFound("There is no such slide.")
    return ref


def _item(ref: CitedRef) -> CitedItem:
    with current_archive().database.read() as session:
        if ref.document_id:
            visible_record(session, ref.document_id)  # tells what was withdrawn from what never was
        return cited_item(session, ref)


def _page(ref: CitedRef) -> str:
    item = _item(ref)
    language = current_language()
    lines = [
        ReferenceLine(
            style.name,
            style.title,
            reference(item, style, language),
            reference(item, style, _OTHER_LANGUAGE[language]),
        )
        for style in STYLES.values()
    ]
    return render_template(
        "citations/references.html",
        item=item,
        lines=lines,
        files=[(one, one.text([item])) for one in FORMATS.values()],
        address=cite_address(item),
        other_address=address_in(_OTHER_LANGUAGE[language]).partition("?")[0].rstrip("/"),
        way_back=cite_address(item).removesuffix("/cite"),
        other_language=_OTHER_LANGUAGE[language],
    )


def _file(ref: CitedRef, format_name: str) -> Response:
    item = _item(ref)  # first: a record that is not for the visitor is as unknown as none
    one = format_or_style(format_name)
    if isinstance(one, Format):
        response, name = citation_response(one.text([item]), one), f"{item.key}{one.suffix}"
    else:
        text = reference(item, one, current_language())
        response, name = text_response(text, HTTPStatus.OK, "text/plain"), f"{item.key}-{one.name}.txt"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
