"""Tesseract's table of words, checked: nothing in it is trusted; and whether what was read makes sense."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.analysis.normalize import normalize
from archive.model.pages import WordBox

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
