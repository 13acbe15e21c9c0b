"""Tesseract's table of words, checked, since nothing in it is trusted, and made into a block of a page.

Whether what was read makes sense is decided here; only what the file does not say itself is kept.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archive.analysis.normalize import normalize
from archive.model.pages import Block, BlockField, Page, Paragraph, WordBox

_COLUMNS = 12
_WORD_LEVEL = "5"
_WORDS_MAX = 10_000
_WORD_MAX_CHARS = 200
_NUMBER_MAX = 100_000
TABLE_MAX_CHARS = 4 * 1024 * 1024
# Measured on sheets of four lines at 150 dpi: upright all letters are in words that Tesseract is sure of; on
# its side or upside down a fifteenth of them, mostly words of one or two letters.
_DOUBTFUL_SHARE = 0.5
_RUBBISH_SHARE = 0.2
_LETTERS_MIN = 20
_SURE_CONFIDENCE, _SURE_LETTERS = 90, 4

_SAME_PLACE_SHARE = 0.4  # a known word covers that much of the box: it is the same word
_SHORT_CHARS = 2
_SHORT_CONFIDENCE_MIN = 80  # specks and lines look like short words
_CELL_PT = 36.0
_WORD = re.compile(r"[^\W_]+")
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f]")
"""Letters of private use, U+FFFD and control characters: no table of the font says what they are."""


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word in a picture: its box in points, how sure Tesseract is (0 to 100), its paragraph and line."""

    box: WordBox
    confidence: float
    paragraph: tuple[int, int]
    line: int


def has_more_words(untrusted_table: str) -> bool:
    """Return whether a table lists more words than are kept, or was itself too long to be read whole."""
    is_long = len(untrusted_table) >= TABLE_MAX_CHARS
    return is_long or untrusted_table.count(f"\n{_WORD_LEVEL}\t") > _WORDS_MAX


def parse_words(untrusted_table: str, points_per_pixel: float) -> list[OcrWord]:
    """Return the words in the order they are read, at most 10,000; rows of any other form are left out.

    The columns are those of Tesseract's TSV output (its man page, "tsv").
    """
    words: list[OcrWord] = []
    for untrusted_line in untrusted_table.splitlines()[1:]:
        word = _word(untrusted_line.split("\t", _COLUMNS - 1), points_per_pixel)
        if word is not None:
            words.append(word)
            if len(words) == _WORDS_MAX:
                break
    return words


def _word(untrusted_cells: list[str], points_per_pixel: float) -> OcrWord | None:
    if len(untrusted_cells) != _COLUMNS or untrusted_cells[0] != _WORD_LEVEL:
        return None
    text = normalize(untrusted_cells[11]).strip()[:_WORD_MAX_CHARS]
    try:
        block, paragraph, line = _whole(untrusted_cells[2:5])
        x, y, width, height = (number * points_per_pixel for number in _whole(untrusted_cells[6:10]))
        confidence = float(untrusted_cells[10])
    except ValueError:
        return None
    if not text or not 0 <= confidence <= 100:
        return None
    box = WordBox(text, round(x, 2), round(y, 2), round(width, 2), round(height, 2))
    return OcrWord(box, confidence, (block, paragraph), line)


def _whole(untrusted_numbers: list[str]) -> Iterator[int]:
    for untrusted_number in untrusted_numbers:
        number = int(untrusted_number)
        if not 0 <= number <= _NUMBER_MAX:
            raise ValueError
        yield number


def is_doubtful(seen: Sequence[OcrWord], credible: Sequence[OcrWord]) -> bool:
    """Return whether a picture may lie the wrong way: few of the letters seen are in credible words."""
    letters = letter_count(seen)
    return letters >= _LETTERS_MIN and letter_count(credible) < _DOUBTFUL_SHARE * letters


def is_rubbish(seen: Sequence[OcrWord], credible: Sequence[OcrWord]) -> bool:
    """Return whether what is credible is so by chance: nearly nothing of it, and no word that is sure."""
    letters = letter_count(seen)
    is_little = letters >= _LETTERS_MIN and letter_count(credible) < _RUBBISH_SHARE * letters
    return is_little and not any(
        word.confidence >= _SURE_CONFIDENCE and letter_count([word]) >= _SURE_LETTERS for word in credible
    )


def letter_count(words: Sequence[OcrWord]) -> int:
    """Return how many letters and digits the words have together."""
    return sum(character.isalnum() for word in words for character in word.box.text)


def turned_back(words: Sequence[OcrWord], width_pt: float, height_pt: float) -> list[OcrWord]:
    """Return words of a picture that was read upside down with their places on the page as it is."""
    return [
        replace(
            word,
            box=word.box._replace(
                x=round(max(width_pt - word.box.x - word.box.width, 0.0), 2),
                y=round(max(height_pt - word.box.y - word.box.height, 0.0), 2),
            ),
        )
        for word in words
    ]


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
