"""Text in one normal form, so that the same words are always the same characters."""

import re
import unicodedata
from functools import cache

VERSION = 3
"""To be increased whenever the result changes: indexes made with another version are rebuilt."""

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# Soft hyphens, zero-width characters and directional marks: invisible, but they would split words.
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029"
_HYPHENS = "\u2010\u2011"
_CONTROLS = "\u0000-\u0008\u000e-\u001b\u001f\u007f-\u0084\u0086-\u009f"
# Half of a surrogate pair cannot be encoded in UTF-8; the replacement character marks the loss.
_SURROGATES = "\ud800-\udfff"

_ABNORMAL = re.compile(
    f"\r\n|[{''.join(_LIGATURES)}{INVISIBLE}{_SPACES}{_LINE_ENDS}{_HYPHENS}{_CONTROLS}{_SURROGATES}]"
)
_REPLACEMENTS = (
    (re.compile(f"[{_SPACES}]"), " "),
    (re.compile(f"\r\n|[{_LINE_ENDS}]"), "\n"),
    (re.compile(f"[{_HYPHENS}]"), "-"),
    (re.compile(f"[{_SURROGATES}]"), "\ufffd"),
)

_SWEDISH_LETTERS = frozenset("åäö")
_FOREIGN_LETTERS = {
    "æ": "ä",
    "ø": "ö",
    "ß": "ss",
    "ð": "d",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "þ": "th",
    "œ": "o",
}
# Superscript, subscript, full-width and mathematical letters and figures: CO₂, m², Ａ, 𝗯.
_STYLED = (
    *map(ord, "²³¹ªº"),
    *range(0x2070, 0x20A0),
    *range(0xFF10, 0xFF5B),
    *range(0x1D400, 0x1D800),
)
_LAST_OF_BMP = 0xFFFF
_STYLED_BEYOND_BMP = re.compile("[\U0001d400-\U0001d7ff]")
_LOOSE_MARKS = "\u0300-\u036f"
# Most texts have no other characters than these, none of which is ever changed.
_COMMON = bytes({*b"\t\n", *range(0x20, 0x7F), *"åäö§·".encode("latin-1")})


def normalize(text: str) -> str:
    """Return the text in the form that is stored, indexed and searched.

    Canonical composition (NFC, Unicode Standard Annex 15); ligatures become letters; soft hyphens, zero-width
    and control characters are removed; every kind of space becomes a space, every kind of line end a line
    feed; tabs stay. Letters are never folded: å, ä, ö and é stay. Idempotent.
    """
    return unicodedata.normalize("NFC", _ABNORMAL.sub(_replacement, text))


def fold_accents(text: str) -> str:
    """Return lowercase text in NFC without foreign accents: `idé` → `ide`, `zürich` → `zurich`.

    Letters and figures that are only styled become plain ones: `co₂` → `co2`. Å, ä and ö are letters in their
    own right and stay; æ and ø are the Danish and Norwegian ä and ö. Scripts other than Latin are not
    changed.
    """
    if text.isascii():
        return text
    table = _folded_letters()
    if _has_styled_beyond_bmp(text):
        text = text.translate(table)
    return _folded_characters().sub(lambda match: table.get(ord(match[0]), ""), text)


def is_plain(text: str) -> bool:
    """Return whether neither `normalize` nor `fold_accents` would change a lowercase text."""
    try:
        if not text.encode("latin-1").translate(None, _COMMON):
            return True
    except UnicodeEncodeError:
        pass
    return (
        not _changed_characters().search(text)
        and not _has_styled_beyond_bmp(text)
        and unicodedata.is_normalized("NFC", text)
    )


def _has_styled_beyond_bmp(text: str) -> bool:
    """Return whether a text has letters that are only styled beyond the first plane (BMP).

    Few texts have anything beyond it: those are a unit longer in UTF-16, which takes a twentieth of a search.
    """
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return units > len(text) and bool(_STYLED_BEYOND_BMP.search(text))


@cache
def _folded_characters() -> re.Pattern[str]:
    """Return a pattern for the characters of the first plane (BMP) that `fold_accents` changes.

    Python looks up a character class in a table where all of it lies in that plane; with a single one beyond
    it compares each letter with each member, which takes fifty times as long.
    """
    letters = "".join(chr(code) for code in _folded_letters() if code <= _LAST_OF_BMP)
    return re.compile(f"[{_LOOSE_MARKS}{letters}]")


@cache
def _changed_characters() -> re.Pattern[str]:
    """Return a pattern for the characters of the first plane that either function may change."""
    abnormal = f"{''.join(_LIGATURES)}{INVISIBLE}{_SPACES}{_LINE_ENDS}{_HYPHENS}{_CONTROLS}{_SURROGATES}"
    return re.compile(f"{_folded_characters().pattern[:-1]}{abnormal}]")


@cache
def _folded_letters() -> dict[int, str]:
    """Return what each accented or styled letter is folded to (Unicode's decompositions)."""
    table = {ord(letter): plain for letter, plain in _FOREIGN_LETTERS.items()}
    for code in (*range(0x00DF, 0x0250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        plain = re.sub(f"[{_LOOSE_MARKS}]", "", unicodedata.normalize("NFD", letter))
        if plain != letter and letter not in _SWEDISH_LETTERS:
            table[code] = plain
    for code in _STYLED:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1 and plain.isalnum() and plain != chr(code):
            table[code] = table.get(ord(plain), plain)
    return table


def _replacement(match: re.Match[str]) -> str:
    character = match.group()
    if character in _LIGATURES:
        return _LIGATURES[character]
    for pattern, replacement in _REPLACEMENTS:
        if pattern.fullmatch(character):
            return replacement
    return ""
