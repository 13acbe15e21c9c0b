"""Text of other people's files as it may be written to a terminal."""

import re
from typing import Final

# All control characters but tab, line feed and form feed (it parts pages), and the marks that turn round the
# order of what is read (Unicode Standard Annex 9). A name could colour, hide, ring or type what was wanted.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def printable(text: str) -> str:
    r"""Return the text with control characters written out: `\x1b[31m`, `\u202e`."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def printable_json(text: str) -> str:
    """Return JSON that says the same, with what it leaves unescaped of these as escapes of its own."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
