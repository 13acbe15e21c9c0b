"""Words of names: as they sound, and whether one is the other with a slip of the pen."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from archive.analysis.normalize import fold_accents

_SLIP_MIN_CHARS = 5
_TWO_SLIPS_MIN_CHARS = 10
_SWEDISH = str.maketrans("åäöo", "aaaa")
_LETTERS = frozenset("åäö")
_VOWELS = frozenset("aeiouyåäö")
_WORD = re.compile(r"[^\W_]+")
_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("(?<!s)ch"), "k"),
    (re.compile("ck"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("qu|qv"), "kv"),
    (re.compile("c(?![eihyäö])"), "k"),
    (re.compile("w"), "v"),
    (re.compile("z"), "s"),
    (re.compile("f(?=s|$)"), "v"),
    (re.compile("(?<=[aeiouyåäö])h(?=[lrnm])"), ""),
    (re.compile("ie(?=l|$)"), "i"),
    (re.compile(r"(.)\1"), r"\1"),
)


def words(text: str) -> list[str]:
    """Return the words of a name in small letters, without accents but for å, ä and ö."""
    return _WORD.findall(fold_accents(unicodedata.normalize("NFC", text).casefold()))


@lru_cache(maxsize=1 << 15)
def sound(word: str) -> str:
    """Return what names that sound alike in Swedish share: Carl and Karl, Lindqvist and Lindkvist."""
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word


def is_slip(one: str, other: str) -> bool:
    """Return whether two words differ by a letter that was added, left out, changed, or two changed about.

    Two letters in a long word. Not an å, ä or ö for an a or o, and not a vowel at the end: Maria and Marie
    are two names. The distance is that of optimal string alignment.
    """
    shortest = min(len(one), len(other))
    if shortest < _SLIP_MIN_CHARS or one == other:
        return False
    most = 2 if shortest >= _TWO_SLIPS_MIN_CHARS else 1
    if OSA.distance(one, other, score_cutoff=most) > most:
        return False
    return not (_differ_by_ring_or_dots(one, other) or _differ_by_last_vowel(one, other))


def _differ_by_ring_or_dots(one: str, other: str) -> bool:
    """Return whether an å, ä or ö stands for another of them, or for an a or o."""
    return len(one) == len(other) and any(
        a != b and (a in _LETTERS or b in _LETTERS) and a.translate(_SWEDISH) == b.translate(_SWEDISH)
        for a, b in zip(one, other, strict=True)
    )


def _differ_by_last_vowel(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == len(longer):
        return shorter[:-1] == longer[:-1] and shorter[-1] in _VOWELS and longer[-1] in _VOWELS
    return shorter == longer[:-1] and longer[-1] in _VOWELS
