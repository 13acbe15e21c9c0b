"""Compare what two engines read on a page, word by word, and take the fuller reading.

No PDF engine suffices alone: of 417 files pdfium loses words of some, pdfminer.six all of others.
"""

import re
import unicodedata
from dataclasses import dataclass

from archive.ingest.extractors import left_out
from archive.ingest.extractors.pdf.miner.layout import LineBox, TextLine
from archive.ingest.extractors.pdf.miner.miner_file import MINER
from archive.ingest.extractors.pdf.paragraphs import plain_boxes
from archive.ingest.extractors.pdf.pdfium.pdfium_file import PDFIUM
from archive.ingest.extractors.pdf.repair import is_unreadable

# Of 2,140 PDFs pdfminer silently lost text in 16: it is trusted when it has nearly what pdfium has.
_ENOUGH_SHARE = 0.8
_SAME_PAGE_SHARE = 0.3  # of the words of the shorter text; below it the engines are out of step
_SAME_PAGE_WORDS_MIN = 10
_SINGLE_SHARE = 0.5  # of the words; more single letters are turned or scattered text
_WORD = re.compile(r"[^\W_]+")
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_NOT_LETTERS = re.compile(r"(?:\(cid:\d+\)|[\W_])+")
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W_])[-\u2010\u00ad\x02\ufffe]\s*[\r\n]+\s*|\x02")
_LOOSE_ACCENT = re.compile("[¨˚]")
_WORD_MIN_CHARS, _BROKEN_MIN_CHARS = 2, 3
_WORDS_MAX = 2_000
_TOO_MANY = "Some words of a page that only one of two readers saw were left out."


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of a page that lost less.

    `is_placed` says whether the lines have sizes and places, `missing` are the words that only the other
    engine has, and `text` is what the boxes hold, with marks for letters that no table names.
    """

    boxes: tuple[LineBox, ...]
    engine: str
    text: str
    is_placed: bool = True
    missing: tuple[str, ...] = ()


def chosen(boxes: tuple[LineBox, ...] | None, plain: str | None, bad_letter_share: float) -> Reading:
    """Return the fuller of two readings of a page, and what it lacks.

    Args:
        boxes: pdfminer's reading, None when there is none.
        plain: pdfium's text, None when there is none.
        bad_letter_share: above it, letters without a meaning make a reading the worse one.
    """
    if boxes is None:
        return _plain_reading(plain or "")
    text = "\n".join(line.text for box in boxes for line in box.lines)
    if plain is None:
        return Reading(boxes, MINER, text)
    if not is_unreadable(plain, bad_letter_share):
        if is_unreadable(text, bad_letter_share) or _is_other_page(text, plain) or _is_scattered(text, plain):
            return _plain_reading(plain)
        if len(_letters(text)) < _ENOUGH_SHARE * len(_letters(plain)):
            return _plain_reading(plain, missing_words(plain, text))
    missing = missing_words(text, plain)
    return Reading(boxes, f"{MINER}+{PDFIUM}" if missing else MINER, text, missing=missing)


def missing_words(text: str, fuller_text: str) -> tuple[str, ...]:
    """Return the words of `fuller_text`, in their order, that `text` does not have.

    A word of three letters or more is also missing when `text` has it only in pieces; not so where accents
    are apart from their letters, which engines order differently.
    """
    text = _UNMAPPED.sub(" ", text)
    letters = _letters(text)
    whole = _words(text) | _words(_LINE_END_HYPHEN.sub("", text))
    is_loose = _LOOSE_ACCENT.search(fuller_text) is not None
    missing: dict[str, None] = {}
    for word in _WORD.findall(_LINE_END_HYPHEN.sub("", fuller_text)):
        bare = _letters(word)
        if len(bare) < _WORD_MIN_CHARS or bare in whole:
            continue
        if bare not in letters or (len(bare) >= _BROKEN_MIN_CHARS and not is_loose):
            if len(missing) == _WORDS_MAX and word not in missing:
                left_out.note(_TOO_MANY)
                break
            missing[word] = None
    return tuple(missing)


def _is_other_page(text: str, plain: str) -> bool:
    """Return whether the engines are out of step: pages that pdfminer lost, or counts twice."""
    mine, theirs = _words(text), _words(plain)
    fewer = min(len(mine), len(theirs))
    return fewer >= _SAME_PAGE_WORDS_MIN and len(mine & theirs) < _SAME_PAGE_SHARE * fewer


def _is_scattered(text: str, plain: str) -> bool:
    """Return whether pdfminer has single letters where pdfium has words, as in turned text."""
    if len(_letters(plain)) < _ENOUGH_SHARE * len(_letters(text)):
        return False
    mine, theirs = _WORD.findall(text), _WORD.findall(plain)
    singles = sum(len(word) == 1 for word in mine)
    return singles > _SINGLE_SHARE * len(mine) and singles > 2 * sum(len(word) == 1 for word in theirs)


def _words(text: str) -> set[str]:
    return {_letters(word) for word in _WORD.findall(text)}


def _letters(text: str) -> str:
    """Return the text as one run of small letters and digits, without accents."""
    if text.isascii():
        return (text if text.isalnum() else _NOT_LETTERS.sub("", text)).casefold()
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_LETTERS.sub("", plain).casefold()


def _plain_reading(plain: str, missing: tuple[str, ...] = ()) -> Reading:
    """Return pdfium's text as boxes; of places only the first and the last line are known."""
    plain_lines = plain_boxes(plain)
    last = sum(map(len, plain_lines)) - 1
    boxes: list[LineBox] = []
    at = 0
    for lines in plain_lines:
        shares = (0.0 if at + n == 0 else 1.0 if at + n == last else 0.5 for n in range(len(lines)))
        boxes.append(
            LineBox(tuple(TextLine(line, 0.0, share) for line, share in zip(lines, shares, strict=True)))
        )
        at += len(lines)
    return Reading(tuple(boxes), f"{PDFIUM}+{MINER}" if missing else PDFIUM, plain, False, missing)
