"""The bytes of a page as text: by its mark, the server's header, what it says itself, or how it looks."""

import codecs
import re

from archive.ingest.filetypes.plain_text import encoding_of

_HEAD_BYTES = 64 * 1024
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,300}?charset\s{0,3}=\s{0,3}|<\?xml[^>]{0,300}?encoding\s{0,3}=\s{0,3})["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# WHATWG Encoding, 4.2: what calls itself ISO 8859-1 or ASCII is Windows-1252 (and 8859-9 is Windows-1254).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254"}
_WIDE = ("utf-16", "utf-32")
_TRUSTED = ("utf-8", *_WIDE, "cp", "iso8859", "mac", "koi8", "gb", "big5", "euc", "shift_jis")
"""Encodings of the web; Python has others ("punycode") that a hostile page could make slow."""


def decoded(data: bytes, content_type: str = "") -> str:
    """Return the text of a page. Letters that its encoding does not have become replacement characters.

    Args:
        data: the bytes as a server sends them.
        content_type: the header they came with ("text/html; charset=utf-8"), "" for none.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    declared = _named(content_type) or _declared(data[:_HEAD_BYTES])
    if _is_utf_8(data) and declared != "utf-8":
        # Swedish letters make no valid UTF-8 by chance: the label is wrong, as that of moved pages often is.
        return data.decode("utf-8")
    name = declared or encoding_of(data[:_HEAD_BYTES]) or "cp1252"
    if name == "utf-8" and not _is_mostly_utf_8(data):
        name = "cp1252"
    return data.decode(name, "replace")


def _named(content_type: str) -> str:
    match = _HEADER.search(content_type)
    return _python_name(match[1]) if match else ""


def _declared(head: bytes) -> str:
    match = _DECLARED.search(head)
    name = _python_name(match[1].decode("ascii")) if match else ""
    return "" if name.startswith(_WIDE) else name  # it could not have been read in such an encoding


def _python_name(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    return _MEANT.get(name, name) if name.startswith((*_TRUSTED, "ascii")) else ""


def _is_utf_8(data: bytes) -> bool:
    """Return whether the bytes are valid UTF-8 with letters beyond ASCII."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf_8(data: bytes) -> bool:
    """Return whether few bytes break UTF-8, beside the letters that are written in it."""
    wrong = data.decode("utf-8", "replace").count("\ufffd")
    return wrong == 0 or wrong * 4 < sum(byte >= 0xC0 for byte in data)
