"""Tell text from other bytes, in which encoding it is written, and mails and web pages from other texts."""

import codecs
import re
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that texts have none of, whatever their encoding: control characters but tab, line ends, form feed and
# escape, and the five that Windows-1252 leaves empty.
_CONTROLS = frozenset({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_UNUSED_1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_ZEROS_SHARE = 0.3  # of the even or odd bytes of UTF-16 in Western languages nearly all are 0
_READABLE_SHARE = 0.9
_ASCII_SHARE = 0.6
_SOURCES = (b"%!PS", b"<?xml", b"<svg", b"\x1b%-12345X")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|h1|p|div|table|meta)\b", re.IGNORECASE)
_HTML_WITHIN = 4096
_DECLARED = re.compile(
    rb"""(?:<meta[^>]*?charset\s*=\s*|<\?xml[^>]*?encoding\s*=\s*)["']?([\w.:-]{1,40})""", re.I
)
_FIELD = re.compile(rb"([!-9;-~]{1,76}):")
_MAIL_FIELDS = frozenset(
    {
        *(b"from", b"to", b"cc", b"date", b"subject", b"message-id", b"reply-to", b"sender", b"return-path"),
        *(b"received", b"delivered-to", b"mime-version", b"content-type", b"dkim-signature"),
    }
)
_FIELDS_MIN = 3
"""Fields of a mail that must be there: a text may begin with "From:" and mean something else."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def encoding_of(head: bytes) -> str:
    """Return the encoding of the text that begins with `head` (Python's name), "" if it is no text.

    UTF-8, UTF-16 and UTF-32 are certain; what else looks like a text is taken for Windows-1252.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name if _is_readable(head.decode(name, "ignore")) else ""
    for name in _candidates(head):
        text = _decoded(head, name)
        if text and _is_readable(text):
            return name
    return ""


def decoded_head(head: bytes) -> str:
    """Return the text that begins with `head`, "" if it is no text; its last letter may be missing."""
    name = encoding_of(head)
    return head.decode(name, "ignore") if name else ""


def is_text(head: bytes) -> bool:
    """Return whether a file that begins with `head` is a text for people (page descriptions are not)."""
    if head.lstrip()[:16].startswith(_SOURCES) and not is_html(head):
        return False
    return bool(encoding_of(head))


def is_html(head: bytes) -> bool:
    """Return whether a text is a web page: its first mark-up is one of HTML's, possibly behind comments."""
    start = head[:_HTML_WITHIN].replace(b"\0", b"")
    for mark, _ in _MARKS:
        start = start.removeprefix(mark)
    start = re.sub(rb"(?s)\A\s*(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*", b"", start)
    if re.match(rb"<!doctype\s+html|<html\b", start, re.IGNORECASE):
        return True
    return start.startswith(b"<") and _HTML.match(start) is not None


def _candidates(head: bytes) -> Iterator[str]:
    if b"\0" not in head:
        yield "utf-8"
        is_western = sum(byte < 0x80 for byte in head) >= _ASCII_SHARE * len(head)
        if is_western and not any(byte in head for byte in _UNUSED_1252):
            yield "cp1252"
        return
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > _ZEROS_SHARE * half and even == 0:
        yield "utf-16-le"
    if even > _ZEROS_SHARE * half and odd == 0:
        yield "utf-16-be"


def _decoded(head: bytes, name: str) -> str:
    """Return the text; the last letter may be cut in two. "" when the bytes are not of this encoding."""
    try:
        return codecs.getincrementaldecoder(name)().decode(head)
    except UnicodeDecodeError:
        return ""


def _is_readable(text: str) -> bool:
    """Return whether nearly all of it are letters, digits and signs that people write, and some is a word."""
    if any(ord(letter) in _CONTROLS for letter in text):
        return False
    readable = sum(letter.isalnum() or letter.isspace() or " " <= letter <= "~" for letter in text)
    return readable >= _READABLE_SHARE * len(text) and any(letter.isalnum() for letter in text)


def is_mail(head: bytes) -> bool:
    """Return whether a file that begins with `head` is one mail, by its first fields (RFC 5322, 3.6)."""
    names: set[bytes] = set()
    for line in head.removeprefix(_BYTE_ORDER_MARK).split(b"\n"):
        line = line.rstrip(b"\r")
        if not line:
            break
        if line.startswith((b" ", b"\t")) and names:
            continue
        field = _FIELD.match(line)
        if field is None:
            return False
        names.add(field[1].lower())
    return len(names & _MAIL_FIELDS) >= _FIELDS_MIN and bool(names & {b"from", b"date", b"mime-version"})


def html_encoding(head: bytes) -> str:
    """Return the encoding of the page: by its mark, as it declares, else as its bytes look."""
    seen = encoding_of(head)
    declared = _DECLARED.search(head)
    if seen.startswith("utf-") or declared is None:
        return seen or "cp1252"
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return seen or "cp1252"
    # What calls itself ISO 8859-1 is Windows-1252 (WHATWG Encoding, 4.2).
    return "cp1252" if name in ("iso8859-1", "ascii") else name
