"""Draw the pages of a PDF as WebP pictures in two widths."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import pypdfium2
from PIL import Image

from archive.errors import FileRejected
from archive.ingest.extractors.base import DrawnPage, Finish, ReadLimits
from archive.ingest.extractors.pdf.masked import MaskedWords
from archive.ingest.extractors.pdf.pdfium.pdfium_file import PDFIUM, PdfiumFile
from archive.ingest.extractors.pdf.pdfium.words import words_of
from archive.ingest.extractors.webp import (
    HEIGHT_MAX_WIDTHS,
    SIDE_MAX_PX,
    grey,
    resized,
    turned,
    wanted_numbers,
    webp,
)
from archive.model.extraction import Outcome
from archive.model.pages import WordBox


class PdfDrawer:
    """Draws PDF files with pdfium."""

    def draw(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int]
    ) -> Iterator[DrawnPage | Finish]:
        """Yield the pictures of the pages in order, then a Finish; a page that fails is left out."""
        try:
            source = PdfiumFile(file, limits.password)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=PDFIUM)
            return
        failed = 0
        masked = MaskedWords(file, limits.password)
        count = min(source.page_count, limits.pages_max)
        try:
            source.document.init_forms()
            for number in wanted_numbers(count, options):
                drawn = _draw(source.document, number, options, masked)
                if drawn is None:
                    failed += 1
                else:
                    yield drawn
        finally:
            masked.close()
            source.close()
        yield _finish(source.page_count, count, failed)


def _finish(page_count: int, tried: int, failed: int) -> Finish:
    messages = []
    if tried < page_count:
        messages.append(f"Only the first {tried} of {page_count} pages were drawn.")
    if failed:
        messages.append(f"{failed} of the pages could not be drawn.")
    category = Outcome.OK_PARTIAL if messages else Outcome.OK
    if page_count == 0 or failed == tried:
        category = Outcome.DAMAGED
    return Finish(category, " ".join(messages), page_count=page_count, engine=PDFIUM)


def _draw(document: Any, number: int, options: Mapping[str, int], masked: MaskedWords) -> DrawnPage | None:
    """Return the picture of page `number`, None when pdfium cannot draw it."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return None
    try:
        width_pt, height_pt = page.get_size()
        if width_pt <= 0 or height_pt <= 0:
            return None
        picture = _render(page, width_pt, height_pt, _width_px(width_pt, options))
        words = _words(page, width_pt, height_pt)
        words += tuple(word for word in masked.of_page(number, width_pt, height_pt) if word not in words)
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()
    quality = options["webp_quality"]
    small = resized(picture, options["small_width_px"])
    return DrawnPage(
        number,
        width_pt,
        height_pt,
        picture.width,
        picture.height,
        webp(turned(picture, options), quality),
        webp(small, quality),
        grey(small),
        words,
    )


def _width_px(width_pt: float, options: Mapping[str, int]) -> int:
    resolution_dpi = options.get("resolution_dpi", 0)
    width_px = options["large_width_px"]
    return min(width_px, max(1, round(width_pt / 72 * resolution_dpi))) if resolution_dpi else width_px


def _render(page: Any, width_pt: float, height_pt: float, width_px: int) -> Image.Image:
    scale = min(width_px / width_pt, min(HEIGHT_MAX_WIDTHS * width_px, SIDE_MAX_PX) / height_pt)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    return picture


def _words(page: Any, width_pt: float, height_pt: float) -> tuple[WordBox, ...]:
    text_page = page.get_textpage()
    try:
        return words_of(page, text_page, width_pt, height_pt)
    finally:
        text_page.close()
