"""The order of Swedish lists: å, ä and ö after z."""

import re
import unicodedata
from functools import lru_cache

# The three characters after z in Unicode replace the three letters after z in Swedish. The other letters are
# those that Unicode does not decompose; their order is that of the Swedish collation in CLDR.
_SWEDISH_ORDER = str.maketrans({**dict(zip("åäæöøőœüűłđðħı", "{||}}}}yylddhi", strict=True)), "þ": "th"})
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_NUMBER = re.compile(r"[0-9]+")
_NUMBER_CHARS = 12
_LEADING_SIGNS = re.compile(r"^[\W_]+")
_LETTERS = {"{": "Å", "|": "Ä", "}": "Ö"}
OTHER_LETTER = "#"
"""The heading for names that begin with no letter of the Swedish alphabet."""


@lru_cache(maxsize=1 << 12)  # each page of results sorts the same names
def swedish_sort_key(text: str) -> str:
    """Return a key that sorts in Swedish order.

    Å, ä and ö come after z, æ sorts as ä, ø as ö, ü as y; other accents and leading signs have no effect
    (Språkrådet, Svenska skrivregler). Numbers sort by their value: "Del 2" before "Del 10".
    """
    letters = _LEADING_SIGNS.sub("", unicodedata.normalize("NFC", text).casefold())
    letters = _NUMBER.sub(lambda number: number[0].lstrip("0").zfill(_NUMBER_CHARS), letters)
    return _ACCENTS.sub("", unicodedata.normalize("NFD", letters.translate(_SWEDISH_ORDER)))


def first_letter(key: str) -> str:
    """Return the letter, A to Ö, under which a sort key is listed; `OTHER_LETTER` for any other sign."""
    first = key[:1]
    if first in _LETTERS:
        return _LETTERS[first]
    return first.upper() if "a" <= first <= "z" else OTHER_LETTER


def surname_sort_key(name: str) -> str:
    """Return a key that sorts people by surname, then by whole name.

    "Louise af Klercker" is listed under K, by the Swedish rules for sorting names (Svenska skrivregler).
    """
    return f"{swedish_sort_key(surname(name))}\x00{swedish_sort_key(name)}"


def surname(name: str) -> str:
    """Return the last word of a name that begins with a letter, else the whole name."""
    return next((word for word in reversed(name.split()) if word[0].isalpha()), name)
