"""What is in a mail: its fields, the text that its reader sees, and the files attached to it.

Used by the reader of mails (`flowing/mail`) and by what takes the attached files out (`archives/mail`).
Only the standard library parses. It fails in many ways on bad input; what cannot be decoded is left out.
"""

import email
from collections.abc import Iterator
from email.message import Message
from email.policy import default
from email.utils import getaddresses

from archive.ingest.extractors import left_out

PARTS_MAX = 1_000
"""Parts of a mail that are looked at."""
MIME_DEPTH_MAX = 30
_TOO_MANY = f"Only the first {PARTS_MAX:,} parts of the mail were read."

# They make a mail's signature, not something that it brings along.
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_TEXTS = ("text/plain", "text/html")
_MAIL = "message/rfc822"
_ODD = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
)  # what `email` raises on bad fields


def read_mail(data: bytes) -> Message:
    """Return the mail in `data`; any bytes make one, be it one without text."""
    return email.message_from_bytes(data, policy=default)


def field(message: Message, name: str) -> str:
    """Return a field on one line, its letters decoded; "" where there is none."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except _ODD:
        return ""


def people(message: Message, name: str) -> str:
    """Return the names in a field of addresses, an address where somebody has no name."""
    try:
        pairs = getaddresses([field(message, name)])
    except _ODD:
        return ""
    return ", ".join(" ".join((shown or address).split()) for shown, address in pairs if shown or address)


def mails(message: Message) -> Iterator[Message]:
    """Yield the mail and those that were forwarded with it as they were, outermost first."""
    yield message
    for part in _parts(message):
        if part.get_content_type() == _MAIL and part.is_multipart():
            yield from (each for each in part.get_payload() if isinstance(each, Message))


def body(message: Message) -> tuple[str, bytes]:
    """Return the type ("text/plain" or "text/html") and the bytes in UTF-8 of the text that readers see."""
    found: dict[str, str] = {}
    for part in _own_parts(message):
        kind = part.get_content_type()
        if kind in _TEXTS and not _is_attached(part):
            found.setdefault(kind, _text(part))
    kind = next((kind for kind in _TEXTS if found.get(kind, "").strip()), "text/plain")
    return kind, found.get(kind, "").encode("utf-8", "replace")


def attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each attached file, those of forwarded mails too.

    Pictures that stand in the text (logos, as a rule) and signatures are left out.
    """
    for part in _parts(message):
        if part.is_multipart() or part.get_content_type() in _SIGNATURES:
            continue
        if _is_attached(part):
            yield _filename(part), _bytes(part)


def _parts(message: Message) -> Iterator[Message]:
    return left_out.up_to(message.walk(), PARTS_MAX, _TOO_MANY)


def _own_parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail without those of the mails forwarded with it."""
    waiting, count = [message], 0
    while waiting and count < PARTS_MAX:
        part = waiting.pop(0)
        count += 1
        if part.is_multipart() and part.get_content_type() != _MAIL:
            waiting[:0] = [each for each in part.get_payload() if isinstance(each, Message)]
        else:
            yield part
    if waiting:
        left_out.note(_TOO_MANY)


def _is_attached(part: Message) -> bool:
    """Return whether a part is a file of its own, not something that the text shows."""
    if _disposition(part) == "attachment":
        return True
    is_in_text = part.get_content_maintype() == "image" and "content-id" in part
    return (bool(_filename(part)) and not is_in_text) or part.get_content_maintype() == "application"


def _disposition(part: Message) -> str:
    try:
        return part.get_content_disposition() or ""
    except _ODD:
        return ""


def _filename(part: Message) -> str:
    try:
        return (part.get_filename() or "").replace("\\", "/").rpartition("/")[2].strip()
    except _ODD:
        return ""


def _bytes(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _ODD:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    try:
        charset = part.get_content_charset() or "utf-8"
        return _bytes(part).decode(charset, "replace")
    except _ODD:
        return _bytes(part).decode("utf-8", "replace")
