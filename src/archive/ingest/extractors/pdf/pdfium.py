"""Open a PDF with pdfium: page count, sizes, plain text and properties."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw

from archive.errors import FileRejected
from archive.ingest.extractors.pdf.streams import view
from archive.model import Category

ENGINE = "pdfium"


@dataclass(frozen=True, slots=True)
class PlainPage:
    """One page as pdfium reads it: its size in points, its text, and how many objects are drawn on it."""

    width_pt: float
    height_pt: float
    text: str
    object_count: int


class PdfiumFile:
    """A PDF opened by pdfium. Not for use in several threads: pdfium keeps state of its own."""

    def __init__(self, file: BinaryIO) -> None:
        """Open `file`; raises FileRejected with PASSWORD or DAMAGED."""
        try:
            self.document: Any = pypdfium2.PdfDocument(view(file))
            self.page_count = len(self.document)
        except pypdfium2.PdfiumError as error:
            raise _rejection(error.err_code) from error

    def page(self, number: int) -> PlainPage | None:
        """Return page `number` (from 1), None when pdfium cannot load it."""
        try:
            page = self.document[number - 1]
        except pypdfium2.PdfiumError:
            return None
        try:
            width_pt, height_pt = page.get_size()
            object_count = pypdfium2.raw.FPDFPage_CountObjects(page)
            return PlainPage(width_pt, height_pt, _text(page), object_count)
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def properties(self) -> Mapping[str, str]:
        """Return the document information by pdfium's names ("Title", "Author" …)."""
        found: dict[str, str] = self.document.get_metadata_dict(skip_empty=True)
        return found

    def close(self) -> None:
        """Free what pdfium holds."""
        self.document.close()


def _text(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        text: str = text_page.get_text_range()
    finally:
        text_page.close()
    return text


def _rejection(code: int | None) -> FileRejected:
    if code == pypdfium2.raw.FPDF_ERR_PASSWORD:
        return FileRejected(
            Category.PASSWORD, "The PDF is protected by a password. Save it without one and add it again."
        )
    if code == pypdfium2.raw.FPDF_ERR_SECURITY:
        return FileRejected(
            Category.PASSWORD,
            "The PDF is protected in a way that cannot be opened. Save it unprotected and add it again.",
        )
    return FileRejected(
        Category.DAMAGED, "The PDF is damaged and cannot be opened. Make it anew from its source and add it."
    )
