"""Forms in XFA, whose page only asks to wait for a reader that shows them (XFA 3.3)."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c
from lxml import etree

from archive.ingest.extractors import left_out
from archive.model.pages import Block, BlockField

_PACKETS_MAX = 100
_PACKET_MAX_BYTES = 8 * 1024 * 1024
_NAME_MAX_BYTES = 200
_ROWS_MAX = 5_000
_TOO_MUCH = "Part of the form was left out: it holds more than is read."
_DAMAGED = "Part of the form could not be read."
_LABELS = ("draw", "caption")
_TEXTS = ("text", "exData")


def is_dynamic_form(document: Any) -> bool:
    """Return whether the pages of a pypdfium2 document are made by a form's own program."""
    return bool(pdfium_c.FPDF_GetFormType(document) == pdfium_c.FORMTYPE_XFA_FULL)


def form_blocks(document: Any) -> tuple[Block, ...]:
    """Return the labels and what was filled in of a form in XFA, none where nothing can be read."""
    rows: dict[str, None] = {}
    for packet in _packets(document):
        rows |= dict.fromkeys(_texts(packet))
    if not rows:
        return ()
    return (Block(BlockField.FORM, rows=tuple((row,) for row in left_out.up_to(rows, _ROWS_MAX, _TOO_MUCH))),)


def _packets(document: Any) -> Iterator[Any]:
    """Yield the roots of the form's parts: in some files each is a packet, in others one holds all."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    parts = [
        (_name(document, index), _content(document, index))
        for index in left_out.up_to(range(pdfium_c.FPDF_GetXFAPacketCount(document)), _PACKETS_MAX, _TOO_MUCH)
    ]
    wrapped = {"preamble", "postamble", "<xdp:xdp>", "</xdp:xdp>"}  # the ends of the element around all
    for name, content in parts:
        if name in wrapped or not content:
            continue
        try:
            yield etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            left_out.note(_DAMAGED)


def _name(document: Any, index: int) -> str:
    buffer = ctypes.create_string_buffer(_NAME_MAX_BYTES)
    length = pdfium_c.FPDF_GetXFAPacketName(document, index, buffer, _NAME_MAX_BYTES)
    return buffer.value.decode("utf-8", "replace") if length else ""


def _content(document: Any, index: int) -> bytes:
    size = ctypes.c_ulong()
    if not pdfium_c.FPDF_GetXFAPacketContent(document, index, None, 0, size):
        return b""
    if size.value > _PACKET_MAX_BYTES:
        left_out.note(_TOO_MUCH)
    if not 0 < size.value <= _PACKET_MAX_BYTES:
        return b""
    buffer = ctypes.create_string_buffer(size.value)
    pdfium_c.FPDF_GetXFAPacketContent(document, index, buffer, size.value, size)
    return buffer.raw[: size.value]


def _texts(root: Any) -> Iterator[str]:
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _LABELS:
            yield from _labels(element)
        elif name == "data" and "xfa-data" in (etree.QName(element).namespace or ""):
            for field in element.iter(etree.Element):
                yield from _line(field.text or "") if len(field) == 0 else ()


def _labels(element: Any) -> Iterator[str]:
    for text in element.iter(*(f"{{*}}{name}" for name in _TEXTS)):
        yield from _line(" ".join(text.itertext()))


def _line(text: str) -> Iterator[str]:
    line = " ".join(text.split())
    if line:
        yield line
