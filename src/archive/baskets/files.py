"""A basket becomes a file: one PDF, or one deck."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from archive.baskets.basket import Basket, GatheredSlide
from archive.baskets.child import Parts, made_by_child, texts
from archive.baskets.deck_forms import DeckForm
from archive.baskets.parts import Cutting, told_pages
from archive.baskets.sources import Sources
from archive.errors import FileRejected, NotFound, PictureError
from archive.ingest.filetypes.media_types import BASKET_DECK, BASKET_PDF, BASKET_PICTURES
from archive.ingest.reading.clean_copy import CleanCopies
from archive.ingest.reading.on_demand import Turns
from archive.settings.settings import Settings
from archive.store.store import Store

_PDF_MAGIC, _ZIP_MAGIC = b"%PDF-", b"PK\x03\x04"


class BasketFiles:
    """Makes files of baskets. Safe to use from several threads; one is made at a time, few wait.

    Work in progress lies in the archive's folder for it, which is cleared of what killed processes leave.
    """

    def __init__(self, originals: Store, pictures: Store, settings: Settings, copies: CleanCopies) -> None:
        self._cutting = Cutting(originals, pictures, settings)
        self._settings = settings
        self._copies = copies
        self.turns = Turns()

    def pdf(self, basket: Basket, sources: Sources) -> BinaryIO:
        """Return a new PDF of the slides with their sources, to be read from its beginning and closed.

        A slide whose page cannot be taken over comes as its picture, else as its words.

        Raises Busy where too many are being made, NotFound where the basket is empty, PictureError,
        PartMissing and PathError.
        """
        _refuse_empty(basket.slides)
        with self.turns.turn(), self._folder() as folder, closing(Parts(folder)) as parts:
            cut = self._cutting.cut(basket.slides)
            pages = told_pages(basket.slides, sources.sources, self._cutting, parts, cut)
            told = {
                **_about(sources),
                "heading": sources.heading,
                "sources": [
                    {"text": texts([f"{place}. {source.citation}"])[0], "address": source.address}
                    for place, source in enumerate(sources.sources, 1)
                ],
                "remarks": sources.remarks(),
                "pages": pages,
            }
            try:
                return made_by_child(BASKET_PDF, parts.bundle(told, folder), _PDF_MAGIC, self._settings)
            except PictureError:
                if not cut:
                    raise
                # One of the pages is too much for what joins them: pictures are not.
                for page in pages:
                    page["pdf"] = None
                return made_by_child(BASKET_PDF, parts.bundle(told, folder), _PDF_MAGIC, self._settings)

    def deck(self, basket: Basket, sources: Sources, form: DeckForm) -> BinaryIO:
        """Return a new deck (.pptx) of the slides; what raises is as for `pdf`.

        It is the slides' own deck cut down to them where `form` says so, else one of their pictures. Slides
        that their author has hidden are left out.
        """
        shown = basket.open_slides
        _refuse_empty(shown)
        by_ref = dict(zip(basket.refs, sources.sources, strict=True))
        of_shown = [by_ref[slide.ref] for slide in shown]
        hidden = len(basket.slides) - len(shown)
        with self.turns.turn(), self._folder() as folder, closing(Parts(folder)) as parts:
            if form is DeckForm.CUT_DOWN:
                try:
                    copy = self._copies.selected(shown[0].version, [slide.page for slide in shown])
                except (PictureError, NotFound, FileRejected):
                    form = DeckForm.FAILED
                else:
                    with closing(copy):
                        parts.add(copy)
            is_cut_down = form is DeckForm.CUT_DOWN
            pages = (
                [{"source": texts([source.line])[0]} for source in of_shown]
                if is_cut_down
                else told_pages(shown, of_shown, self._cutting, parts, {})
            )
            remarks = sources.remarks(hidden, form in (DeckForm.NOT_ALLOWED, DeckForm.FAILED))
            pages[0]["source"] = "\n".join([pages[0]["source"], *remarks])
            bundle = parts.bundle({**_about(sources), "pages": pages}, folder)
            media_type = BASKET_DECK if is_cut_down else BASKET_PICTURES
            return made_by_child(media_type, bundle, _ZIP_MAGIC, self._settings)

    def _folder(self) -> "_Folder":
        return _Folder(self._settings.data / "tmp")


class _Folder:
    """A folder for work in progress, as a path; gone with the context."""

    def __init__(self, within: Path) -> None:
        self._made = tempfile.TemporaryDirectory(prefix="basket-", dir=within)

    def __enter__(self) -> Path:
        return Path(self._made.__enter__())

    def __exit__(self, *error: object) -> None:
        self._made.cleanup()


def _about(sources: Sources) -> dict[str, object]:
    return {"title": sources.title, "language": sources.wording.value, "made_at": sources.made_on}


def _refuse_empty(slides: Sequence[GatheredSlide]) -> None:
    if not slides:
        raise NotFound("None of these slides can be put into a file.")
