"""Text for formats in which a line is a field."""

import unicodedata


def one_line(text: str) -> str:
    """Return text on one line with single spaces and without control characters, in NFC."""
    visible = "".join(
        " " if char.isspace() or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char
        for char in text
    )
    return " ".join(unicodedata.normalize("NFC", visible).split())
