"""Cover words in the pictures of a document's pages, and make a PDF of them in which the rest can be found.

The pictures are the archive's own; all the same they are opened in the confined child, as every file is.
What comes in is `redaction_frame`: a length of 4 bytes, JSON that says what is to be done, then the pictures.
"""

import io
import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

import pikepdf
from PIL import Image, ImageDraw

from archive.errors import FileRejected
from archive.ingest.extractors.archives.frames import Record, file_records
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.images.cut import add_picture_page
from archive.ingest.extractors.images.opening import OpenedPicture
from archive.ingest.extractors.pdf.cut import FAILURES, saved
from archive.ingest.extractors.webp import resized, webp
from archive.model.extraction import Outcome
from archive.model.pages import WordBox

LENGTH: Final = struct.Struct(">I")
PDF_NAME: Final = "document.pdf"
_WIDTH_MAX_PX: Final = 4096
_JPEG_QUALITY: Final = 85
_MARGIN_SHARE: Final = 0.15
"""Of a word's height: letters reach over their box, and a picture is blurred at its edges."""
_INK: Final = (0, 0, 0)


class Redactor:
    """Covers words in pictures and makes a PDF of all of them."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Yield the two pictures of each page that has something covered, then the PDF, then a Finish."""
        del limits, options, words
        (size_bytes,) = LENGTH.unpack(file.read(LENGTH.size))
        told = json.loads(file.read(size_bytes))
        try:
            with pikepdf.new() as document:
                for page in told["pages"]:
                    image = _covered(file.read(page["size_bytes"]), page)
                    if _is_changed(page):
                        yield from file_records(f"{page['number']}.large", webp(image, told["quality"]))
                        small = resized(image, told["small_width_px"])
                        yield from file_records(f"{page['number']}.small", webp(small, told["quality"]))
                    _add(document, image, page)
                yield from file_records(PDF_NAME, saved(document))
        except FileRejected as error:
            yield Finish(error.category)
            return
        except FAILURES:
            yield Finish(Outcome.DAMAGED)
            return
        yield Finish(Outcome.OK)


def _is_changed(page: Mapping[str, Any]) -> bool:
    return bool(page["boxes"] or page["is_covered"])


def _covered(data: bytes, page: Mapping[str, Any]) -> Image.Image:
    image = OpenedPicture(io.BytesIO(data)).drawn(1, _WIDTH_MAX_PX)
    pen = ImageDraw.Draw(image)
    if page["is_covered"]:
        pen.rectangle((0, 0, image.width, image.height), fill=_INK)
    scale_x, scale_y = image.width / page["width_pt"], image.height / page["height_pt"]
    for x, y, width, height in page["boxes"]:
        margin = _MARGIN_SHARE * height
        pen.rectangle(
            (
                (x - margin) * scale_x,
                (y - margin) * scale_y,
                (x + width + margin) * scale_x,
                (y + height + margin) * scale_y,
            ),
            fill=_INK,
        )
    return image


def _add(document: Any, image: Image.Image, page: Mapping[str, Any]) -> None:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    size_pt = (page["width_pt"], page["height_pt"])
    words = [WordBox(*word) for word in page["words"]]
    add_picture_page(document, buffer.getvalue(), image.size, size_pt, words)
