"""The reader of PDF files: pdfminer.six for the layout, pdfium for what it loses."""

import time
from collections.abc import Iterator
from typing import BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import cut_blocks
from archive.ingest.extractors.pdf import layout, pdfium
from archive.ingest.extractors.pdf.blocks import blocks_of_boxes, blocks_of_text
from archive.ingest.extractors.pdf.paragraphs import clean
from archive.ingest.extractors.pdf.properties import properties_of
from archive.model import Block, BlockField, Category, Page

# Of 2,140 PDFs pdfminer silently lost text in 16: it is trusted when it has nearly what pdfium has.
_ENOUGH_SHARE = 0.8
_OBJECTS_MAX = 30_000  # maps and drawings, which pdfminer reads operator by operator in Python
_LETTERS_MAX = 60_000
_LAYOUT_CPU_S = 40.0  # of the 90 s that a child has; the pages after that have pdfium's text


class PdfExtractor:
    """Reads PDF files."""

    engine = layout.ENGINE
    fields = frozenset({BlockField.TITLE, BlockField.BODY})

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the pages in order, then a Finish."""
        rejection: FileRejected | None = None
        plain: pdfium.PdfiumFile | None = None
        try:
            plain = pdfium.PdfiumFile(file)
        except FileRejected as error:
            rejection = error
        if rejection is not None and rejection.category is Category.PASSWORD:
            yield Finish(rejection.category, rejection.message, engine=pdfium.ENGINE)
            return
        try:
            yield from _Reading(file, plain, limits).pages()
        finally:
            if plain is not None:
                plain.close()


class _Reading:
    """The reading of one file."""

    def __init__(self, file: BinaryIO, plain: pdfium.PdfiumFile | None, limits: ReadLimits) -> None:
        self._plain = plain
        self._limits = limits
        self._count = 0 if plain is None else plain.page_count
        self._layout_from_s = time.process_time()
        self._problems = 0
        self._unread = 0
        self._engines: set[str] = set()
        try:
            self._miner: layout.MinerFile | None = layout.MinerFile(file)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - pdfminer raises any kind on damaged files; pdfium reads alone then
            self._miner = None

    def pages(self) -> Iterator[Page | Finish]:
        number = 0
        is_more = True
        while is_more and number < self._limits.pages_max:
            page = self._page(number + 1)
            is_more = page is not None
            if page is not None:
                number += 1
                self._problems += bool(page.broken)
                yield page
        yield self._finish(number)

    def _page(self, number: int) -> Page | None:
        plain = self._plain.page(number) if self._plain and number <= self._count else None
        boxes = self._boxes(plain)
        if boxes is None and plain is None and number > self._count:
            return None
        blocks, engine = _better(boxes, plain)
        blocks, was_cut = cut_blocks(blocks, self._limits.page_text_max_chars)
        broken = "The page could not be read." if boxes is None and plain is None else ""
        self._unread += bool(broken)
        if was_cut:
            broken = "The page has more text than is read."
        self._engines.add(engine)
        width_pt, height_pt = (plain.width_pt, plain.height_pt) if plain else (0.0, 0.0)
        return Page(number, blocks, engine=engine, width_pt=width_pt, height_pt=height_pt, broken=broken)

    def _boxes(self, plain: pdfium.PlainPage | None) -> tuple[layout.Box, ...] | None:
        """Return the next page as pdfminer reads it; None when it cannot, or should not be tried."""
        if self._miner is None:
            return None
        try:
            page = self._miner.next_page()
            if page is None:
                self._miner = None
                return None
            return self._miner.boxes(page) if self._is_worth(plain) else None
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - pdfminer raises any kind on damaged pages; pdfium's text stands in
            return None

    def _is_worth(self, plain: pdfium.PlainPage | None) -> bool:
        if plain is None:
            return True
        is_light = plain.object_count <= _OBJECTS_MAX and len(plain.text) <= _LETTERS_MAX
        is_in_time = time.process_time() - self._layout_from_s < _LAYOUT_CPU_S
        return is_light and is_in_time and bool(plain.text.strip())

    def _finish(self, number: int) -> Finish:
        page_count = max(self._count, number)
        engine = layout.ENGINE if layout.ENGINE in self._engines else pdfium.ENGINE
        information = self._plain.properties() if self._plain else {}
        if page_count == 0:
            return Finish(Category.DAMAGED, _NO_PAGES, engine=engine)
        messages = []
        if page_count > number:
            messages.append(f"Only the first {number} of {page_count} pages were read.")
        if self._problems:
            messages.append(f"{self._problems} of the pages could not be read whole.")
        category = Category.OK_PARTIAL if messages else Category.OK
        if self._unread == number:
            category = Category.DAMAGED
        return Finish(category, " ".join(messages), properties_of(information), page_count, engine)


_NO_PAGES = "No page of the PDF can be opened. Make it anew from its source and add it again."


def _better(
    boxes: tuple[layout.Box, ...] | None, plain: pdfium.PlainPage | None
) -> tuple[tuple[Block, ...], str]:
    """Return the blocks of the reading that lost less, and its engine."""
    if boxes is not None:
        text = "".join(clean(line.text) for box in boxes for line in box.lines)
        if plain is None or _letters(text) >= _ENOUGH_SHARE * _letters(plain.text):
            return blocks_of_boxes(boxes), layout.ENGINE
    return (blocks_of_text(plain.text) if plain else ()), pdfium.ENGINE


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
