"""XML of office files: names, parsers that take nothing from outside, and walking a tree by local names.

Transitional and Strict Open XML name the same things differently (ECMA-376 part 1, annex A; part 4, 9).
Decks are read by full names, so their Strict ones become ordinary ones; documents are read by local names,
which are alike.
"""

import re
from collections.abc import Iterator
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

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/]+)")
_STRICT_WORDS = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_STRICT_WITHIN_BYTES = 4096


def _parser(recover: bool) -> etree.XMLParser[Element]:
    """Return a parser that fetches nothing and expands no entities."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )


_EXACT, _RECOVERING = _parser(recover=False), _parser(recover=True)
_EXACT.set_element_class_lookup(element_class_lookup)
_RECOVERING.set_element_class_lookup(element_class_lookup)


def parse(data: bytes, recover: bool = False) -> Element:
    """Return the root of the XML in `data`, None when `recover` found nothing; Strict becomes ordinary.

    Entities are not expanded and nothing is fetched. Raises etree.XMLSyntaxError unless `recover`.
    """
    if _STRICT in data[:_STRICT_WITHIN_BYTES]:
        data = _STRICT_NAME.sub(_ordinary_name, data)
    return etree.fromstring(data, _RECOVERING if recover else _EXACT)


def parse_leniently(data: bytes) -> tuple[Element | None, bool]:
    """Return the root of the XML in `data`, recovered as far as it goes, and whether nothing was lost.

    Raises etree.LxmlError or ValueError where there is no XML at all.
    """
    parser = _parser(recover=True)
    root: Element | None = etree.fromstring(data, parser)
    return root, root is not None and all(entry.level_name != "FATAL" for entry in parser.error_log)


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
    """Return an element's name without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, "" where it is missing."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Element, *names: str) -> Element | None:
    """Return the element that a path of local names leads to, None where it ends."""
    for name in names:
        element = next((each for each in element if local_name(each) == name), None)
        if element is None:
            return None
    return element


def value_of(element: Element, *names: str) -> str:
    """Return the attribute `val` of the element at the end of a path of local names, "" for none."""
    holder = child(element, *names)
    return "" if holder is None else attribute(holder, "val")


def walk(element: Element, skipped: frozenset[str] = frozenset()) -> Iterator[Element]:
    """Yield the elements below `element` in order, but those named in `skipped` and what is in them."""
    levels = [iter(element)]
    while levels:
        current = next(levels[-1], None)
        if current is None:
            levels.pop()
        elif local_name(current) not in skipped:
            yield current
            levels.append(iter(current))
