"""Lines of text and the boxes they stand in, as pdfminer.six sees a page."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import BinaryIO

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import (
    IndexAssigner,
    LAParams,
    LTChar,
    LTComponent,
    LTContainer,
    LTPage,
    LTTextBox,
    LTTextLine,
)
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from archive.ingest.extractors.pdf.streams import view

ENGINE = "pdfminer.six"

# Ordering boxes by nearness takes time in the square of their number: 4,000 took 20 s and 830 MB.
_BOXES_MAX = 120
_DEPTH_MAX = 50

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it reports every oddity of every file


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: letter size in points, and its top as a share of the page's height from above."""

    text: str
    size_pt: float
    top_share: float


@dataclass(frozen=True, slots=True)
class Box:
    """Lines that stand together."""

    lines: tuple[Line, ...]


class MinerFile:
    """A PDF opened by pdfminer.six."""

    def __init__(self, file: BinaryIO) -> None:
        """Open `file`; raises what pdfminer raises, which is nearly any exception."""
        self._document = PDFDocument(PDFParser(view(file)))
        self._pages = PDFPage.create_pages(self._document)
        self._device = _Letters(PDFResourceManager())
        self._interpreter = PDFPageInterpreter(self._device.rsrcmgr, self._device)

    def next_page(self) -> PDFPage | None:
        """Return the next page without reading it, None after the last; raises what pdfminer raises."""
        return next(self._pages, None)

    def boxes(self, page: PDFPage) -> tuple[Box, ...]:
        """Read a page into boxes in reading order; raises what pdfminer raises."""
        self._device.page = None
        self._interpreter.process_page(page)
        found = self._device.page
        return () if found is None else _boxes(found)


class _Letters(PDFLayoutAnalyzer):
    """Keeps the letters of a page and leaves out lines and pictures."""

    page: LTPage | None = None

    def receive_layout(self, ltpage: LTPage) -> None:
        self.page = ltpage

    def paint_path(self, *args: object, **kwargs: object) -> None:
        pass

    def render_image(self, name: str, stream: object) -> None:
        pass


def _boxes(page: LTPage) -> tuple[Box, ...]:
    # Letters inside figures are drawn on the page like all others; pdfminer would read them apart.
    letters = LTPage(page.pageid, page.bbox, page.rotate)
    for letter in _letters(page, _DEPTH_MAX):
        letters.add(letter)
    letters.analyze(LAParams(boxes_flow=None))
    boxes = [item for item in letters if isinstance(item, LTTextBox)]
    if 1 < len(boxes) <= _BOXES_MAX:
        _order(letters, boxes)
    found = (Box(tuple(_lines(box, page))) for box in boxes)
    return tuple(box for box in found if box.lines)


def _letters(container: LTContainer[LTComponent], depth: int) -> Iterator[LTChar]:
    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer) and depth:
            yield from _letters(item, depth - 1)


def _order(page: LTPage, boxes: list[LTTextBox]) -> None:
    """Sort boxes as they are read, columns one after the other, as LTLayoutContainer.analyze does."""
    params = LAParams()
    assigner = IndexAssigner()
    for group in page.group_textboxes(params, boxes):
        group.analyze(params)
        assigner.run(group)
    boxes.sort(key=lambda box: box.index)


def _lines(box: LTTextBox, page: LTPage) -> Iterator[Line]:
    height = page.height or 1.0
    for line in box:
        text = line.get_text().strip()
        if isinstance(line, LTTextLine) and text:
            sizes = [letter.size for letter in line if isinstance(letter, LTChar)]
            yield Line(text, median(sizes) if sizes else 0.0, (page.y1 - line.y1) / height)
