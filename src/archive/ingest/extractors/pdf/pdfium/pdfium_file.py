"""Open a PDF with pdfium: page count, sizes, plain text, what is not text, and properties."""

import ctypes
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw
import pypdfium2.raw as pdfium_c

from archive.errors import FileRejected
from archive.ingest.extractors.pdf.pdfium import document_info
from archive.ingest.extractors.pdf.pdfium.annotations import annotation_blocks
from archive.ingest.extractors.pdf.pdfium.tags import Tags, tags_of
from archive.ingest.extractors.pdf.repair import repaired
from archive.ingest.extractors.pdf.streams import view
from archive.model.extraction import Outcome
from archive.model.pages import Block, BlockField, Paragraph

_OBJECTS_MAX = 5_000
_DEPTH_MAX = 3

_Rectangle = tuple[float, float, float, float]


def picture_share(page: Any) -> float:
    """Return the share of a pypdfium2 page that its pictures cover together, 0 to 1.

    Pictures that lie over each other count each. At most 5,000 objects of a page or a form are looked at.
    """
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDF_GetPageBoundingBox(page, rect):
        return 0.0
    bounds = (rect.left, rect.bottom, rect.right, rect.top)
    area = _area(bounds)
    if area <= 0:
        return 0.0
    count = pdfium_c.FPDFPage_CountObjects(page)
    covered = 0.0
    for index in range(min(count, _OBJECTS_MAX)):
        covered += _covered(pdfium_c.FPDFPage_GetObject(page, index), bounds, _DEPTH_MAX)
    return min(covered / area, 1.0)


def _covered(item: Any, within: _Rectangle, depth: int) -> float:
    """Return the area of the pictures in a page object, no more than its own within the page."""
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        return _area(_common(_bounds(item), within))
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM or depth == 0:
        return 0.0
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, matrix):
        return 0.0
    covered = 0.0
    for index in range(min(pdfium_c.FPDFFormObj_CountObjects(item), _OBJECTS_MAX)):
        covered += _covered(pdfium_c.FPDFFormObj_GetObject(item, index), _EVERYWHERE, depth - 1)
    scale = abs(matrix.a * matrix.d - matrix.b * matrix.c)
    return min(covered * scale, _area(_common(_bounds(item), within)))


_EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)


def _bounds(item: Any) -> _Rectangle:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return (0.0, 0.0, 0.0, 0.0)
    return (left.value, bottom.value, right.value, top.value)


def _common(first: _Rectangle, second: _Rectangle) -> _Rectangle:
    return (
        max(first[0], second[0]),
        max(first[1], second[1]),
        min(first[2], second[2]),
        min(first[3], second[3]),
    )


def _area(rectangle: _Rectangle) -> float:
    left, bottom, right, top = rectangle
    return max(right - left, 0.0) * max(top - bottom, 0.0)


PDFIUM = "pdfium"
"""The reader of pages as plain text."""


@dataclass(frozen=True, slots=True)
class PlainPage:
    """One page as pdfium reads it.

    `object_count` is how many objects are drawn on it, `picture_share` how much of it pictures cover,
    `extras` the blocks of its annotations, form fields, links and bookmarks.
    """

    width_pt: float
    height_pt: float
    text: str
    object_count: int
    picture_share: float = 0.0
    tags: Tags = field(default_factory=Tags)
    extras: tuple[Block, ...] = ()


logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)  # it reports every oddity of every file


class PdfiumFile:
    """A PDF opened by pdfium. Not for use in several threads: pdfium keeps state of its own."""

    def __init__(self, file: BinaryIO, password: str = "") -> None:
        """Open `file`, with `password` where it needs one; raises FileRejected with PASSWORD or DAMAGED."""
        self.password = ""
        try:
            self.document: Any = self._opened(file, password)
            self.page_count = len(self.document)
        except pypdfium2.PdfiumError as error:
            raise _rejection(error.err_code, has_password=bool(password)) from error
        self.is_tagged = bool(pypdfium2.raw.FPDFCatalog_IsTagged(self.document))
        self._sections: Mapping[int, tuple[Paragraph, ...]] | None = None

    def _opened(self, file: BinaryIO, password: str) -> Any:
        try:
            return pypdfium2.PdfDocument(view(file))
        except pypdfium2.PdfiumError as error:
            if not password or error.err_code != pypdfium2.raw.FPDF_ERR_PASSWORD:
                raise
        document = pypdfium2.PdfDocument(view(file), password=password)
        self.password = password
        return document

    def init_forms(self) -> None:
        """Make form fields readable; to be called before the first page."""
        try:
            self.document.init_forms()
        except pypdfium2.PdfiumError:
            return  # their values are then read without what they inherit

    def page(self, number: int) -> PlainPage | None:
        """Return page `number` (from 1), None when pdfium cannot load it."""
        try:
            page = self.document[number - 1]
        except pypdfium2.PdfiumError:
            return None
        try:
            text, tags = self._text(page)
            width_pt, height_pt = page.get_size()
            return PlainPage(
                width_pt,
                height_pt,
                text,
                pypdfium2.raw.FPDFPage_CountObjects(page),
                picture_share(page),
                tags,
                (*annotation_blocks(self.document, page), *self._of_document(number)),
            )
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def _text(self, page: Any) -> tuple[str, Tags]:
        text_page = page.get_textpage()
        try:
            text = repaired(text_page.get_text_range())
            return text, tags_of(page, text_page) if self.is_tagged else Tags()
        finally:
            text_page.close()

    def _of_document(self, number: int) -> tuple[Block, ...]:
        """Return the bookmarks that lead to a page, and on the first one the names of attached files."""
        if self._sections is None:
            self._sections = document_info.sections(self.document)
        blocks: list[Block] = []
        if titles := self._sections.get(number):
            blocks.append(Block(BlockField.SECTION, paragraphs=titles))
        if number == 1 and (names := document_info.attachments(self.document)):
            blocks.append(Block(BlockField.EMBEDDED, paragraphs=tuple(map(Paragraph, names))))
        return tuple(blocks)

    def properties(self) -> Mapping[str, str]:
        """Return the document information by pdfium's names ("Title", "Author" …), and "Attachments"."""
        information: dict[str, str] = self.document.get_metadata_dict(skip_empty=True)
        if names := document_info.attachments(self.document):
            information["Attachments"] = ", ".join(names)
        return information

    def close(self) -> None:
        """Free what pdfium holds."""
        self.document.close()


def _rejection(code: int | None, *, has_password: bool) -> FileRejected:
    if code == pypdfium2.raw.FPDF_ERR_PASSWORD:
        return FileRejected(Outcome.PASSWORD, _WRONG_PASSWORD if has_password else _NO_PASSWORD)
    if code == pypdfium2.raw.FPDF_ERR_SECURITY:
        return FileRejected(Outcome.PASSWORD, _OTHER_PROTECTION)
    return FileRejected(Outcome.DAMAGED, _DAMAGED)


_NO_PASSWORD = (
    "The PDF is protected by a password. Give the password, or save it without one and add it again."  # noqa: S105
)
_WRONG_PASSWORD = (
    "The PDF does not open with the password given. Check it, or save the PDF without one and add it again."  # noqa: S105
)
_OTHER_PROTECTION = (
    "The PDF is protected in a way that cannot be opened. Save it unprotected and add it again."
)
_DAMAGED = "The PDF is damaged and cannot be opened. Make it anew from its source and add it."
