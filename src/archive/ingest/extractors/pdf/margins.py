"""Lines that repeat in the margins of pages: running heads, feet and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.ingest.extractors.pdf.miner.layout import LineBox, TextLine
from archive.ingest.extractors.pdf.paragraphs import clean
from archive.model.pages import Block, BlockField, Paragraph

PENDING_PAGES_MAX = 8
"""So many pages wait before they are yielded, so that the first are judged by those after them."""

_UPPER_SHARE, _LOWER_SHARE = 0.12, 0.88
_SAME_PLACE = 50  # parts of the page's height
_PAGES_MIN = 3
_KEYS_MAX = 5_000
_LARGER = 1.2  # than the body: a title, which may repeat
_NUMBERS = re.compile(r"\d+")
_LINE_MAX_CHARS = 300

_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Parted:
    """A page's boxes without what repeats, and that as blocks."""

    boxes: tuple[LineBox, ...]
    repeated: tuple[Block, ...] = ()


class Margins:
    """Remembers the lines in the margins of the pages read so far."""

    def __init__(self, page_count: int) -> None:
        self._counts: Counter[_Key] = Counter()
        self._pages_min = _PAGES_MIN if page_count > _PAGES_MIN else 2

    def note(self, boxes: Sequence[LineBox]) -> None:
        """Remember the margins of one more page."""
        for key in {_key(line) for box in boxes for line in box.lines if _is_in_margin(line)}:
            if key in self._counts or len(self._counts) < _KEYS_MAX:
                self._counts[key] += 1

    def part(self, boxes: tuple[LineBox, ...], body_size_pt: float) -> Parted:
        """Take lines that repeat from the boxes of a page; a page of nothing else is left as it is."""
        repeated = [
            line
            for box in boxes
            for line in box.lines
            if _is_in_margin(line)
            and line.size_pt < _LARGER * body_size_pt
            and self._counts[_key(line)] >= self._pages_min
        ]
        if not repeated:
            return Parted(boxes)
        taken = {id(line) for line in repeated}
        rest = (LineBox(tuple(line for line in box.lines if id(line) not in taken)) for box in boxes)
        kept = tuple(box for box in rest if box.lines)
        if not kept:
            return Parted(boxes)
        heads = [line for line in repeated if line.top_share < _UPPER_SHARE]
        feet = [line for line in repeated if line.top_share >= _UPPER_SHARE]
        blocks = (_block(BlockField.HEADER, heads), _block(BlockField.FOOTER, feet))
        return Parted(kept, tuple(block for block in blocks if block.paragraphs))


def _is_in_margin(line: TextLine) -> bool:
    is_outside = line.top_share < _UPPER_SHARE or line.top_share > _LOWER_SHARE
    return is_outside and len(line.text) <= _LINE_MAX_CHARS


def _key(line: TextLine) -> _Key:
    text = " ".join(_NUMBERS.sub("#", line.text).casefold().split())
    return text, round(line.top_share * _SAME_PLACE)


def _block(field: BlockField, lines: Sequence[TextLine]) -> Block:
    return Block(field, paragraphs=tuple(Paragraph(text) for line in lines if (text := clean(line.text))))
