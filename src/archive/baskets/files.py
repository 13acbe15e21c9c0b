"""A basket becomes a file: one PDF, or one deck, of pages cut out of PDF files, and of pictures."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, Final

from archive.baskets.basket import Basket, GatheredSlide
from archive.baskets.child import FileParts, made_by_child, texts
from archive.baskets.deck_forms import DeckForm
from archive.baskets.sources import BasketSources, SlideSource
from archive.errors import Busy, FileRejected, NotFound, OriginalDamaged, PathError, PictureError
from archive.ingest.filetypes.media_types import BASKET_DECK, BASKET_PDF, BASKET_PICTURES
from archive.ingest.reading.clean_copy import CleanCopies
from archive.ingest.reading.document_pdf import selected_pages
from archive.ingest.reading.draw_pages import page_size_pt
from archive.ingest.reading.limits import cut_limits
from archive.ingest.reading.on_demand import MakingTurns, pdf_of
from archive.ingest.reading.slide_pdf import has_read_words
from archive.model.pages import WordBox
from archive.settings.settings import Settings
from archive.store.store import Store

_PDF_MAGIC, _ZIP_MAGIC = b"%PDF-", b"PK\x03\x04"

_CUTS_AT_ONCE: Final = 2
_CUTTING_MAX_S: Final = 30.0
"""After as long no more pages are cut: the machine has too much else to do."""
_WORDS_MAX: Final = 2_000
_FAILURES: Final = (PictureError, NotFound, PathError, OriginalDamaged)

CutPages = Mapping[str, tuple[BinaryIO, Sequence[int]]]
"""By version: a PDF of its gathered pages, and their numbers in its order."""


class BasketFiles:
    """Makes files of baskets. Safe to use from several threads; one is made at a time, few wait.

    Work in progress lies in the archive's folder for it, which is cleared of what killed processes leave.
    """

    def __init__(self, originals: Store, pictures: Store, settings: Settings, copies: CleanCopies) -> None:
        self._cutting = Cutting(originals, pictures, settings)
        self._settings = settings
        self._copies = copies
        self.turns = MakingTurns()

    def pdf(self, basket: Basket, sources: BasketSources) -> BinaryIO:
        """Return a new PDF of the slides with their sources, to be read from its beginning and closed.

        A slide whose page cannot be taken over comes as its picture, else as its words.

        Raises Busy where too many are being made, NotFound where the basket is empty, PictureError,
        PartMissing and PathError.
        """
        _refuse_empty(basket.slides)
        with self.turns.turn(), self._folder() as folder, closing(FileParts(folder)) as parts:
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

    def deck(self, basket: Basket, sources: BasketSources, form: DeckForm) -> BinaryIO:
        """Return a new deck (.pptx) of the slides; what raises is as for `pdf`.

        It is the slides' own deck cut down to them where `form` says so, else one of their pictures. Slides
        that their author has hidden are left out.
        """
        shown = basket.open_slides
        _refuse_empty(shown)
        by_ref = dict(zip(basket.refs, sources.sources, strict=True))
        of_shown = [by_ref[slide.ref] for slide in shown]
        hidden = len(basket.slides) - len(shown)
        with self.turns.turn(), self._folder() as folder, closing(FileParts(folder)) as parts:
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


def _about(sources: BasketSources) -> dict[str, object]:
    return {"title": sources.title, "language": sources.wording.value, "made_at": sources.made_on}


def _refuse_empty(slides: Sequence[GatheredSlide]) -> None:
    if not slides:
        raise NotFound("None of these slides can be put into a file.")


class Cutting:
    """Cuts the pages of gathered slides out of the PDF files that are kept. Nothing of it stays running."""

    def __init__(self, originals: Store, pictures: Store, settings: Settings) -> None:
        self._originals = originals
        self._pictures = pictures
        self._limits = cut_limits(settings)

    def cut(self, slides: Sequence[GatheredSlide]) -> dict[str, tuple[BinaryIO, Sequence[int]]]:
        """Return the cut pages; a version that has none is left out. Raises Busy where it takes too long."""
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        of_version = {}
        for slide in slides:
            numbers[slide.version.id].append(slide.page.number)
            of_version[slide.version.id] = slide
        deadline_s = time.monotonic() + _CUTTING_MAX_S
        with ThreadPoolExecutor(_CUTS_AT_ONCE) as pool:
            jobs = {
                version_id: pool.submit(self._cut, of_version[version_id], wanted, deadline_s)
                for version_id, wanted in numbers.items()
            }
        failures = [failure for job in jobs.values() if (failure := job.exception())]
        made = {key: job.result() for key, job in jobs.items() if not job.exception()}
        if failures:
            for file in filter(None, made.values()):
                file.close()
            raise failures[0]
        return {key: (file, numbers[key]) for key, file in made.items() if file is not None}

    def _cut(self, slide: GatheredSlide, numbers: Sequence[int], deadline_s: float) -> BinaryIO | None:
        if time.monotonic() > deadline_s:
            raise Busy("It takes too long just now. Try again in a moment.")
        try:
            source = pdf_of(slide.version, self._originals, self._pictures)
            return selected_pages(source.path, numbers, self._limits) if source else None
        except _FAILURES:
            return None  # its picture is there all the same

    def picture(self, slide: GatheredSlide) -> BinaryIO | None:
        """Return the large picture of a slide, None where there is none (any more)."""
        if slide.picture is None:
            return None
        try:
            return self._pictures.path(slide.picture.large_sha256).open("rb")
        except (NotFound, PathError, OriginalDamaged, OSError):
            return None


def told_pages(
    slides: Sequence[GatheredSlide],
    sources: Sequence[SlideSource],
    cutting: Cutting,
    parts: FileParts,
    cut: CutPages,
) -> list[dict[str, Any]]:
    """Return what the child is told of each slide; what it is made of is added to `parts`."""
    pictures = [_added(parts, cutting.picture(slide)) for slide in slides]
    added = {version_id: (_added(parts, file), numbers) for version_id, (file, numbers) in cut.items()}
    return [
        _told(slide, source, picture, added)
        for slide, source, picture in zip(slides, sources, pictures, strict=True)
    ]


def _added(parts: FileParts, file: BinaryIO | None) -> int | None:
    if file is None:
        return None
    with closing(file):
        return parts.add(file)


def _told(
    slide: GatheredSlide,
    source: SlideSource,
    picture: int | None,
    cut: Mapping[str, tuple[int | None, Sequence[int]]],
) -> dict[str, Any]:
    part, numbers = cut.get(slide.version.id, (None, ()))
    words = slide.picture.words[:_WORDS_MAX] if slide.picture else ()
    size_pt = (slide.picture.width_pt, slide.picture.height_pt) if slide.picture else (0.0, 0.0)
    width_pt, height_pt = page_size_pt(size_pt)
    line, address, name, title = texts([source.line, source.address, source.name, slide.page.title])
    paragraphs = texts(slide.paragraphs)
    return {
        "pdf": None if part is None else [part, numbers.index(slide.page.number) + 1],
        "is_ocr": has_read_words(slide.page),
        "picture": picture,
        "width_pt": width_pt,
        "height_pt": height_pt,
        "words": list(_plain(words)),
        "source": line,
        "address": address,
        "name": name,
        "title": title,
        "language": slide.page.language or slide.record.document.language,
        "paragraphs": paragraphs,
        "text": "\n".join(([title] if title else []) + paragraphs),
    }


def _plain(words: Sequence[WordBox]) -> Iterator[Sequence[object]]:
    for word in words:
        text, *place = word
        yield [texts([text])[0], *(round(value, 1) for value in place)]
