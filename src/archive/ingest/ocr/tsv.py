"""Tesseract's table of words, checked: nothing in it is trusted."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.analysis.normalize import normalize
from archive.model.pages import WordBox

_COLUMNS = 12
_WORD_LEVEL = "5"
_WORDS_MAX = 10_000
_WORD_MAX_CHARS = 200
_NUMBER_MAX = 100_000
TABLE_MAX_CHARS = 4 * 1024 * 1024


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
