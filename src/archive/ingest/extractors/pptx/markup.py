"""The deck's XML: names, and a parser that takes nothing from outside."""

import re
from typing import Any

from lxml import etree
from pptx.oxml import element_class_lookup

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

Element = Any
"""An lxml element: python-pptx gives its own untyped subclasses of it."""

# Strict Open XML names the same things differently (ECMA-376 part 1, annex A; part 4, 9).
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/]+)")
_STRICT_WORDS = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_STRICT_WITHIN_BYTES = 4096


def _parser(recover: bool) -> etree.XMLParser[Element]:
    """Return a parser that makes python-pptx's elements, fetches nothing and expands no entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )
    parser.set_element_class_lookup(element_class_lookup)
    return parser


_EXACT, _RECOVERING = _parser(recover=False), _parser(recover=True)


def parse(data: bytes, recover: bool = False) -> Element:
    """Return the root of the XML in `data`, None when `recover` found nothing; Strict becomes ordinary.

    Entities are not expanded and nothing is fetched. Raises etree.XMLSyntaxError unless `recover`.
    """
    if _STRICT in data[:_STRICT_WITHIN_BYTES]:
        data = _STRICT_NAME.sub(_ordinary_name, data)
    return etree.fromstring(data, _RECOVERING if recover else _EXACT)


def _ordinary_name(match: re.Match[bytes]) -> bytes:
    family, name = match.groups()
    for strict, ordinary in _STRICT_WORDS.items():
        name = name.replace(strict, ordinary)
    return b"http://schemas.openxmlformats.org/%s/2006/%s" % (family, name)


def whole_number(text: str | None, default: int = 0) -> int:
    """Return the number that an attribute holds; `default` when it holds none of at most 15 digits."""
    digits = (text or "").removeprefix("-")
    return int(text or 0) if digits.isdecimal() and len(digits) <= 15 else default


def is_true(text: str | None) -> bool:
    """Return whether an attribute of type xsd:boolean is there and true."""
    return text in ("1", "true", "on")


def local_name(element: Element) -> str:
    """Return an element's name without its namespace, whatever the parser made of a broken one."""
    return str(element.tag).rpartition("}")[2]
