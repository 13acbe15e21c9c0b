"""unAPI 1.0: how Zotero and others fetch the records that a page names (http://unapi.info/specs/)."""

import re
from http import HTTPStatus
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request

from archive.citations.formats import FORMATS
from archive.citations.formats.zotero_rdf import zotero_rdf
from archive.citations.reading import CitedRef
from archive.web.citing.asked import cited_item
from archive.web.http.context import current_archive, visible_record

blueprint = Blueprint("unapi", __name__)

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
