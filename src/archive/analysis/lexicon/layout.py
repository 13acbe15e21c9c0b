"""Names and layouts of the lexicon's files, and how words are written in them."""

import math
import re
from typing import Final

from archive.analysis.normalize import fold_accents

FORMAT = 4
"""To be increased whenever the files or what is compiled into them change: other lexicons are rebuilt."""

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
FILES: Final = frozenset(
    {
        META,
        NOTICE,
        *(
            f"{word}{kind}"
            for word in (SWEDISH, ENGLISH)
            for kind in ("", ".flags", ".zipf", ".rule", ".rules")
        ),
        *(f"{SWEDISH}.{column}" for column in ("main", "left", "head")),
        OTHER_LEMMAS,
        BOUNDARIES,
        RESTORED,
        IRREGULAR_FORMS,
        TO_SWEDISH,
        TO_ENGLISH,
    }
)
"""All files of a lexicon."""

_PLAIN = re.compile(r"[a-zåäö]+")
_PLAIN_VOWELS = str.maketrans("åäö", "aao")
_VOWELS = frozenset("aoåäö")


class Flag:
    """What is known of a Swedish word. Plain numbers: an IntFlag would take longer than the lookup."""

    FORM: Final = 1
    LEMMA: Final = 2
    SEVERAL: Final = 4
    """It has more than one lemma."""
    NAME: Final = 8
    BEGINS: Final = 16
    ENDS: Final = 32


def plain_word(word: str) -> str:
    """Return a word in lowercase without foreign accents; "" if it contains anything but Swedish letters."""
    if _PLAIN.fullmatch(word):
        return word
    folded = fold_accents(word.lower())
    return folded if _PLAIN.fullmatch(folded) else ""


def log_count(count: float) -> float:
    """Return a count of compounds as it is stored: log(1 + count)."""
    return math.log1p(count)


def without_diacritics(word: str) -> str:
    """Return a word as typed on a keyboard without å, ä and ö."""
    return word.translate(_PLAIN_VOWELS)


def vowels(word: str) -> bytes:
    """Return every a, o, å, ä and ö of a word in order, in Latin-1: what a word typed without them lacks."""
    return "".join(letter for letter in word if letter in _VOWELS).encode("latin-1")
