"""Titles and alternative texts from the tags of a PDF (ISO 32000-1, 14.7 and 14.9)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from archive.ingest.extractors import left_out
from archive.ingest.extractors.pdf.pdfium.strings import utf16

_ELEMENTS_MAX = 5_000
_DEPTH_MAX = 60
_OBJECTS_MAX = 5_000
_TOO_MANY = f"Only the first {_ELEMENTS_MAX:,} tags of a page were searched for descriptions of pictures."
# What programs write where nobody described a picture: its file, or its number among the clip arts.
_FILE_NAME = re.compile(
    r"(?:[a-z]:\\.*|\S*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|pdf)|cid:\S*|j\d{7}(?:\[\d+\])?)",
    re.IGNORECASE,
)
_TITLES = ("H1", "Title", "H")


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tags of one page say: its title, and the texts that describe pictures."""

    title: str = ""
    alternatives: tuple[str, ...] = ()


def tags_of(page: Any, text_page: Any) -> Tags:
    """Return what the tags of a pypdfium2 page say."""
    with _tree(page) as tree:
        if not tree:
            return Tags()
        title_ids: set[int] = set()
        title = ""
        alternatives: dict[str, None] = {}
        for element in _elements(tree):
            alternative = utf16(_getter(pdfium_c.FPDF_StructElement_GetAltText, element))
            if alternative and not _FILE_NAME.fullmatch(alternative):
                alternatives[alternative] = None
            if not title_ids and not title and _type(element) in _TITLES:
                title = utf16(_getter(pdfium_c.FPDF_StructElement_GetActualText, element))
                title_ids = set(_content_ids(element, _DEPTH_MAX))
    if title_ids and not title:
        title = _text(page, text_page, title_ids)
    return Tags(title, tuple(alternatives))


@contextmanager
def _tree(page: Any) -> Iterator[Any]:
    tree = pdfium_c.FPDF_StructTree_GetForPage(page)
    try:
        yield tree
    finally:
        if tree:
            pdfium_c.FPDF_StructTree_Close(tree)


def _elements(tree: Any) -> Iterator[Any]:
    """Yield the elements in their order, at most 5,000."""
    roots = range(pdfium_c.FPDF_StructTree_CountChildren(tree))
    waiting = [(pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, index), 0) for index in reversed(roots)]
    for _ in range(_ELEMENTS_MAX):
        if not waiting:
            return
        element, depth = waiting.pop()
        if not element:
            continue
        yield element
        children = list(_children(element))
        if depth < _DEPTH_MAX:
            waiting.extend((child, depth + 1) for child in reversed(children))
        elif any(children):
            left_out.note(_TOO_MANY)
    if waiting:
        left_out.note(_TOO_MANY)


def _children(element: Any) -> Iterator[Any]:
    count = pdfium_c.FPDF_StructElement_CountChildren(element)
    for index in left_out.up_to(range(count), _ELEMENTS_MAX, _TOO_MANY):
        yield pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index)


def _content_ids(element: Any, depth: int) -> Iterator[int]:
    """Yield the marked-content identifiers of an element and those inside it."""
    for index in range(min(pdfium_c.FPDF_StructElement_CountChildren(element), _ELEMENTS_MAX)):
        content_id = pdfium_c.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if content_id >= 0:
            yield content_id
        elif depth and (child := pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index)):
            yield from _content_ids(child, depth - 1)


def _text(page: Any, text_page: Any, content_ids: set[int]) -> str:
    parts: list[str] = []
    for index in range(min(pdfium_c.FPDFPage_CountObjects(page), _OBJECTS_MAX)):
        item = pdfium_c.FPDFPage_GetObject(page, index)
        if pdfium_c.FPDFPageObj_GetType(item) != pdfium_c.FPDF_PAGEOBJ_TEXT:
            continue
        if pdfium_c.FPDFPageObj_GetMarkedContentID(item) in content_ids:
            parts.append(utf16(_text_getter(item, text_page)))
    return " ".join("".join(f" {part}" for part in parts).split())


def _type(element: Any) -> str:
    return utf16(_getter(pdfium_c.FPDF_StructElement_GetType, element))


def _getter(get: Any, element: Any) -> Any:
    return lambda buffer, size: get(element, buffer, size)


def _text_getter(item: Any, text_page: Any) -> Any:
    return lambda buffer, size: pdfium_c.FPDFTextObj_GetText(item, text_page, buffer, size)
