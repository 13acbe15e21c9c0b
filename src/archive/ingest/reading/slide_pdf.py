"""One slide as a PDF file, made when a visitor asks for it.

Three ways were weighed. A PDF of each slide kept with its picture answers at once, but all pages of a
file together take 1.2 to 5 times as much as the file (measured on a corpus of decks): fonts and backgrounds
are in each of them. A PDF of picture and words is all that an image or a Keynote file has, but its letters
are not sharp. So the page is cut when it is asked for, out of what is there anyway: a PDF original, or the
one PDF that LibreOffice made of an office file when its pictures were drawn (kept since; about half as
large as the original). That takes a fresh process 130 ms of processor time, and nothing that parses stays
in memory. Where no page can be cut (images, Keynote, a locked file, an office file drawn by an earlier
version) the picture is made a page, with its words over it unseen.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from archive.errors import Busy, NotFound, PathError, PictureError
from archive.ingest.filetypes.media_types import PDF
from archive.model.documents import Version
from archive.model.pages import BlockField, Page, Picture
from archive.settings import Settings
from archive.store import Store

if TYPE_CHECKING:  # imported where it is used: searching and serving need not wait for it
    from archive.ingest.reading.draw_pages import Drawable

# One is made at a time, the others wait for it; more would keep threads from visitors who read.
_AT_ONCE_MAX = 3
_FORM = "1"
"""To be changed with what the PDF of a slide looks like: browsers then ask for it again."""


class SlidePdfs:
    """Makes PDF files of single slides. Safe to use from several threads; nothing of it stays running."""

    def __init__(self, originals: Store, pictures: Store, settings: Settings) -> None:
        self._originals = originals
        self._pictures = pictures
        self._settings = settings
        self._count = Lock()
        self._turn = Lock()
        self.waiting = 0
        """How many are being made or wait for their turn."""

    def pdf(self, version: Version, page: Page, picture: Picture) -> bytes:
        """Return the PDF of a slide that has this picture.

        Raises Busy where too many are being made, PictureError, PartMissing, and NotFound and PathError
        where what it is made from is gone.
        """
        from archive.ingest.reading.limits import cut_limits
        from archive.ingest.reading.page_pdf import cut_page, page_of_picture
        from archive.ingest.sandbox.spawning import FreshSandbox

        sandbox, limits = FreshSandbox(), cut_limits(self._settings)
        with self._place():
            try:
                if source := self._source(version):
                    words = picture.words if _has_read_words(page) else ()
                    return cut_page(sandbox, source, page.number, words, limits)
            except (PictureError, NotFound, PathError):
                pass  # its picture is there all the same
            large = self._pictures.path(picture.large_sha256)
            size_pt = (picture.width_pt, picture.height_pt)
            return page_of_picture(sandbox, large, size_pt, picture.words, limits)

    @contextmanager
    def _place(self) -> Iterator[None]:
        with self._count:
            if self.waiting >= _AT_ONCE_MAX:
                raise Busy("Several slides are being made into PDF files just now. Try again in a moment.")
            self.waiting += 1
        try:
            with self._turn:
                yield
        finally:
            with self._count:
                self.waiting -= 1

    def _source(self, version: Version) -> "Drawable | None":
        """Return the PDF that has the slide as a page, None where there is none."""
        from archive.ingest.reading.draw_pages import Drawable

        if version.original.media_type == PDF:
            return Drawable(self._originals.path(version.original.sha256), PDF)
        return Drawable(self._pictures.path(version.drawn_sha256), PDF) if version.drawn_sha256 else None


def slide_pdf_digest(version: Version, page: Page, picture: Picture) -> str:
    """Return 64 hexadecimal digits that change whenever the PDF of a slide may."""
    words = picture.words if _has_read_words(page) or not version.drawn_sha256 else ()
    parts = (_FORM, version.original.sha256, version.drawn_sha256, page.number, picture.large_sha256, words)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _has_read_words(page: Page) -> bool:
    """Return whether words were read in the page's picture (OCR), which a page cut out would lack."""
    return any(block.field is BlockField.OCR for block in page.blocks)
