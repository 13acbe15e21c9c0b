"""Text as LaTeX has it, within a field of BibTeX: whatever it says, it is set, and no brace is left open."""

import re
from functools import cache

from pylatexenc.latexencode import (
    RULE_CALLABLE,
    RULE_DICT,
    UnicodeToLatexConversionRule,
    UnicodeToLatexEncoder,
)

from archive.citations.formats.one_line import one_line
from archive.citations.item import CitedName

# BibTeX counts braces, also those after a backslash.
_BRACES = {ord("{"): r"\textbraceleft", ord("}"): r"\textbraceright"}
# The library has these as mathematics, which Zotero does not read back.
_ANGLES = {ord("<"): r"\textless", ord(">"): r"\textgreater", ord("|"): r"\textbar"}
_SUBSCRIPTS = {0x2080 + digit: rf"\textsubscript{{{digit}}}" for digit in range(10)}
_SUPERSCRIPTS = {0x2070 + digit: rf"\textsuperscript{{{digit}}}" for digit in (0, *range(4, 10))}
_ROOT = {ord("√"): r"\ensuremath{\surd}"}  # the library's own wants something below it
_LAST_LATIN = 0x24F
_FIRST_ACCENTED = 0xA1
_AND = re.compile(r"(?<![^\s,])and(?![^\s,])", re.IGNORECASE)
_KEPT_SIGNS = frozenset("–—‘’‚“”„…€†‡•‰™")


def escaped(text: str) -> str:
    """Return text for a field. Letters are kept as they are; signs that LaTeX lacks are written out."""
    encoder = _encoder()
    return str(encoder.unicode_to_latex(one_line(text)))


def title(text: str) -> str:
    """Return a title for a field. Its capitals stay: styles would make "Norrbotten" small."""
    return f"{{{escaped(text)}}}"


def name(one: CitedName) -> str:
    """Return a name for a list of names; one without parts is kept together."""
    return f"{{{escaped(one.literal)}}}" if one.literal else _without_and(escaped(_bare(one)))


def _bare(one: CitedName) -> str:
    family = " ".join(part for part in (one.particle, one.family) if part)
    return ", ".join(part for part in (family, one.suffix, one.given) if part)


def _without_and(text: str) -> str:
    """Return a part of a name in which "and" begins no other name."""
    return _AND.sub(r"{\g<0>}", text)


@cache
def _encoder() -> UnicodeToLatexEncoder:
    return UnicodeToLatexEncoder(
        conversion_rules=[
            UnicodeToLatexConversionRule(RULE_DICT, _BRACES | _ANGLES | _SUBSCRIPTS | _SUPERSCRIPTS | _ROOT),
            UnicodeToLatexConversionRule(RULE_CALLABLE, _kept, replacement_latex_protection="none"),
            "defaults",
        ],
        replacement_latex_protection="braces-all",
        unknown_char_policy="keep",
        unknown_char_warning=False,
    )


def _kept(text: str, at: int) -> tuple[int, str] | None:
    """Return a letter or sign that today's LaTeX sets by itself, None for one that it does not."""
    char = text[at]
    is_latin = _FIRST_ACCENTED <= ord(char) <= _LAST_LATIN
    return (1, char) if is_latin or char in _KEPT_SIGNS else None
