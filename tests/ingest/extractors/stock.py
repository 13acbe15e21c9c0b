"""pdfminer.six as it comes, to hold the quick reading against."""

import io
from collections.abc import Iterator
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import IndexAssigner, LAParams, LTChar, LTContainer, LTPage, LTTextBox
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from archive.ingest.extractors.pdf.letters import Letter


class _Device(PDFLayoutAnalyzer):
    page: LTPage | None = None

    def receive_layout(self, ltpage: LTPage) -> None:
        self.page = ltpage

    def paint_path(self, *args: object, **kwargs: object) -> None:
        pass

    def render_image(self, *args: object) -> None:
        pass


def stock_pages(data: bytes) -> Iterator[tuple[PDFPage, LTPage | None]]:
    """Yield each page with the layout that pdfminer makes of it, None where it raises."""
    resources = PDFResourceManager()
    for page in PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))):
        device = _Device(resources)
        try:
            PDFPageInterpreter(resources, device).process_page(page)
        except Exception:
            yield page, None
        else:
            yield page, device.page


def stock_letters(page: LTPage) -> list[Letter]:
    """Return the letters in the order in which they are drawn, those of forms included."""
    return list(_letters(page))


def _letters(container: LTContainer[Any]) -> Iterator[Letter]:
    for item in container:
        if isinstance(item, LTChar):
            yield item.get_text(), item.x0, item.y0, item.x1, item.y1, item.size
        elif isinstance(item, LTContainer):
            yield from _letters(item)


def stock_boxes(page: LTPage, *, is_ordered: bool) -> list[list[str]]:
    """Return the lines of the boxes that pdfminer's layout analysis finds, forms read with the page."""
    letters = LTPage(page.pageid, page.bbox, page.rotate)
    for letter in _chars(page):
        letters.add(letter)
    letters.analyze(LAParams(boxes_flow=None))
    boxes = [item for item in letters if isinstance(item, LTTextBox)]
    if is_ordered and len(boxes) > 1:
        params, assigner = LAParams(), IndexAssigner()
        for group in letters.group_textboxes(params, boxes):
            group.analyze(params)
            assigner.run(group)
        boxes.sort(key=lambda box: box.index)
    lines = ([line.get_text().strip() for line in box] for box in boxes)
    return [kept for box in lines if (kept := [line for line in box if line])]


def _chars(container: LTContainer[Any]) -> Iterator[LTChar]:
    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _chars(item)
