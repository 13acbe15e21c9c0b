"""Make a PDF page of the picture of a slide, for slides that no PDF page can be cut for."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import pikepdf

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, PagePdf, ReadLimits
from archive.ingest.extractors.images.opening import ENGINE, OpenedPicture
from archive.ingest.extractors.pdf.cut import saved, sent
from archive.ingest.extractors.pdf.unseen import Place, lay_over
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
        try:
            picture = OpenedPicture(file)
            image = picture.drawn(1, _WIDTH_MAX_PX)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=ENGINE)
            return
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
        width_pt, height_pt = options["width_mpt"] / 1000, options["height_mpt"] / 1000
        data = _page(buffer.getvalue(), image.size, (width_pt, height_pt), words)
        yield from sent(PagePdf(options["page"], width_pt, height_pt, data), 1, ENGINE)


def _page(
    jpeg: bytes, size_px: tuple[int, int], size_pt: tuple[float, float], words: Sequence[WordBox]
) -> bytes:
    with pikepdf.new() as document:
        add_picture_page(document, jpeg, size_px, size_pt, words)
        return saved(document)


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
    lay_over(document, page, words, Place((0.0, height_pt), (1.0, 0.0), (0.0, -1.0)))
