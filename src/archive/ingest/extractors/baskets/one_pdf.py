"""Make one PDF of slides of many documents, each with its source below it, with all sources at the end."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from typing import Any, BinaryIO, Final

import pikepdf

from archive.errors import FileRejected
from archive.ingest.extractors.archives.frames import Record, only_file
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.baskets.bundle import Bundle
from archive.ingest.extractors.baskets.sheets import Sheet, sheets
from archive.ingest.extractors.baskets.tagging import FIGURE, marked, tag
from archive.ingest.extractors.images.cut import page_of
from archive.ingest.extractors.pdf.cut import FAILURES, page_pdf, pages_alone, saved
from archive.model.extraction import Outcome
from archive.model.pages import WordBox

_NAME: Final = "basket.pdf"
_OUTLINE_MAX_CHARS: Final = 200
_SLIDE: Final = pikepdf.Name("/Slide")


class BasketPdf:
    """Makes the PDF. A slide whose part cannot be used has its words on its sheet instead."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Yield the new file as Member, Chunks and End, then a Finish."""
        del limits, options, words
        try:
            data = _pdf(Bundle(file))
        except FAILURES:
            yield Finish(Outcome.DAMAGED)
            return
        yield from only_file(_NAME, data)


def _pdf(bundle: Bundle) -> bytes:
    told = bundle.told
    with ExitStack() as stack:
        opened = _Sources(bundle, stack)
        slides = [opened.slide(page) for page in told["pages"]]
        sizes = [None if slide is None else _size_pt(slide) for slide in slides]
        data, places, marks = sheets(told, sizes)
        document = stack.enter_context(pikepdf.open(io.BytesIO(data)))
        for sheet, slide, place in zip(list(document.pages), slides, places, strict=False):
            if slide is not None:
                _lay(document, sheet, slide, place)
        _describe(document, told)
        tag(
            document,
            marks.pages,
            [(page["text"] or page["name"], page["language"]) for page in told["pages"]],
        )
        return saved(document)


class _Sources:
    """The PDF files that pages are taken from, each opened once."""

    def __init__(self, bundle: Bundle, stack: ExitStack) -> None:
        self._bundle = bundle
        self._stack = stack
        self._opened: dict[int, Any] = {}

    def slide(self, page: Mapping[str, Any]) -> Any | None:
        """Return the pikepdf page of a slide: its own, else one of its picture, else None."""
        for kind, read in (("pdf", self._page), ("picture", self._picture)):
            with suppress(FileRejected, *FAILURES):
                if page[kind] is not None:
                    slide = read(page)
                    _size_pt(slide)
                    return slide
        return None

    def _page(self, page: Mapping[str, Any]) -> Any:
        index, number = page["pdf"]
        if index not in self._opened:
            document = self._stack.enter_context(pikepdf.open(self._bundle.part(index)))
            document.flatten_annotations()
            self._opened[index] = document
        found = self._opened[index].pages[number - 1]
        words = [WordBox(*word) for word in page["words"]] if page["is_ocr"] else []
        if not words:
            return found
        alone = pages_alone(self._opened[index], [found])
        with_words = io.BytesIO(page_pdf(alone, 1, words).pdf)
        return self._stack.enter_context(pikepdf.open(with_words)).pages[0]

    def _picture(self, page: Mapping[str, Any]) -> Any:
        words = [WordBox(*word) for word in page["words"]]
        data = page_of(self._bundle.part(page["picture"]), (page["width_pt"], page["height_pt"]), words)
        return self._stack.enter_context(pikepdf.open(io.BytesIO(data))).pages[0]


def _size_pt(page: Any) -> tuple[float, float]:
    """Return the size of a page as it is seen; raises where it has none."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    width, height = abs(right - left), abs(top - bottom)
    if width < 1 or height < 1:
        raise ValueError
    is_turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    return (height, width) if is_turned else (width, height)


def _lay(document: Any, sheet: Any, slide: Any, place: Sheet) -> None:
    """Lay a slide on its sheet. pikepdf's own way gives it a random name: no two files would be alike."""
    form = document.copy_foreign(slide.as_form_xobject())
    sheet.add_resource(form, pikepdf.Name.XObject, _SLIDE)
    drawn = sheet.calc_form_xobject_placement(form, _SLIDE, pikepdf.Rectangle(*place.place))
    sheet.contents_add(b"q\n", prepend=True)
    sheet.contents_add(b"\nQ\n" + marked(drawn, FIGURE, 0))
    links = list(_links(slide, place))
    if links:
        sheet.obj.Annots = pikepdf.Array([*sheet.obj.get("/Annots", ()), *links])


def _links(slide: Any, place: Sheet) -> Iterator[Any]:
    """Yield the links of a slide to the web, where they are on its sheet; a turned page has none."""
    if int(slide.obj.get("/Rotate", 0)) % 360 or "/Annots" not in slide.obj:
        return
    left, bottom, right, _ = (float(value) for value in slide.trimbox)
    scale = (place.place[2] - place.place[0]) / (right - left)
    for note in slide.obj.Annots:
        action = note.get("/A")
        if note.get("/Subtype") != pikepdf.Name.Link or action is None or "/URI" not in action:
            continue
        x1, y1, x2, y2 = (float(value) for value in note.Rect)
        corners = ((x1 - left, y1 - bottom), (x2 - left, y2 - bottom))
        box = [
            value for x, y in corners for value in (place.place[0] + x * scale, place.place[1] + y * scale)
        ]
        yield pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=pikepdf.Array([round(value, 2) for value in box]),
            Border=pikepdf.Array([0, 0, 0]),
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(str(action.URI))),
        )


def _describe(document: Any, told: Mapping[str, Any]) -> None:
    """Say what the file is and in which language, and name its pages; nothing else is said of it."""
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    document.docinfo["/Title"] = told["title"]
    document.Root.Lang = pikepdf.String(told["language"])
    document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with document.open_outline() as outline:
        for at, page in enumerate(told["pages"]):
            outline.root.append(pikepdf.OutlineItem(page["name"][:_OUTLINE_MAX_CHARS], at))
        outline.root.append(pikepdf.OutlineItem(told["heading"], len(told["pages"])))
