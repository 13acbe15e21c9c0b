"""Packages whose end is lost, told without LibreOffice, which is started several times to say the same."""

from pathlib import Path

_MEMBER, _END = b"PK\x03\x04", b"PK\x05\x06"
_END_WITHIN_BYTES = 22 + 65_535
"""Where the end record lies: 22 bytes, and a comment of up to 65,535 after them (APPNOTE.TXT, 4.3.16)."""


def is_cut(path: Path) -> bool:
    """Return whether a file begins as a zip and has no end record: nobody asks LibreOffice to repair those.

    A file that cannot be opened is not called cut: whoever opens it next says why.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_MEMBER)) != _MEMBER:
                return False
            size = file.seek(0, 2)
            file.seek(max(0, size - _END_WITHIN_BYTES))
            return _END not in file.read(_END_WITHIN_BYTES)
    except OSError:
        return False
