"""RDF as Zotero writes and reads it itself: nothing is guessed, so that what is saved is what was said.

Speakers stand in `z:presenters`: from `dc:creator` Zotero makes none of a presentation. No day of access is
given: Zotero would take it for the date of what has none, and notes its own.
"""

from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as ET

from archive.citations.formats.one_line import one_line
from archive.citations.item import CitedItem, CitedKind, CitedName

_BIB: Final = "http://purl.org/net/biblio#"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_VCARD: Final = "http://nwalsh.com/rdf/vCard#"
_Z: Final = "http://www.zotero.org/namespaces/export#"
_PREFIXES = {
    "bib": _BIB,
    "dc": _DC,
    "dcterms": _DCTERMS,
    "foaf": _FOAF,
    "rdf": _RDF,
    "vcard": _VCARD,
    "z": _Z,
}


def zotero_rdf(items: Iterable[CitedItem]) -> str:
    """Return a file with items as Zotero's RDF."""
    root = ET.Element(f"{{{_RDF}}}RDF")
    for item in items:
        _add_item(root, item)
    ET.indent(root)
    for prefix, address in _PREFIXES.items():
        ET.register_namespace(prefix, address)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_item(root: ET.Element, item: CitedItem) -> None:
    node = ET.SubElement(root, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": item.address})
    _text(node, _Z, "itemType", "report" if item.is_report else "presentation")
    if item.names:
        people = ET.SubElement(node, f"{{{_BIB}}}authors" if item.is_report else f"{{{_Z}}}presenters")
        _add_names(people, item.names)
    _text(node, _DC, "title", one_line(item.full_title))
    _text(node, _DC, "date", item.issued)
    _text(node, _DC, "type", item.genre)
    _text(node, _DC, "language", item.language)
    _text(node, _DCTERMS, "abstract", one_line(item.abstract))
    identifier = _below(node, (_DC, "identifier"), (_DCTERMS, "URI"))
    _text(identifier, _RDF, "value", item.address)
    if item.is_report:
        _add_organisation(node, item.publisher, "")
    else:
        _add_organisation(node, "", item.event_place)
        if item.event_title:
            event = _below(node, (_BIB, "presentedAt"), (_BIB, "Conference"))
            _text(event, _DC, "title", one_line(item.event_title))
    if item.kind is CitedKind.PAGE:
        _text(node, _BIB, "pages", str(item.part_number))


def _add_names(people: ET.Element, names: Iterable[CitedName]) -> None:
    listed = ET.SubElement(people, f"{{{_RDF}}}Seq")
    for name in names:
        person = _below(listed, (_RDF, "li"), (_FOAF, "Person"))
        family = " ".join(part for part in (name.particle, name.family) if part)
        _text(person, _FOAF, "surname", one_line(name.literal or family))
        given = ", ".join(part for part in (name.given, name.suffix) if part)
        _text(person, _FOAF, "givenName", one_line(given))


def _add_organisation(node: ET.Element, name: str, place: str) -> None:
    """Add who published, or only where: there is no other property for a place."""
    if not name and not place:
        return
    organisation = _below(node, (_DC, "publisher"), (_FOAF, "Organization"))
    _text(organisation, _FOAF, "name", one_line(name))
    if place:
        address = _below(organisation, (_VCARD, "adr"), (_VCARD, "Address"))
        _text(address, _VCARD, "locality", one_line(place))


def _below(node: ET.Element, *path: tuple[str, str]) -> ET.Element:
    for namespace, name in path:
        node = ET.SubElement(node, f"{{{namespace}}}{name}")
    return node


def _text(node: ET.Element, namespace: str, name: str, text: str) -> None:
    if text:
        ET.SubElement(node, f"{{{namespace}}}{name}").text = text
