"""References to a talk, a document, a slide: in every style on a page, in every format as a file.

By unAPI 1.0 Zotero and others fetch the records that a page names (http://unapi.info/specs/).
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.citations.formats import FORMATS, CitationFormat
from archive.citations.formats.zotero_rdf import zotero_rdf
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

_ZOTERO = "rdf_zotero"
# The first that Zotero knows is taken; names are those of its own list.
_FORMATS = {
    _ZOTERO: "application/rdf+xml",
    "ris": FORMATS["ris"].media_type,
    "bibtex": FORMATS["bibtex"].media_type,
    "csl-json": FORMATS["csl-json"].media_type,
}
_ID = re.compile(
    r"t/(?P<talk>\w{1,40})|d/(?P<document>\w{1,40})(?:/v(?P<version>[1-9]\d{0,5})/(?P<number>[1-9]\d{0,5}))?",
    re.ASCII,
)


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


@blueprint.get("/d/<document_id>/<number>/cite")
def newest_slide(document_id: str, number: str) -> Response:
    """Lead to how a slide of the newest version is cited, with the address of that version."""
    return _to_newest(document_id, number, "")


@blueprint.get("/d/<document_id>/<number>/cite/<format_name>")
def newest_slide_file(document_id: str, number: str, format_name: str) -> Response:
    """Lead to the file of a slide of the newest version."""
    return _to_newest(document_id, number, format_name)


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


def _to_newest(document_id: str, number: str, format_name: str) -> Response:
    """Lead on with the version that the visitor sees now: 302, as the next version is another."""
    with current_archive().database.read() as session:
        version = visible_record(session, document_id).document.version.number
    ref = _slide_ref(document_id, str(version), number)
    _item(ref)  # a slide that is not for the visitor is as unknown as none
    page = url_for("citations.slide", document_id=document_id, version=version, number=ref.number)
    return make_response(redirect(f"{page}/{format_name}" if format_name else page))


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
    if isinstance(one, CitationFormat):
        response, name = citation_response(one.text([item]), one), f"{item.key}{one.suffix}"
    else:
        text = reference(item, one, current_language())
        response, name = text_response(text, HTTPStatus.OK, "text/plain"), f"{item.key}-{one.name}.txt"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/unapi")
def unapi() -> Response:
    """List the formats, or send a record in one: 300 lists those of a record, 404 and 406 say what lacks."""
    identifier, name = request.args.get("id", ""), request.args.get("format", "")
    if not identifier:
        return _formats("", HTTPStatus.OK if not name else HTTPStatus.BAD_REQUEST)
    ref = _ref(identifier)
    if ref is None:
        return _said(HTTPStatus.NOT_FOUND, "There is no record with this id.")
    with current_archive().database.read() as session:
        if ref.document_id:
            visible_record(session, ref.document_id)
        item = cited_item(session, ref)
    if not name:
        return _formats(identifier, HTTPStatus.MULTIPLE_CHOICES)
    if name not in _FORMATS:
        return _said(HTTPStatus.NOT_ACCEPTABLE, f"There is no format of that name: {', '.join(_FORMATS)}.")
    text = zotero_rdf([item]) if name == _ZOTERO else FORMATS[name].text([item])
    return _answer(text, HTTPStatus.OK, _FORMATS[name])


def _ref(identifier: str) -> CitedRef | None:
    found = _ID.fullmatch(identifier)
    if found is None:
        return None
    if found["talk"]:
        return CitedRef(talk_id=found["talk"])
    return CitedRef(found["document"], int(found["number"] or 0), int(found["version"] or 0))


def _formats(identifier: str, status: HTTPStatus) -> Response:
    root = ET.Element("formats", {"id": identifier} if identifier else {})
    for name, media_type in _FORMATS.items():
        ET.SubElement(root, "format", {"name": name, "type": media_type})
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")
    return _answer(text, status, "application/xml")


def _said(status: HTTPStatus, text: str) -> Response:
    return _answer(f"{text}\n", status, "text/plain")


def _answer(text: str, status: HTTPStatus, media_type: str) -> Response:
    response = Response(text, status, content_type=f"{media_type}; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    return response
