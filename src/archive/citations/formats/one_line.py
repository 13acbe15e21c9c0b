"""Text for formats in which a line is a field."""

import unicodedata

_PLANE = 0x10000
_LAST_TWO = 0xFFFE


def one_line(text: str) -> str:
    """Return text on one line with single spaces, in NFC.

    Control characters and code points that are none (XML has no U+FFFE) become spaces.
    """
    visible = "".join(" " if char.isspace() or _is_unseen(char) else char for char in text)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _is_unseen(char: str) -> bool:
    is_noncharacter = ord(char) % _PLANE >= _LAST_TWO or "\ufdd0" <= char <= "\ufdef"
    return is_noncharacter or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
