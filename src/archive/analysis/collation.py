"""The order of Swedish lists: å, ä and ö after z."""

import re
import unicodedata

# The three signs that follow z in Unicode stand in for the three letters that follow z in Swedish. The other
# letters are those that Unicode does not take apart; their places are those of the Swedish collation in CLDR.
_SWEDISH_ORDER = str.maketrans({**dict(zip("åäæöøőœüűłđðħı", "{||}}}}yylddhi", strict=True)), "þ": "th"})
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_LEADING_SIGNS = re.compile(r"^[\W_]+")
_LETTERS = {"{": "Å", "|": "Ä", "}": "Ö"}
OTHER_LETTER = "#"


def swedish_sort_key(text: str) -> str:
    """Return a key that sorts as Swedish does (Språkrådet, Svenska skrivregler): å, ä, ö after z, æ as ä,
    ø as ö, ü as y, other accents and leading signs without effect.
    """
    letters = _LEADING_SIGNS.sub("", unicodedata.normalize("NFC", text).casefold())
    return _ACCENTS.sub("", unicodedata.normalize("NFD", letters.translate(_SWEDISH_ORDER)))


def first_letter(key: str) -> str:
    """Return the letter, A to Ö, under which a sort key stands in a list; "#" for any other sign."""
    first = key[:1]
    if first in _LETTERS:
        return _LETTERS[first]
    return first.upper() if "a" <= first <= "z" else OTHER_LETTER


def surname_sort_key(name: str) -> str:
    """Return a key that sorts people by surname (the last word that begins with a letter), then whole name.

    "Louise af Klercker" stands under K, as the Swedish rules for sorting of names have it.
    """
    return f"{swedish_sort_key(surname(name))}\x00{swedish_sort_key(name)}"


def surname(name: str) -> str:
    """Return the last word of a name that begins with a letter, else the whole name."""
    return next((word for word in reversed(name.split()) if word[0].isalpha()), name)
