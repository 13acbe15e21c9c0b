"""Splits a text into words, and gives their surface forms.

A word is a run of letters and digits of any script, with their combining marks. In addition:

- an apostrophe between letters belongs to the word: `d'Hondt`, `region's`;
- a colon belongs to the word before a Swedish inflection: `EU:s`, `pdf:er`, `5:e` (`år:2019` is two words);
- numbers keep their inner comma, full stop or colon: `1,5`, `2019.03.31`, `14:30`;
- `&` joins at most three letters or digits on either side: `R&D`, `H&M`;
- one letter keeps `++` or `#`: `C++`, `F#`.

Everything else separates words, hyphens and underscores too: `smart-grid` is two adjacent words.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from archive.analysis.normalize import INVISIBLE, fold_accents, is_plain, normalize

VERSION = 3
"""To be increased whenever the result changes: indexes made with another version are rebuilt."""

WORD_MAX_CHARS = 64
"""Longer words (encoded data, broken text) are truncated in the index and in questions alike."""

_ENDINGS = (
    "s|n|ns|t|ts|a|as|e|es|en|ens|et|ets|er|ers|ar|ars|or|ors|na|nas|"
    "arna|arnas|erna|ernas|orna|ornas|are|aren|ande|ade|at"
)
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_START = r"[^\W_]"
_INNER = rf"(?:[^\W_]|[{_MARKS}{INVISIBLE}])"
# Possessive quantifiers: no text makes the search backtrack.
_WORD = re.compile(
    rf"""
      \d++(?:[.,:]\d++)++
    | {_START}{_INNER}{{0,2}}+ & {_START}{_INNER}{{0,2}}+ (?!{_INNER})
    | [^\W\d_](?:\+\+|\#)(?!{_INNER})
    | {_START}{_INNER}*+ (?:['’ʼ]{_START}{_INNER}*+)*+ (?: : (?:{_ENDINGS})(?!{_INNER}) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)


_ACRONYM_GENITIVE = re.compile(r"([A-ZÅÄÖ]{2,})s")
# m² and km³ are units, `kommuner²` has a note.
_FOOTNOTE_MARK = re.compile(r"(?<=[^\W\d_]{4})[⁰¹²³⁴-⁹]+$")
_ACRONYM_SHORT_CHARS = 3


def words(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a text in order, each as written, with its start and end.

    Args:
        text: Any text; no word reaches over white space.
        first: Where to begin, in characters.
        last: Where to end, in characters; None for the end of the text.
    """
    for match in _WORD.finditer(text, first, len(text) if last is None else last):
        start, end = match.span()
        yield text[start:end], start, end


def plain_words(text: str) -> list[str]:
    """Return the words of a text in order as written: `words` without positions, and much faster."""
    return _WORD.findall(text)


def surface(word: str) -> str:
    """Return a word's surface form: normalised, lowercased, without foreign accents, with a plain apostrophe.

    Never empty. Å, ä and ö are not accented letters but letters in their own right.
    """
    return _surface(word[:WORD_MAX_CHARS])


def folded(text: str) -> str | None:
    """Return a text in which each character is that of the surface form, at the same position.

    None where positions would change: the text is not in normal form, or has letters such as ß.
    """
    lowered = text.lower()
    if text.isascii():
        return lowered
    if not is_plain(lowered):
        if normalize(lowered) != lowered:
            return None
        lowered = fold_accents(lowered)
    return lowered.replace("’", "'").replace("ʼ", "'") if len(lowered) == len(text) else None


@lru_cache(maxsize=1 << 16)
def _surface(word: str) -> str:
    if word.isascii():
        return word.lower()
    form = fold_accents(normalize(normalize(word).lower())).replace("’", "'").replace("ʼ", "'")
    return form[:WORD_MAX_CHARS]


def base(form: str) -> str:
    """Return a surface form without the ending after a colon or apostrophe (`eu:s` → `eu`, `region's`)."""
    if ":" in form and not form[-1].isdigit():
        return form[: form.index(":")]
    return form.removesuffix("'s")


def inflected_base(word: str) -> str:
    """Return a word as written without what is no part of it: the s of `SKRs`, the mark of a footnote."""
    acronym = _ACRONYM_GENITIVE.fullmatch(word)
    if acronym:
        return acronym[1]
    return _FOOTNOTE_MARK.sub("", word)


def is_short_acronym(word: str) -> bool:
    """Return whether a word as written is two or three capitals: IT and LAS are forms of no other word."""
    return 1 < len(word) <= _ACRONYM_SHORT_CHARS and word.isalpha() and word.isupper()


def align(written: str) -> Sequence[int]:
    """Return, for each boundary in the surface form of a word, the boundary in the word as written.

    A surface form may be shorter (a soft hyphen inside, combining marks) or longer (`ß` is `ss`): boundaries
    inside such a letter map to its end.

    Args:
        written: One word, at most `WORD_MAX_CHARS` characters.
    """
    form = surface(written)
    if len(form) == len(written):
        return range(len(written) + 1)
    ends = [0] * (len(form) + 1)
    reached = 0
    for end in range(1, len(written) + 1):
        # Marks that follow may change the last letter but not the number of letters before it.
        length = min(len(surface(written[:end])), len(form))
        if length < reached:
            continue
        for at in range(reached + 1, length + 1):
            ends[at] = end
        ends[length] = end
        reached = length
    for at in range(reached + 1, len(form) + 1):
        ends[at] = len(written)
    ends[0], ends[len(form)] = 0, len(written)
    return ends
