"""Lines of Hebrew and Arabic letters, whose order on the page is from the right."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from archive.ingest.extractors.pdf.letters import Letter

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
