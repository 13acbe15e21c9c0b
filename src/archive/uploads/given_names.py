"""What senders call their files: names for people. No path on a disk is ever made of them."""

import unicodedata
from pathlib import PurePosixPath

_NAME_MAX_CHARS = 200
_SUFFIX_MAX_CHARS = 10
_FOLDER_MAX_CHARS = 500
# Signs that turn the direction of what follows: "invoice\u202exptp.exe" would read as another name.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
UNNAMED = "namnlös"


def given_filename(text: str) -> str:
    """Return the last part of a name as it is shown: composed letters, no control signs, not too long.

    Letters of every script stay as they are, and so do names that only Windows minds ("CON.pptx").
    """
    name = _printable(text.replace("\\", "/").rstrip("/").rpartition("/")[2]).strip()
    if not name.strip("."):
        return UNNAMED
    if len(name) <= _NAME_MAX_CHARS:
        return name
    suffix = PurePosixPath(name).suffix
    if len(suffix) > _SUFFIX_MAX_CHARS:
        suffix = ""
    return name[: _NAME_MAX_CHARS - len(suffix) - 1].rstrip() + "…" + suffix


def given_folder(text: str) -> str:
    """Return the folder that a file was dropped in, as it is shown: "Seminarium/Bilder", "" for none."""
    parts = (_printable(part).strip() for part in text.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part.strip("."))[:_FOLDER_MAX_CHARS]


def _printable(text: str) -> str:
    """Return a text composed as people type it (macOS takes letters apart), without control signs."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFC", text)
        if letter not in _TURNING and unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp")
    )
