"""The reader and the drawer of Keynote files: by the preview that they carry.

The preview is a PDF of all slides, or in newer files a picture of the first.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import Drawer, DrawnPage, Finish, ReadLimits
from archive.ingest.extractors.images.reader import ImageDrawer, ImageExtractor
from archive.ingest.extractors.pdf.draw import PdfDrawer
from archive.ingest.extractors.pdf.reader import PdfExtractor
from archive.model.extraction import Outcome
from archive.model.pages import OcrReason, Page

_PDF = ("QuickLook/Preview.pdf", "preview.pdf")
_PICTURES = ("preview.jpg", "QuickLook/Preview.jpg", "QuickLook/Thumbnail.jpg", "preview-web.jpg")
_DIRECTORY_MAX = 100_000
NO_PREVIEW = "The Keynote file has no preview to read. Export it from Keynote as PDF and add that."
_DAMAGED = "The Keynote file is damaged and cannot be opened. Export it from Keynote as PDF and add that."
_TOO_LARGE = "The preview in the Keynote file is too large. Export it from Keynote as PDF and add that."
ENGINE = "keynote preview"
_FIRST_ONLY = (
    "Only a picture of the first slide could be read: this Keynote file has no PDF in it. Export it from "
    "Keynote as PDF and add that."
)
_FEW_WORDS = 3


def preview_of(file: BinaryIO, max_bytes: int) -> tuple[BinaryIO, bool]:
    """Return the preview, and whether it is a PDF of all slides. Raises FileRejected."""
    try:
        with zipfile.ZipFile(file) as package:
            names = {name.lower(): name for name in package.namelist()[:_DIRECTORY_MAX]}
            for wanted in (*_PDF, *_PICTURES):
                name = names.get(wanted.lower())
                if name is not None:
                    return io.BytesIO(_member(package, name, max_bytes)), wanted in _PDF
    except (FileRejected, MemoryError):
        raise
    except Exception as error:  # zipfile and zlib raise many kinds on damaged files
        raise FileRejected(Outcome.DAMAGED, _DAMAGED) from error
    raise FileRejected(Outcome.UNSUPPORTED_TYPE, NO_PREVIEW)


def _member(package: zipfile.ZipFile, name: str, max_bytes: int) -> bytes:
    with package.open(name) as member:
        data = member.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise FileRejected(Outcome.RESOURCE_LIMIT, _TOO_LARGE)
    return data


class KeynoteExtractor:
    """Reads the PDF that Keynote puts into its files, else the picture of the first slide."""

    engine = ENGINE
    fields = PdfExtractor.fields | ImageExtractor.fields

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the slides of the preview in order, then a Finish that says if it is only the first one."""
        try:
            preview, is_whole = preview_of(file, limits.unpacked_max_bytes)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=ENGINE)
            return
        reader = PdfExtractor() if is_whole else ImageExtractor()
        for record in reader.extract(preview, limits):
            if isinstance(record, Page):
                yield _for_ocr(record)
            elif is_whole or record.category is not Outcome.OK:
                yield record
            else:
                yield replace(record, category=Outcome.OK_PARTIAL, message=_FIRST_ONLY)


def _for_ocr(page: Page) -> Page:
    """Return the page, marked for OCR where it may be a picture of text."""
    words = sum(len(block.text.split()) for block in page.blocks)
    if page.ocr_reason is not OcrReason.NONE or words >= _FEW_WORDS or page.broken:
        return page
    return replace(page, ocr_reason=OcrReason.FEW_WORDS)


class KeynoteDrawer:
    """Draws what `KeynoteExtractor` reads."""

    def draw(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int]
    ) -> Iterator[DrawnPage | Finish]:
        """Yield the pictures of the preview's pages in order, then a Finish."""
        try:
            preview, is_whole = preview_of(file, limits.unpacked_max_bytes)
        except FileRejected as error:
            yield Finish(error.category, error.message)
            return
        drawer: Drawer = PdfDrawer() if is_whole else ImageDrawer()
        yield from drawer.draw(preview, limits, options)
