"""Open a PDF with pdfium: page count, sizes, plain text, what is not text, and properties."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw

from archive.errors import FileRejected
from archive.ingest.extractors.pdf.pdfium import document_info
from archive.ingest.extractors.pdf.pdfium.annotations import annotation_blocks
from archive.ingest.extractors.pdf.pdfium.pictures import Outlines, picture_share
from archive.ingest.extractors.pdf.pdfium.tags import Tags, tags_of
from archive.ingest.extractors.pdf.pdfium.xfa import form_blocks, is_dynamic_form
from archive.ingest.extractors.pdf.repair import repaired
from archive.ingest.extractors.pdf.streams import view
from archive.model.extraction import Outcome
from archive.model.pages import Block, BlockField, Paragraph

_CROP_MIN_PT = 2.0  # what is cut off less than that is a matter of rounding
_LETTERS_MAX = 300  # a page with more of them has words enough

PDFIUM = "pdfium"
"""The reader of pages as plain text."""


@dataclass(frozen=True, slots=True)
class PlainPage:
    """One page as pdfium reads it.

    `object_count` is how many objects are drawn on it, `picture_share` how much of it pictures cover,
    `is_outlined` whether words are drawn on it as outlines, `extras` the blocks of its annotations, form
    fields, links and bookmarks, `has_stamps` whether words stand in what draws its annotations.
    """

    width_pt: float
    height_pt: float
    text: str
    object_count: int
    picture_share: float = 0.0
    is_outlined: bool = False
    tags: Tags = field(default_factory=Tags)
    extras: tuple[Block, ...] = ()
    has_stamps: bool = False


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
        self._outlines = Outlines()
        self.is_dynamic_form = is_dynamic_form(self.document)
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
            annotations, has_stamps = annotation_blocks(self.document, page)
            object_count = pypdfium2.raw.FPDFPage_CountObjects(page)
            return PlainPage(
                width_pt,
                height_pt,
                text,
                object_count,
                picture_share(page),
                self._is_outlined(page, text),
                tags,
                (*annotations, *self._of_document(number)),
                has_stamps,
            )
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def _text(self, page: Any) -> tuple[str, Tags]:
        text_page = page.get_textpage()
        try:
            is_cropped = _is_cropped(page)
            text = repaired(text_page.get_text_bounded() if is_cropped else text_page.get_text_range())
            return text, tags_of(page, text_page) if self.is_tagged else Tags()
        finally:
            text_page.close()

    def _is_outlined(self, page: Any, text: str) -> bool:
        """Return whether a page of few letters as text has more as outlines."""
        if len(text) > 2 * _LETTERS_MAX:
            return False
        letter_count = sum(map(str.isalnum, text))
        return letter_count <= _LETTERS_MAX and self._outlines.are_words_on(page, letter_count)

    def _of_document(self, number: int) -> tuple[Block, ...]:
        """Return the bookmarks that lead to a page, and on the first one the names of attached files."""
        if self._sections is None:
            self._sections = document_info.sections(self.document)
        blocks: list[Block] = []
        if titles := self._sections.get(number):
            blocks.append(Block(BlockField.SECTION, paragraphs=titles))
        if number == 1 and (names := document_info.attachments(self.document)):
            blocks.append(Block(BlockField.EMBEDDED, paragraphs=tuple(map(Paragraph, names))))
        if number == 1 and self.is_dynamic_form:
            blocks.extend(form_blocks(self.document))
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


def _is_cropped(page: Any) -> bool:
    """Return whether less is seen of a page than it has: what lies outside its crop box."""
    differences = (abs(a - b) for a, b in zip(page.get_cropbox(), page.get_mediabox(), strict=True))
    return sum(differences) >= _CROP_MIN_PT


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
