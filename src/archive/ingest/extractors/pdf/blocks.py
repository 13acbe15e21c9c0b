"""Turn the lines of a page into blocks, and find the line that is its title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from archive.ingest.extractors.pdf.miner.layout import LineBox, TextLine
from archive.ingest.extractors.pdf.paragraphs import (
    begins_item,
    clean,
    is_continued,
    join_lines,
    paragraphs,
)
from archive.model.pages import Block, BlockField, Paragraph

_UPPER_SHARE = 0.45  # a title is in the upper part of the page
_CLEARLY_LARGER = 1.2
_SAME_SIZE = 0.93
_HEAD_RATIO = 2.0
_COVER_WORDS_MAX = 40
_TITLE_LINES_MAX = 4
_TITLE_MAX_CHARS = 200
_SHORT_LINE_MAX_CHARS = 80
_BOX_LINES_MAX = 3
_PLAIN_SHORT_LINE_MAX_CHARS = 60
_ONLY_BULLET = re.compile(r"[•‣▪▫◦●○■□·\uf0a7\uf0b7\s]*")
_NOT_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d_]{3}")
_PAGE_NUMBER = re.compile(r"(?:sida?|page|slide|bild)\W*\d+(?:\W*(?:av|of)?\W*\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Title:
    box: int
    first: int
    count: int


def blocks_of_page(
    boxes: Sequence[LineBox],
    tagged_title: str = "",
    section_title: str = "",
    *,
    is_placed: bool = True,
    is_first: bool = False,
) -> tuple[Block, ...]:
    """Return the boxes of a page as blocks in reading order, the title first if there is one.

    Args:
        boxes: the lines of the page.
        tagged_title: what the file itself says is the title; it counts when its words are on the page.
        section_title: the bookmark that leads to the page; it counts when no letters are clearly larger.
        is_placed: whether the lines have sizes and places; without them the first line may be the title.
        is_first: whether it is the first page, which may be a cover: its title may stand anywhere.
    """
    boxes = _merged(boxes) if is_placed else list(boxes)
    title = _named(boxes, tagged_title)
    if is_first and is_placed:
        title = _of_first_page(boxes, title, section_title)
    if title is None and is_placed:
        title = _largest(boxes) or _named(boxes, section_title, _UPPER_SHARE) or _first_short(boxes)
    elif title is None:
        title = _first_alone(boxes)
    blocks: list[Block] = []
    for index, box in enumerate(boxes):
        texts = [line.text for line in box.lines]
        if title is not None and index == title.box:
            end = title.first + title.count
            blocks.insert(0, _title_block(texts[title.first : end]))
            texts = texts[: title.first] + texts[end:]
        body = paragraphs(texts)
        if any(not _ONLY_BULLET.fullmatch(paragraph.text) for paragraph in body):
            blocks.append(Block(BlockField.BODY, paragraphs=body))
    return tuple(blocks)


def _named(boxes: Sequence[LineBox], title: str, share_max: float = 1.0) -> _Title | None:
    """Find the lines, above `share_max` of the page, that together are a title that the file names."""
    wanted = _letters(title)
    if not wanted or len(title) > _TITLE_MAX_CHARS:
        return None
    for index, box in enumerate(boxes):
        for first in range(len(box.lines)):
            text = ""
            for count, line in enumerate(box.lines[first : first + _TITLE_LINES_MAX], 1):
                text += _letters(line.text)
                if text == wanted and line.top_share < share_max:
                    return _Title(index, first, count)
    return None


def _letters(text: str) -> str:
    return _NOT_LETTER.sub("", clean(text)).casefold()


def _first_alone(boxes: Sequence[LineBox]) -> _Title | None:
    is_title = bool(boxes) and len(boxes[0].lines) == 1
    is_title = is_title and _looks_like_title(boxes[0].lines[0].text, _PLAIN_SHORT_LINE_MAX_CHARS)
    return _Title(0, 0, 1) if is_title else None


def _title_block(lines: Sequence[str]) -> Block:
    return Block(BlockField.TITLE, paragraphs=(Paragraph(join_lines([clean(line) for line in lines])),))


def _merged(boxes: Sequence[LineBox]) -> list[LineBox]:
    """Put boxes together where a sentence goes on: slides have more space between lines than pdfminer's."""
    merged: list[LineBox] = []
    for box in boxes:
        if merged and _goes_on(merged[-1].lines[-1], box.lines[0]):
            merged[-1] = LineBox(merged[-1].lines + box.lines)
        else:
            merged.append(box)
    return merged


def _goes_on(line: TextLine, following: TextLine) -> bool:
    is_alike = _SAME_SIZE * line.size_pt <= following.size_pt <= line.size_pt / _SAME_SIZE
    return is_alike and is_continued(clean(line.text), clean(following.text))


def _of_first_page(boxes: Sequence[LineBox], tagged: _Title | None, section_title: str) -> _Title | None:
    """Return the title of the first page: of a cover what its bookmark says, or the largest letters anywhere.

    Running heads of reports are tagged as titles, too; they give way to letters twice their size.
    """
    if tagged is not None:
        largest = _largest(boxes)
        is_head = largest is not None and _size(boxes, largest) >= _HEAD_RATIO * _size(boxes, tagged)
        return largest if is_head else tagged
    if sum(len(line.text.split()) for box in boxes for line in box.lines) > _COVER_WORDS_MAX:
        return None
    found = _named(boxes, section_title) or _largest(boxes, share_max=1.0, ratio_min=0.0)
    return None if found is None or _is_prose(boxes, found) else found


def _is_prose(boxes: Sequence[LineBox], title: _Title) -> bool:
    lines = boxes[title.box].lines[title.first : title.first + title.count]
    text = clean(" ".join(line.text for line in lines))
    return text.split()[0].islower() or text[-1] in ".,;"


def _size(boxes: Sequence[LineBox], title: _Title) -> float:
    return boxes[title.box].lines[title.first].size_pt


def _largest(
    boxes: Sequence[LineBox], share_max: float = _UPPER_SHARE, ratio_min: float = _CLEARLY_LARGER
) -> _Title | None:
    """Find the largest letters above `share_max` of the page, if `ratio_min` times as large as its body."""
    middle_size = body_size(boxes)
    candidates = [
        (line.size_pt, -box_index, -line_index)
        for box_index, box in enumerate(boxes)
        for line_index, line in enumerate(box.lines)
        if line.top_share < share_max and _can_be_title(line.text)
    ]
    if not candidates:
        return None
    size, box_at, line_at = max(candidates)
    if size < ratio_min * middle_size:
        return None
    lines = boxes[-box_at].lines
    before = list(takewhile(lambda line: line.size_pt >= _SAME_SIZE * size, reversed(lines[:-line_at])))
    alike = list(takewhile(lambda line: line.size_pt >= _SAME_SIZE * size, lines[-line_at:]))
    together = before + alike
    is_long = len(together) > _TITLE_LINES_MAX or sum(len(line.text) for line in together) > _TITLE_MAX_CHARS
    return None if is_long else _Title(-box_at, -line_at - len(before), len(together))


def body_size(boxes: Sequence[LineBox]) -> float:
    """Return the letter size in points that the middle letter of the page has."""
    by_size = sorted((line for box in boxes for line in box.lines), key=lambda line: line.size_pt)
    half = sum(len(line.text) for line in by_size) / 2
    passed = 0
    for line in by_size:
        passed += len(line.text)
        if passed >= half:
            return line.size_pt
    return 0.0


def _first_short(boxes: Sequence[LineBox]) -> _Title | None:
    """Take the first line of the page when it is short and in a box of few lines."""
    for index, box in enumerate(boxes):
        texts = [line.text for line in box.lines]
        if not _can_be_title(texts[0]):
            continue  # a page number, a mark of a list
        is_alone = len(texts) == 1 or (len(texts) <= _BOX_LINES_MAX and not is_continued(*texts[:2]))
        is_title = is_alone and _looks_like_title(texts[0], _SHORT_LINE_MAX_CHARS)
        return _Title(index, 0, 1) if is_title else None
    return None


def _can_be_title(raw: str) -> bool:
    text = clean(raw)
    return bool(_WORD.search(text)) and not _PAGE_NUMBER.fullmatch(text) and not begins_item(raw)


def _looks_like_title(raw: str, max_chars: int) -> bool:
    text = clean(raw)
    is_short = bool(text) and len(text) <= max_chars and not text[0].islower()
    return is_short and _can_be_title(text) and text[-1] not in ".,;:"
