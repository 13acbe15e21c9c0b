"""The words of lines that are set with space between their letters ("R A P P O R T"), or from the right.

Small letters only where their places show that they are one word: single ones in a row are mostly names.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from archive.ingest.extractors.pdf.letters import Letter

_RUN = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){3,}(?!\S)")
_WHOLE = re.compile(r"\S(?:\s+\S){3,}")
_VOWELS = frozenset("aeiouåäöéü")
_VOWEL_SHARES = (0.15, 0.75)
_LETTERS_MIN = 4
_EVEN_LETTERS_MIN = 6  # fewer are marks as often as a word
_CLOSE_GAP, _EVEN_GAP = 0.7, 0.1  # of the letter size
WIDE_GAP = 1.6  # of the usual gap between letters that are set apart


def is_spaced(text: str) -> bool:
    """Return whether the line is set with space between its letters."""
    return len(text) > 2 * _LETTERS_MIN - 2 and text[1] == " " and _WHOLE.fullmatch(text) is not None


def join_spaced(text: str, is_even: bool = False) -> str:
    """Return the text with letter-spaced words joined; two spaces or more part such words.

    `is_even` says that the letters stand close and evenly apart: they are words whatever their case, and so
    are figures and signs among them.
    """
    if is_even:
        words = ("".join(part.split()) for part in re.split(r"\s{2,}", text))
        return " ".join(" ".join(word) if _is_list(word) else word for word in words)
    if not _RUN.search(text):
        return text
    parts = re.split(r"(\s{2,})", text)
    return "".join(" " if part.isspace() else _RUN.sub(_joined, part) for part in parts)


def spaced_runs(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where letter-spaced words are in a list of words, as first index and the index behind."""
    runs: list[tuple[int, int]] = []
    start = 0
    for index in range(len(words) + 1):
        if index < len(words) and len(words[index]) == 1 and words[index].isalpha():
            continue
        if index - start >= _LETTERS_MIN and is_word("".join(words[start:index])):
            runs.append((start, index))
        start = index + 1
    return runs


def is_even(letters: Sequence[Letter]) -> bool:
    """Return whether letters are set apart evenly and closely, as in words, and not as marks in columns."""
    shown = [letter for letter in letters if not letter[0].isspace()]
    if len(shown) < _EVEN_LETTERS_MIN:
        return False
    gaps = [(after[1] - before[3]) / max(after[5], 0.1) for before, after in pairwise(shown)]
    usual = median(gaps)
    return usual < _CLOSE_GAP and sum(abs(gap - usual) < _EVEN_GAP for gap in gaps) > len(gaps) / 2


def even_runs(letters: Sequence[Letter]) -> list[tuple[int, int]]:
    """Return the words in a line whose letters are set apart, as first index and the index behind.

    None where the letters do not stand side by side as those of words do.
    """
    gaps = [after[1] - before[3] for before, after in pairwise(letters)]
    if not is_even(letters) or (usual := median(gaps)) <= 0:
        return []
    ends = [index + 1 for index, gap in enumerate(gaps) if gap > WIDE_GAP * usual]
    runs = list(pairwise([0, *ends, len(letters)]))
    return [run for run in runs if not _is_list("".join(letter[0] for letter in letters[slice(*run)]))]


def is_word(letters: str) -> bool:
    """Return whether letters in a row look like one word, not like the names of points or answers."""
    small = letters.casefold()
    share = sum(letter in _VOWELS for letter in small) / len(small)
    return letters.isupper() and not _is_list(small) and _VOWEL_SHARES[0] <= share <= _VOWEL_SHARES[1]


def _is_list(letters: str) -> bool:
    """Return whether letters follow each other in the alphabet: names of points or answers."""
    return all(ord(after) - ord(before) == 1 for before, after in pairwise(letters))


def _joined(match: re.Match[str]) -> str:
    letters = match[0].replace(" ", "")
    return letters if is_word(letters) else match[0]


FIRST = "\u0590"
"""No letter before it is written from the right."""

_FROM_RIGHT = ("R", "AL")
_FORMS = ("\ufb1d", "\ufefc")  # letters by their form in a word; Unicode has plain ones


def is_right_to_left(letters: Sequence[Letter]) -> bool:
    """Return whether most letters of a line are written from the right."""
    directions = [unicodedata.bidirectional(letter[0][:1]) for letter in letters if letter[0].strip()]
    from_right = sum(direction in _FROM_RIGHT for direction in directions)
    return 2 * from_right > sum(direction in ("L", *_FROM_RIGHT) for direction in directions)


def right_to_left_text(letters: Sequence[Letter], word_margin: float) -> str:
    """Return a line in the order in which it is read: from the right, numbers and Latin words from the left.

    A gap of `word_margin` of a letter's size parts words, as pdfminer has it.
    """
    placed = sorted((letter for letter in letters if letter[0].strip()), key=lambda letter: -letter[3])
    parts: list[str] = []
    start = float("-inf")
    for text, left, bottom, right, top, _ in placed:
        if parts and start - right > word_margin * max(right - left, top - bottom):
            parts.append(" ")
        start = left
        parts.append(_plain(text))
    return _with_left_to_right_runs(parts)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text) if _FORMS[0] <= text[:1] <= _FORMS[1] else text


def _with_left_to_right_runs(parts: Sequence[str]) -> str:
    """Turn runs of figures and of Latin letters, which the order from the right has the wrong way round."""
    runs = groupby(parts, key=lambda part: part.isascii() and (part.isalnum() or part in ".,:/-@_%"))
    return "".join("".join(list(run)[::-1] if is_turned else run) for is_turned, run in runs)
