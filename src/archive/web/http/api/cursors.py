"""Where a list goes on: the last record of a slice, written so that nobody is tempted to make one up.

A cursor says after which record a slice begins. It names its list and has a check sum, so that one that was
cut, mistyped or taken from another list is refused instead of quietly leaving records out.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from archive.errors import CursorUnusable

CURSOR_MAX_CHARS = 200
_CHECK_BYTES = 6
_NUMBER_MAX = 2**31 - 1
_Key = str | int


def cursor(listed: str, *key: _Key) -> str:
    """Return the cursor of a list after the record with a key."""
    content = json.dumps([listed, *key], separators=(",", ":")).encode()
    return _written(_check(content) + content)


def key_of(text: str, listed: str, first: tuple[_Key, ...]) -> tuple[_Key, ...]:
    """Return the key of the record that a slice begins after.

    Args:
        text: the cursor, "" where the list begins.
        listed: the list that it has to be of.
        first: the key that stands before all others; a cursor's has as many parts, of the same types.

    Raises:
        CursorUnusable: it is no cursor of this list.
    """
    if not text:
        return first
    name, *key = _content(text) or [""]
    is_right = name == listed and [type(part) for part in key] == [type(part) for part in first]
    if not is_right or not all(map(_is_storable, key)):
        raise CursorUnusable(
            "The cursor is not one of this list. Take it as it is from 'next', or begin without one."
        )
    return tuple(key)


def _content(text: str) -> list[_Key]:
    """Return what is in a cursor, nothing where it is none.

    The check sum is no secret: who has read this can make one of anything.
    """
    try:
        packed = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:  # other letters than it has (UnicodeEncodeError and binascii.Error are ValueErrors)
        return []
    content = packed[_CHECK_BYTES:]
    is_whole = len(text) <= CURSOR_MAX_CHARS and _written(packed) == text
    if not is_whole or packed[:_CHECK_BYTES] != _check(content):
        return []
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):  # no UTF-8 or no JSON; more brackets than can be read
        return []
    return found if isinstance(found, list) else []


def _is_storable(part: _Key) -> bool:
    """Return whether every database can compare a part of a key with what it has."""
    if isinstance(part, int):
        return 0 <= part <= _NUMBER_MAX
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in part)


def _check(content: bytes) -> bytes:
    return hashlib.sha256(b"archive cursor 1 " + content).digest()[:_CHECK_BYTES]


def _written(packed: bytes) -> str:
    return urlsafe_b64encode(packed).decode("ascii").rstrip("=")
