"""Text of other people as it may be written to a terminal, and typed text as it may be kept."""

import re
import unicodedata
from typing import Final

# All control characters but tab, line feed and form feed (it parts pages), and the marks that turn round the
# order of what is read (Unicode Standard Annex 9). A name could colour, hide, ring or type what was wanted.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

# What opens a run of another direction and is not closed turns round the rest of the line, with other fields.
# Single marks (U+200E, U+200F, U+061C) stand in Arabic and Hebrew, and turn nothing behind them: they stay.
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_TYPED: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


def without_turning(text: str) -> str:
    """Return the text without the marks that turn round what stands behind them: pasted along, never seen."""
    return _TURNING.sub("", text)


def typed_line(text: str) -> str:
    """Return what was typed or pasted as one line in NFC, without what nobody can see in it."""
    return " ".join(_NOT_TYPED.sub("", unicodedata.normalize("NFC", without_turning(text))).split())


def typed_text(text: str) -> str:
    """Return what was typed or pasted as lines in NFC, without what nobody can see in them."""
    kept = _NOT_TYPED.sub("", unicodedata.normalize("NFC", without_turning(text)))
    return "\n".join(kept.strip().splitlines())


def printable(text: str) -> str:
    r"""Return the text with control characters written out: `\x1b[31m`, `\u202e`."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def printable_json(text: str) -> str:
    """Return JSON that says the same, with what it leaves unescaped of these as escapes of its own."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
