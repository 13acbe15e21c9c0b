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

from archive.errors import NotFound, PathError, PictureError
from archive.ingest.reading.on_demand import MakingTurns, pdf_of
from archive.ingest.reading.slide_zoom import SlideZooms
from archive.model.documents import Version
from archive.model.pages import BlockField, Page, Picture
from archive.settings.settings import Settings
from archive.store.store import Store

_FORM = "2"
"""To be changed with what the PDF of a slide looks like: browsers then ask for it again."""


class SlidePdfs:
    """Makes PDF files of single slides. Safe to use from several threads; nothing of it stays running."""

    def __init__(self, originals: Store, pictures: Store, settings: Settings, turns: MakingTurns) -> None:
        self._originals = originals
        self._pictures = pictures
        self._settings = settings
        self._turns = turns

    def pdf(self, version: Version, page: Page, picture: Picture) -> bytes:
        """Return the PDF of a slide that has this picture.

        Raises Busy where too many are being made, PictureError, PartMissing, and NotFound and PathError
        where what it is made from is gone.
        """
        from archive.ingest.reading.draw_pages import cut_page, page_of_picture
        from archive.ingest.reading.limits import cut_limits
        from archive.ingest.sandbox.spawning import FreshSandbox

        sandbox, limits = FreshSandbox(), cut_limits(self._settings)
        with self._turns.turn():
            try:
                if source := pdf_of(version, self._originals, self._pictures):
                    words = picture.words if has_read_words(page) else ()
                    return cut_page(sandbox, source, page.number, words, limits)
            except (PictureError, NotFound, PathError):
                pass  # its picture is there all the same
            large = self._pictures.path(picture.large_sha256)
            size_pt = (picture.width_pt, picture.height_pt)
            return page_of_picture(sandbox, large, size_pt, picture.words, limits)


def slide_pdf_digest(version: Version, page: Page, picture: Picture) -> str:
    """Return 64 hexadecimal digits that change whenever the PDF of a slide may."""
    words = picture.words if has_read_words(page) or not version.drawn_sha256 else ()
    parts = (_FORM, version.original.sha256, version.drawn_sha256, page.number, picture.large_sha256, words)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def has_read_words(page: Page) -> bool:
    """Return whether words were read in the page's picture (OCR), which a page cut out would lack."""
    return any(block.field is BlockField.OCR for block in page.blocks)


class SlideFiles:
    """Makes files of slides. Safe to use from several threads; nothing of it stays running."""

    def __init__(self, originals: Store, pictures: Store, settings: Settings) -> None:
        self.turns = MakingTurns()
        self.pdfs = SlidePdfs(originals, pictures, settings, self.turns)
        self.zooms = SlideZooms(originals, pictures, settings, self.turns)
