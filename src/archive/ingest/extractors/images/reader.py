"""The reader and the drawer of pictures: their pages and sizes, and WebP files in two widths.

The words of pictures are found by OCR afterwards.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import DrawnPage, Finish, ReadLimits
from archive.ingest.extractors.images.opening import ENGINE, OpenedPicture
from archive.ingest.extractors.webp import grey, resized, turned, wanted_numbers, webp
from archive.model.extraction import Outcome
from archive.model.naming.phrases import real_title
from archive.model.pages import Block, BlockField, OcrReason, Page, Paragraph

_CHECK_WIDTH_PX = 64
_BROKEN = "The picture on this page cannot be opened."


_PAGE_MAX_PT = 1191.0  # the long side of A3 (ISO 216)


class ImageExtractor:
    """Reads PNG, JPEG, TIFF (each of its pages), WebP, GIF (its first frame) and BMP."""

    engine = ENGINE
    fields = frozenset({BlockField.CAPTION})

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield a page for each picture, with the description that the file carries, then a Finish."""
        try:
            picture = OpenedPicture(file)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=ENGINE)
            return
        count = min(picture.page_count, limits.pages_max)
        texts = picture.texts()
        rejections: list[FileRejected] = []
        for number in range(1, count + 1):
            try:
                yield _page(picture, number, texts if number == 1 else {})
            except FileRejected as error:
                rejections.append(error)
                yield Page(number, reader=ENGINE, broken=_BROKEN)
        yield _finish(picture.page_count, count, rejections, texts)


def _page(picture: OpenedPicture, number: int, texts: dict[str, str]) -> Page:
    width_pt, height_pt = picture.size_pt(number)
    picture.drawn(number, _CHECK_WIDTH_PX)
    given = (texts.get(name, "") for name in ("title", "description"))
    # Cameras write their makers' names there, in capitals.
    words = tuple(Paragraph(text) for text in given if real_title(text) and not text.isupper())
    return Page(
        number,
        (Block(BlockField.CAPTION, words),) if words else (),
        reader=ENGINE,
        width_pt=width_pt,
        height_pt=height_pt,
        ocr_reason=OcrReason.PICTURE,
    )


def _finish(page_count: int, tried: int, rejections: list[FileRejected], texts: dict[str, str]) -> Finish:
    properties = texts | ({"title": real_title(texts["title"])} if "title" in texts else {})
    properties = {name: text for name, text in properties.items() if text}
    if len(rejections) == tried:
        return Finish(rejections[0].category, rejections[0].message, properties, page_count, ENGINE)
    messages = []
    if tried < page_count:
        messages.append(f"Only the first {tried} of {page_count} pictures were read.")
    if rejections:
        messages.append(f"{len(rejections)} of the pictures cannot be opened.")
    category = Outcome.OK_PARTIAL if messages else Outcome.OK
    return Finish(category, " ".join(messages), properties, page_count, ENGINE)


class ImageDrawer:
    """Draws picture files with Pillow."""

    def draw(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int]
    ) -> Iterator[DrawnPage | Finish]:
        """Yield the pictures in order, then a Finish; one that fails is left out. None is made larger."""
        try:
            picture = OpenedPicture(file)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=ENGINE)
            return
        count = min(picture.page_count, limits.pages_max)
        rejections: list[FileRejected] = []
        for number in wanted_numbers(count, options):
            try:
                yield _draw(picture, number, options)
            except FileRejected as error:
                rejections.append(error)
        yield _drawing_finish(picture.page_count, count, rejections)


def _drawing_finish(page_count: int, tried: int, rejections: list[FileRejected]) -> Finish:
    if len(rejections) == tried:
        return Finish(rejections[0].category, rejections[0].message, page_count=page_count, engine=ENGINE)
    messages = []
    if tried < page_count:
        messages.append(f"Only the first {tried} of {page_count} pictures were drawn.")
    if rejections:
        messages.append(f"{len(rejections)} of the pictures could not be drawn.")
    category = Outcome.OK_PARTIAL if messages else Outcome.OK
    return Finish(category, " ".join(messages), page_count=page_count, engine=ENGINE)


def _draw(picture: OpenedPicture, number: int, options: Mapping[str, int]) -> DrawnPage:
    width_pt, height_pt = picture.size_pt(number)
    wanted_px = _width_px(width_pt, options)
    large = turned(resized(picture.drawn(number, wanted_px), wanted_px), options)
    small = resized(large, options["small_width_px"])
    quality = options["webp_quality"]
    pictures = webp(large, quality), webp(small, quality), grey(small)
    return DrawnPage(number, width_pt, height_pt, large.width, large.height, *pictures)


def _width_px(width_pt: float, options: Mapping[str, int]) -> int:
    """Return how wide the large picture may be; with a resolution, as if it were at most an A3 page.

    Photographs have far more pixels than their letters need, and no resolution that means anything.
    """
    width_px = options["large_width_px"]
    resolution_dpi = options.get("resolution_dpi", 0)
    if not resolution_dpi:
        return width_px
    return min(width_px, max(1, round(min(width_pt, _PAGE_MAX_PT) / 72 * resolution_dpi)))
