"""What the lexicon's files are called and how they are laid out."""

import math
import re
from typing import Final

from archive.analysis.normalize import fold_accents

FORMAT = 3
"""Counted up whenever the files, or what is compiled into them, change: other lexicons are made anew."""

META = "lexicon.json"
NOTICE = "NOTICE"
SWEDISH = "swedish"
SWEDISH_RULES = "swedish.rules"
ENGLISH = "english"
ENGLISH_RULES = "english.rules"
OTHER_LEMMAS = "swedish.other-lemmas"
OTHER_LEMMAS_LAYOUT = "<H"
BOUNDARIES = "swedish.boundaries"
BOUNDARIES_LAYOUT = "<BBB"
RESTORED = "restored"
IRREGULAR_FORMS = "odd-forms"
TO_SWEDISH = "to-swedish"
TO_ENGLISH = "to-english"

_PLAIN = re.compile(r"[a-zåäö]+")
_PLAIN_VOWELS = str.maketrans("åäö", "aao")
_VOWELS = frozenset("aoåäö")


class Flag:
    """What is known of a Swedish word. Plain numbers: an IntFlag would take longer than the look-up."""

    FORM: Final = 1
    LEMMA: Final = 2
    SEVERAL: Final = 4
    """It may have more lemmas than one."""
    NAME: Final = 8
    BEGINS: Final = 16
    ENDS: Final = 32


def plain_word(word: str) -> str:
    """Return the word in lowercase without foreign accents, "" if it holds anything but Swedish letters."""
    folded = fold_accents(word.lower())
    return folded if _PLAIN.fullmatch(folded) else ""


def log_count(count: float) -> float:
    """Return how counts of word parts are kept: log(1 + count)."""
    return math.log1p(count)


def without_rings_and_dots(word: str) -> str:
    """Return a word as it is typed on a keyboard without å, ä and ö."""
    return word.translate(_PLAIN_VOWELS)


def vowels(word: str) -> bytes:
    """Return every a, o, å, ä, ö of a word, in order: what `restored` undoes."""
    return "".join(letter for letter in word if letter in _VOWELS).encode("latin-1")


def restored(typed: str, letters: bytes) -> str:
    """Return a typed word with its letters a and o replaced, in order."""
    right = iter(letters.decode("latin-1"))
    return "".join(next(right) if letter in "ao" else letter for letter in typed)
