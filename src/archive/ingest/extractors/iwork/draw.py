"""Draw the preview of a Keynote file."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import Drawer, DrawnPage, Finish, ReadLimits
from archive.ingest.extractors.images.draw import ImageDrawer
from archive.ingest.extractors.iwork.preview import preview_of
from archive.ingest.extractors.pdf.draw import PdfDrawer


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
