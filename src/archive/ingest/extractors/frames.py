"""What a reading child answers, as bytes: frames of JSON (see `framing`).

Everything is cut to bounds here, so that an honest reader never says what `reading/wire.py` refuses.
"""

import base64
import json
import math
from collections.abc import Iterable
from dataclasses import replace

from archive.ingest.extractors.base import DrawnPage, Finish, PagePdf, Record
from archive.ingest.framing import framed
from archive.model.pages import Block, Page, Paragraph, WordBox

FRAME_MAX_BYTES = 16 * 1024 * 1024
"""A frame is read into memory whole; the largest honest one is a picture 4096 px wide."""
PAGE_PDF_MAX_BYTES = 12 * 1000 * 1000
"""The largest PDF of one page: four thirds of it, in base64, fit into a frame."""

PAGE_NUMBER_MAX = 20_000
BLOCKS_MAX = 20_000
PARAGRAPHS_MAX = 20_000
ROWS_MAX = 20_000
CELLS_MAX = 2_000
WORDS_MAX = 20_000
WORD_MAX_CHARS = 200
LEVEL_MAX = 100
NAME_MAX_CHARS = 100
LANGUAGES = ("sv", "en")
MESSAGE_MAX_CHARS = 500
PROPERTIES_MAX = 100
PROPERTY_MAX_CHARS = 4_000
LENGTH_MAX_PT = 1_000_000.0
SIZE_MAX_PX = 20_000
PAGE_COUNT_MAX = 10_000_000

CUT = "The page holds more text than is kept of one page."


def encode(record: Record, text_max_chars: int) -> bytes:
    """Return the frame, with its length, of one record of a reader.

    A page is cut to `text_max_chars` characters of text and then says so in `broken`. Raises ValueError when
    the frame would be larger than FRAME_MAX_BYTES.
    """
    if isinstance(record, Page):
        message = _page(record, text_max_chars)
    elif isinstance(record, DrawnPage):
        message = _picture(record)
    elif isinstance(record, PagePdf):
        message = _page_pdf(record)
    else:
        message = _done(record)
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "ignore")
    if len(body) > FRAME_MAX_BYTES:
        raise ValueError("frame too large")
    return framed(body)


class _Allowance:
    """Hands out the characters that one page may hold."""

    def __init__(self, chars: int) -> None:
        self._left = chars
        self.is_spent = False

    def take(self, text: str) -> str:
        clean = _clean(text)
        kept = clean[: self._left]
        self.is_spent = self.is_spent or len(kept) < len(clean)
        self._left -= len(kept)
        return kept


def _page(page: Page, text_max_chars: int) -> dict[str, object]:
    allowance = _Allowance(text_max_chars)
    blocks = [_block(block, allowance) for block in page.blocks[:BLOCKS_MAX]]
    if (allowance.is_spent or _has_more(page)) and not page.broken:
        page = replace(page, broken=CUT)
    return {
        "kind": "page",
        "number": page.number,
        "blocks": blocks,
        "hidden": page.hidden,
        "engine": _clean(page.reader)[:NAME_MAX_CHARS],
        "width_pt": _bounded(page.width_pt, 0.0),
        "height_pt": _bounded(page.height_pt, 0.0),
        "broken": _clean(page.broken)[:MESSAGE_MAX_CHARS],
        "ocr_reason": str(page.ocr_reason),
    }


def _has_more(page: Page) -> bool:
    """Return whether a page has more parts than are sent of it."""
    return len(page.blocks) > BLOCKS_MAX or any(
        len(block.paragraphs) > PARAGRAPHS_MAX
        or len(block.rows) > ROWS_MAX
        or any(len(row) > CELLS_MAX for row in block.rows)
        for block in page.blocks
    )


def _block(block: Block, allowance: _Allowance) -> dict[str, object]:
    return {
        "field": str(block.field),
        "paragraphs": [_paragraph(each, allowance) for each in block.paragraphs[:PARAGRAPHS_MAX]],
        "rows": [[allowance.take(cell) for cell in row[:CELLS_MAX]] for row in block.rows[:ROWS_MAX]],
        "has_header": block.has_header,
        "language": block.language if block.language in LANGUAGES else "",
    }


def _paragraph(paragraph: Paragraph, allowance: _Allowance) -> list[object]:
    level = min(max(paragraph.level, 0), LEVEL_MAX)
    return [allowance.take(paragraph.text), level, paragraph.bullet]


def _picture(drawn: DrawnPage) -> dict[str, object]:
    return {
        "kind": "picture",
        "number": drawn.number,
        "width_pt": _bounded(drawn.width_pt, 0.0),
        "height_pt": _bounded(drawn.height_pt, 0.0),
        "width_px": drawn.width_px,
        "height_px": drawn.height_px,
        "large": base64.b64encode(drawn.large).decode("ascii"),
        "small": base64.b64encode(drawn.small).decode("ascii"),
        "grey": base64.b64encode(drawn.grey).decode("ascii"),
        "words": _words(drawn.words[:WORDS_MAX]),
    }


def _page_pdf(page_pdf: PagePdf) -> dict[str, object]:
    return {
        "kind": "sheet",
        "number": page_pdf.number,
        "width_pt": _bounded(page_pdf.width_pt, 0.0),
        "height_pt": _bounded(page_pdf.height_pt, 0.0),
        "pdf": base64.b64encode(page_pdf.pdf).decode("ascii"),
    }


def _words(words: Iterable[WordBox]) -> list[list[object]]:
    return [
        [
            _clean(word.text)[:WORD_MAX_CHARS],
            _bounded(word.x, -LENGTH_MAX_PT),
            _bounded(word.y, -LENGTH_MAX_PT),
            _bounded(word.width, 0.0),
            _bounded(word.height, 0.0),
        ]
        for word in words
    ]


def _done(finish: Finish) -> dict[str, object]:
    properties = list(finish.properties.items())[:PROPERTIES_MAX]
    return {
        "kind": "done",
        "category": str(finish.category),
        "engine": _clean(finish.engine)[:NAME_MAX_CHARS],
        "message": _clean(finish.message)[:MESSAGE_MAX_CHARS],
        "page_count": min(max(finish.page_count, 0), PAGE_COUNT_MAX),
        "properties": {
            _clean(name)[:NAME_MAX_CHARS]: _clean(value)[:PROPERTY_MAX_CHARS] for name, value in properties
        },
    }


def _clean(text: str) -> str:
    # Half a surrogate pair has no UTF-8 form, and NUL ends strings in the libraries further on.
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _bounded(value: float, low: float) -> float:
    if math.isnan(value):
        return 0.0
    return round(min(max(float(value), low), LENGTH_MAX_PT), 3)
