"""Whether the letters of a page mean what they show: fonts lose å, ä and ö, or name each letter by another.

No dictionary is at hand in the child that reads; function words and the shares of letters tell enough.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping

_UNMAPPED = r"(?:\(cid:\d+\)|[\ufffd\ue000-\uf8ff])+"
# A letter without a name inside a word; between single letters it is a sign of mathematics.
_DAMAGED = re.compile(
    rf"[^\W\d_]{{2,}}{_UNMAPPED}[^\W\d_]|[^\W\d_]{_UNMAPPED}[^\W\d_]{{2,}}|(?<!\S)[pfn]{_UNMAPPED}r?(?!\S)"
)
_NAMELESS = re.compile("[\ufffd\ue000-\uf8ff]")
_DAMAGED_MIN, _DAMAGED_SHARE = 3, 0.02
_WORD = re.compile(r"[^\W\d_]+")
# The most frequent Swedish words with å, ä or ö, with another sign in its place or none at all.
_SIGN = r"[^\sa-zåäö0-9.,;:!?()/\-'\"%&+=*<>\[\]|]"
_WITH_SIGN = re.compile(
    rf"\b(?:f{_SIGN}r|fr{_SIGN}n|{_SIGN}ven|d{_SIGN}r|n{_SIGN}r|m{_SIGN}ste|ocks{_SIGN}|b{_SIGN}de|g{_SIGN}ller)\b"
)
_ODD_SIGNS = frozenset("^`~@{}#$_")
_WITHOUT = frozenset(
    {
        "frn",
        "mste",
        "ocks",
        "bde",
        "mnga",
        "ngon",
        "ngot",
        "ngra",
        "hgre",
        "strre",
        "mjlig",
        "mjligt",
        "gller",
    }
    | {"mjligheter", "stllning", "utgr", "fretag", "hllbar", "lnet", "mlet", "grna", "svrt", "utvrdering"}
)
_SOUND = frozenset(
    ("för", "från", "är", "på", "även", "där", "när", "måste", "också", "både", "många", "något", "större")
)
_MUTILATED_MIN = 3

# Shares of letters in Swedish and English prose together, per cent; what is left over shares the rest.
_SHARES = {
    letter: share
    for letters, share in (
        ("e", 11.4),
        ("a", 8.9),
        ("tn", 8.2),
        ("r", 7.3),
        ("iso", 6.4),
        ("ldh", 4.3),
        ("m", 3.0),
        ("gkuf", 2.2),
        ("vpcb", 1.8),
        ("yw", 1.2),
        ("åäö", 0.7),
        ("j", 0.4),
        ("xqz", 0.1),
    )
    for letter in letters
}
_OTHER_SHARE = 0.05
# Shifts that happen: letters named by their neighbours, and glyph numbers (of TrueType fonts, 29 or 31 less).
_SHIFTS = (-3, -2, -1, 1, 2, 3, 28, 29, 30, 31)
_SHIFTED_LETTERS_MIN = 40
_LIKELIER_A_LETTER, _LIKELIER = 0.3, 20.0  # natural logarithms: e^20 times as likely
_PROSE, _NEARLY_PROSE = -3.1, -3.3  # Swedish and English have -2.9 to -3.1, letters by chance -3.9


def is_garbled(text: str) -> bool:
    """Return whether a page's text has words that lost letters, or letters that stand for others."""
    return _is_damaged(text) or _lacks_nordic(text) or is_shifted(text)


def _is_damaged(text: str) -> bool:
    if "(cid:" not in text and (text.isascii() or not _NAMELESS.search(text)):
        return False
    damaged = len(_DAMAGED.findall(text))
    return damaged >= _DAMAGED_MIN and damaged > _DAMAGED_SHARE * len(_WORD.findall(text))


def _lacks_nordic(text: str) -> bool:
    """Return whether frequent words are words only when å, ä or ö is put in."""
    small = text.lower()
    words = Counter(small.split())
    mutilated = sum(words[word] for word in _WITHOUT if word in words)
    if not small.isascii() or not _ODD_SIGNS.isdisjoint(small):
        mutilated += len(_WITH_SIGN.findall(small))
    return mutilated >= _MUTILATED_MIN and mutilated > sum(words[word] for word in _SOUND if word in words)


def is_shifted(text: str) -> bool:
    """Return whether the letters are much more like prose when each is taken for one further on or back."""
    seen = Counter(text)
    letters = {letter: n for letter, n in seen.items() if letter.isalpha() and letter < "\u0250"}
    count = sum(letters.values())
    if count < _SHIFTED_LETTERS_MIN:
        return False
    as_it_is = _likeness(letters, count, 0)
    if as_it_is > _PROSE:
        return False
    best = max(_likeness(letters, count, shift) for shift in _SHIFTS)
    gain = best - as_it_is
    return best > _NEARLY_PROSE and gain > _LIKELIER_A_LETTER and gain * count > _LIKELIER


def _likeness(letters: Mapping[str, int], count: int, shift: int) -> float:
    """Return the mean logarithm of the shares that the letters have in prose, shifted by `shift`."""
    shares = (
        (_SHARES.get(chr(ord(letter) + shift).lower(), _OTHER_SHARE), n) for letter, n in letters.items()
    )
    return sum(n * math.log(share / 100) for share, n in shares) / count
