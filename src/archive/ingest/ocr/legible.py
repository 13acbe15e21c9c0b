"""Whether a reading of a picture makes sense, and the words of one that was read upside down."""

from collections.abc import Sequence
from dataclasses import replace

from archive.ingest.ocr.tsv import OcrWord

# Measured on sheets of four lines at 150 dpi: upright all letters are in words that Tesseract is sure of; on
# its side or upside down a fifteenth of them, mostly words of one or two letters.
_DOUBTFUL_SHARE = 0.5
_RUBBISH_SHARE = 0.2
_LETTERS_MIN = 20
_SURE_CONFIDENCE, _SURE_LETTERS = 90, 4


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
