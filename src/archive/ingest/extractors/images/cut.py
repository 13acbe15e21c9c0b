"""Make a PDF page of the picture of a slide, for slides that no PDF page can be cut for."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import pikepdf

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, PagePdf, ReadLimits
from archive.ingest.extractors.images.opening import ENGINE, OpenedPicture
from archive.ingest.extractors.pdf.cut import saved, sent
from archive.ingest.extractors.pdf.unseen import PagePlacement, lay_over
from archive.model.pages import WordBox

_WIDTH_MAX_PX = 4096
_QUALITY = 90


class PictureCutter:
    """Makes a page of a picture, with its words over it."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[PagePdf | Finish]:
        """Yield a page numbered `options["page"]`, then a Finish; see `base.Cutter`.

        It is `width_mpt` wide and `height_mpt` high: thousandths of a point.
        """
        del limits  # one picture of bounded size
        width_pt, height_pt = options["width_mpt"] / 1000, options["height_mpt"] / 1000
        try:
            data = page_of(file, (width_pt, height_pt), words)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=ENGINE)
            return
        yield from sent(PagePdf(options["page"], width_pt, height_pt, data), 1, ENGINE)


def page_of(file: BinaryIO, size_pt: tuple[float, float], words: Sequence[WordBox]) -> bytes:
    """Return a PDF page of a picture with its words over it; raises FileRejected where none can be made."""
    jpeg, size_px = as_jpeg(file)
    with pikepdf.new() as document:
        add_picture_page(document, jpeg, size_px, size_pt, words)
        return saved(document)


def as_jpeg(file: BinaryIO) -> tuple[bytes, tuple[int, int]]:
    """Return a picture as JPEG, with its size. Raises FileRejected where it cannot be opened."""
    image = OpenedPicture(file).drawn(1, _WIDTH_MAX_PX)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return buffer.getvalue(), image.size


def add_picture_page(
    document: Any,
    jpeg: bytes,
    size_px: tuple[int, int],
    size_pt: tuple[float, float],
    words: Sequence[WordBox],
) -> None:
    """Add a page of a picture to a pikepdf document, with its words over it unseen."""
    width_pt, height_pt = size_pt
    page = document.add_blank_page(page_size=size_pt)
    image = document.make_stream(
        jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=size_px[0],
        Height=size_px[1],
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name.Picture)
    shown = f"{width_pt:.3f} 0 0 {height_pt:.3f} 0 0 cm /Picture Do"
    page.contents_add(document.make_stream(f"q {shown} Q".encode()))
    lay_over(document, page, words, PagePlacement((0.0, height_pt), (1.0, 0.0), (0.0, -1.0)))
