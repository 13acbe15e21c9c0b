"""The reader of PDF files: pdfminer.six for the layout, pdfium for what it loses and what is not text."""

import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import cut_blocks
from archive.ingest.extractors.pdf.blocks import blocks_of_page, body_size
from archive.ingest.extractors.pdf.garbled import is_garbled
from archive.ingest.extractors.pdf.margins import PENDING_PAGES_MAX, Margins
from archive.ingest.extractors.pdf.miner.layout import LineBox
from archive.ingest.extractors.pdf.miner.miner_file import MINER, MinerFile
from archive.ingest.extractors.pdf.pdfium.document_info import properties_of
from archive.ingest.extractors.pdf.pdfium.pdfium_file import PDFIUM, PdfiumFile, PlainPage
from archive.ingest.extractors.pdf.repair import is_unreadable
from archive.ingest.extractors.pdf.unite import Reading, chosen
from archive.model.extraction import Outcome
from archive.model.pages import Block, BlockField, OcrReason, Page, Paragraph

_OBJECTS_MAX = 60_000  # maps and drawings; pdfminer's time grows with them
_LETTERS_MAX = 60_000
_LAYOUT_CPU_S = 40.0  # of the 90 s that a child has; the pages after that have pdfium's text
_NAMES_MAX_CHARS = 200
_PORTFOLIO = (
    "The PDF is a portfolio, of which only the cover was read; `archive ingest` makes documents of the files "
    "in it ({names})."
)
_FORM = "The form in the PDF could not be read. Open it in Acrobat, print it to PDF and add that."
HIDDEN_LAYERS = Block(BlockField.COMMENT, (Paragraph("Lager som är avstängda finns kvar i filen."),))
"""What staff read where a file has layers that nobody sees; their words are not kept."""
_PICTURE_SHARE = 1 / 3  # of the page: what is photographed or scanned may hold words


class PdfExtractor:
    """Reads PDF files."""

    engine = MINER
    fields = frozenset(
        {
            BlockField.TITLE,
            BlockField.BODY,
            BlockField.HEADER,
            BlockField.FOOTER,
            BlockField.FORM,
            BlockField.ANNOTATION,
            BlockField.LINK,
            BlockField.EMBEDDED,
            BlockField.SECTION,
            BlockField.ALT_TEXT,
            BlockField.COMMENT,
        }
    )

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the pages in order, then a Finish."""
        rejection: FileRejected | None = None
        plain: PdfiumFile | None = None
        try:
            plain = PdfiumFile(file, limits.password)
            plain.init_forms()
        except FileRejected as error:
            rejection = error
        if rejection is not None and rejection.category is Outcome.PASSWORD:
            yield Finish(rejection.category, rejection.message, engine=PDFIUM)
            return
        try:
            yield from _FileReading(file, plain, limits).records()
        finally:
            if plain is not None:
                plain.close()


@dataclass(frozen=True, slots=True)
class _PendingPage:
    """A page that is read, and waits for what the pages after it repeat."""

    number: int
    reading: Reading
    plain: PlainPage | None
    is_unread: bool


class _FileReading:
    """The reading of one file."""

    def __init__(self, file: BinaryIO, plain: PdfiumFile | None, limits: ReadLimits) -> None:
        self._plain = plain
        self._limits = limits
        self._count = 0 if plain is None else plain.page_count
        self._layout_from_s = time.process_time()
        self._problems = 0
        self._unread = 0
        self._engines: set[str] = set()
        self._has_form = False
        self._margins = Margins(self._count)
        try:
            password = limits.password if plain is None else plain.password
            self._miner: MinerFile | None = MinerFile(file, password)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - pdfminer raises any kind on damaged files; pdfium reads alone then
            self._miner = None
        self._hides_layers = self._miner is not None and self._miner.has_hidden_layers
        self._is_portfolio = self._miner is not None and self._miner.is_portfolio

    def records(self) -> Iterator[Page | Finish]:
        """Yield the pages, a few later than they are read, then the Finish."""
        waiting: deque[_PendingPage] = deque()
        number = 0
        while number < self._limits.pages_max and (pending := self._read(number + 1)) is not None:
            number += 1
            self._margins.note(pending.reading.boxes)
            waiting.append(pending)
            if len(waiting) > PENDING_PAGES_MAX:
                yield self._page(waiting.popleft())
        while waiting:
            yield self._page(waiting.popleft())
        yield self._finish(number)

    def _read(self, number: int) -> _PendingPage | None:
        """Read one page with both engines; None behind the last."""
        plain = self._plain.page(number) if self._plain and number <= self._count else None
        boxes = self._boxes(plain)
        if boxes is None and plain is None and number > self._count:
            return None
        text = None if plain is None or (boxes is not None and self._hides_layers) else plain.text
        reading = chosen(boxes, text, self._limits.bad_letter_share)
        return _PendingPage(number, reading, plain, boxes is None and plain is None)

    def _page(self, pending: _PendingPage) -> Page:
        reading, plain = pending.reading, pending.plain
        blocks, was_cut = cut_blocks(self._blocks(pending), self._limits.page_text_max_chars)
        broken = "The page could not be read." if pending.is_unread else ""
        self._unread += pending.is_unread
        if was_cut:
            broken = "The page has more text than is read."
        self._problems += bool(broken)
        self._engines.update(reading.engine.split("+"))
        width_pt, height_pt = (plain.width_pt, plain.height_pt) if plain else (0.0, 0.0)
        return Page(
            pending.number,
            blocks,
            reader=reading.engine,
            width_pt=width_pt,
            height_pt=height_pt,
            broken=broken,
            ocr_reason=self._ocr_reason(reading, plain),
        )

    def _blocks(self, pending: _PendingPage) -> tuple[Block, ...]:
        """Return all blocks of a page: title, body, words of one engine alone, margins, annotations."""
        reading, plain = pending.reading, pending.plain
        parted = self._margins.part(reading.boxes, body_size(reading.boxes))
        titles = (plain.tags.title, _section_title(plain)) if plain else ("", "")
        blocks = list(
            blocks_of_page(parted.boxes, *titles, is_placed=reading.is_placed, is_first=pending.number == 1)
        )
        if reading.missing:
            blocks.append(Block(BlockField.BODY, paragraphs=(Paragraph(" ".join(reading.missing)),)))
        blocks.extend(parted.repeated)
        if plain is not None:
            self._has_form |= any(block.field is BlockField.FORM for block in plain.extras)
            if alternatives := plain.tags.alternatives:
                blocks.append(Block(BlockField.ALT_TEXT, paragraphs=tuple(map(Paragraph, alternatives))))
            blocks.extend(plain.extras)
        if self._hides_layers and pending.number == 1:
            blocks.append(HIDDEN_LAYERS)
        return tuple(blocks)

    def _ocr_reason(self, reading: Reading, plain: PlainPage | None) -> OcrReason:
        if is_unreadable(reading.text, self._limits.bad_letter_share) or is_garbled(reading.text):
            return OcrReason.BAD_TEXT
        is_picture = plain is not None and (plain.picture_share > _PICTURE_SHARE or plain.is_outlined)
        return OcrReason.PICTURE if is_picture else OcrReason.NONE

    def _boxes(self, plain: PlainPage | None) -> tuple[LineBox, ...] | None:
        """Return the next page as pdfminer reads it; None when it cannot, or should not be tried."""
        if self._miner is None:
            return None
        try:
            page = self._miner.next_page()
            if page is None:
                self._miner = None
                return None
            has_stamps = plain is None or plain.has_stamps
            return self._miner.boxes(page, has_stamps) if self._is_worth(plain) else None
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - pdfminer raises any kind on damaged pages; pdfium's text is taken instead
            return None

    def _is_worth(self, plain: PlainPage | None) -> bool:
        if plain is None:
            return True
        is_light = plain.object_count <= _OBJECTS_MAX and len(plain.text) <= _LETTERS_MAX
        return is_light and time.process_time() - self._layout_from_s < _LAYOUT_CPU_S

    def _finish(self, number: int) -> Finish:
        page_count = max(self._count, number)
        engine = MINER if MINER in self._engines else PDFIUM
        information = self._plain.properties() if self._plain else {}
        if page_count == 0:
            return Finish(Outcome.DAMAGED, _NO_PAGES, engine=engine)
        messages = []
        if page_count > number:
            messages.append(f"Only the first {number} of {page_count} pages were read.")
        if self._problems:
            messages.append(f"{self._problems} of the pages could not be read whole.")
        messages.extend(self._unread_parts(information))
        category = Outcome.OK_PARTIAL if messages else Outcome.OK
        if self._unread == number:
            category = Outcome.DAMAGED
        return Finish(category, " ".join(messages), properties_of(information), page_count, engine)

    def _unread_parts(self, information: Mapping[str, str]) -> Iterator[str]:
        """Yield what is said of parts that are not on the pages."""
        attached = information.get("Attachments", "")
        if self._is_portfolio and attached:
            yield _PORTFOLIO.format(names=attached[:_NAMES_MAX_CHARS])
        if self._plain is not None and self._plain.is_dynamic_form and not self._has_form:
            yield _FORM


def _section_title(plain: PlainPage) -> str:
    sections = (block for block in plain.extras if block.field is BlockField.SECTION)
    return next((block.paragraphs[0].text for block in sections), "")


_NO_PAGES = "No page of the PDF can be opened. Make it anew from its source and add it again."
