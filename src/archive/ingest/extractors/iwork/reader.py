"""The reader of Keynote files."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.images.reader import ImageExtractor
from archive.ingest.extractors.iwork.preview import preview_of
from archive.ingest.extractors.pdf.reader import PdfExtractor
from archive.model.extraction import Outcome
from archive.model.pages import OcrReason, Page

ENGINE = "keynote preview"
_FIRST_ONLY = (
    "Only a picture of the first slide could be read: this Keynote file has no PDF in it. Export it from "
    "Keynote as PDF and add that."
)
_FEW_WORDS = 3


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
