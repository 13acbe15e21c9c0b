"""From the words that OCR saw to a block of a page: only what the file does not say itself."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from archive.ingest.ocr.tsv import OcrWord
from archive.model.pages import Block, BlockField, Page, Paragraph, WordBox

_SAME_PLACE_SHARE = 0.4  # a known word covers that much of the box: it is the same word
_SHORT_CHARS = 2
_SHORT_CONFIDENCE_MIN = 80  # specks and lines look like short words
_CELL_PT = 36.0
_WORD = re.compile(r"[^\W_]+")
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f]")
"""Letters of private use, U+FFFD and control characters: no table of the font says what they are."""


def credible(words: Iterable[OcrWord], confidence_min: int) -> list[OcrWord]:
    """Return the words that Tesseract is sure enough of (0 to 100), short ones only where it is very sure.

    A paragraph without any longer word is a logo or a line of a drawing more often than text.
    """
    sure = [word for word in words if _is_credible(word, confidence_min)]
    worded = {word.paragraph for word in sure if _letter_count(word) > _SHORT_CHARS}
    return [word for word in sure if word.paragraph in worded]


def _is_credible(word: OcrWord, confidence_min: int) -> bool:
    letters = _letter_count(word)
    wanted = max(confidence_min, _SHORT_CONFIDENCE_MIN) if letters <= _SHORT_CHARS else confidence_min
    return letters > 0 and word.confidence >= wanted


def _letter_count(word: OcrWord) -> int:
    return sum(character.isalnum() for character in word.box.text)


def unknown(words: Iterable[OcrWord], known: Iterable[WordBox], is_trusted: bool = True) -> list[OcrWord]:
    """Return the words that are not where a word of the file is already.

    What stands there in letters without a meaning is not known. `is_trusted` False: nor is any word that
    the file has otherwise than it was seen, for its letters mean something else than they show.
    """
    cells: dict[tuple[int, int], list[WordBox]] = {}
    for box in known:
        if not _MEANINGLESS.search(box.text):
            for cell in _cells(box):
                cells.setdefault(cell, []).append(box)
    return [word for word in words if not _is_known(word.box, cells, is_trusted)]


def _is_known(box: WordBox, cells: dict[tuple[int, int], list[WordBox]], is_trusted: bool) -> bool:
    near = {id(other): other for cell in _cells(box) for other in cells.get(cell, [])}
    if not is_trusted:
        near = {key: other for key, other in near.items() if other.text.casefold() == box.text.casefold()}
    covered = sum(_overlap(box, other) for other in near.values())
    return covered >= _SAME_PLACE_SHARE * box.width * box.height


def _cells(box: WordBox) -> Iterable[tuple[int, int]]:
    columns = range(int(box.x // _CELL_PT), int((box.x + box.width) // _CELL_PT) + 1)
    rows = range(int(box.y // _CELL_PT), int((box.y + box.height) // _CELL_PT) + 1)
    return ((column, row) for column in columns for row in rows)


def _overlap(first: WordBox, second: WordBox) -> float:
    width = min(first.x + first.width, second.x + second.width) - max(first.x, second.x)
    height = min(first.y + first.height, second.y + second.height) - max(first.y, second.y)
    return max(0.0, width) * max(0.0, height)


def rendered_only(page: Page, rendered: Iterable[WordBox]) -> Block | None:
    """Return the words that a page's rendering shows and its file does not say, as one block.

    Metafiles and formulas of old programs are pictures to their deck; what draws them knows the words.
    """
    known = {word for block in page.blocks for word in _WORD.findall(block.text.casefold())}
    known.add(str(page.number))
    lines: list[list[WordBox]] = []
    for box in rendered:
        words = _WORD.findall(box.text.casefold())
        if not words or known.issuperset(words):
            continue
        if lines and abs(lines[-1][-1].y - box.y) < lines[-1][-1].height / 2:
            lines[-1].append(box)
        else:
            lines.append([box])
    paragraphs = tuple(Paragraph(" ".join(box.text for box in line)) for line in lines)
    return Block(BlockField.OCR, paragraphs=paragraphs) if paragraphs else None


def block_of(words: Sequence[OcrWord]) -> Block | None:
    """Return the words as one block, its paragraphs as Tesseract saw them; None where there are none.

    A word divided at the end of a line is joined.
    """
    paragraphs = []
    for _, of_paragraph in groupby(words, key=lambda word: word.paragraph):
        lines = [
            " ".join(word.box.text for word in line)
            for _, line in groupby(of_paragraph, key=lambda word: word.line)
        ]
        paragraphs.append(Paragraph(_joined(lines)))
    return Block(BlockField.OCR, paragraphs=tuple(paragraphs)) if paragraphs else None


def _joined(lines: Sequence[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        is_divided = len(text) > 1 and text[-1] == "-" and text[-2].isalpha() and line[0].islower()
        text = text[:-1] + line if is_divided else f"{text} {line}"
    return text
