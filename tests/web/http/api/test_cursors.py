"""A cursor leads on in its own list alone; whatever else is given as one is refused, and nothing breaks."""

import hashlib
import json
from base64 import urlsafe_b64encode

import pytest

from archive.errors import CursorUnusable
from archive.web.http.api.cursors import cursor, key_of

LISTED = "api_documents.all_pages"


def made_up(content: bytes) -> str:
    """Return a cursor of any content with the right check sum, as one who has read the source can make it."""
    check = hashlib.sha256(b"archive cursor 1 " + content).digest()[:6]
    return urlsafe_b64encode(check + content).decode().rstrip("=")


def written(*parts: object) -> bytes:
    return json.dumps([LISTED, *parts], separators=(",", ":")).encode()


def test_cursor_leads_back_to_its_key() -> None:
    assert key_of(cursor(LISTED, "8k3m2p9x4t", 7), LISTED, ("", 0)) == ("8k3m2p9x4t", 7)
    assert key_of(made_up(written("x", 7)), LISTED, ("", 0)) == ("x", 7)
    assert key_of("", LISTED, ("", 0)) == ("", 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"5",
        b"null",
        b'"x"',
        b"{}",
        b"\xff",
        b"[" * 120,
        written(),
        written("x"),
        written("x", "7"),
        written("x", True),
        written("x", 7.0),
        written("x", -1),
        written("x", 10**30),
        written("\ud800", 7),
        written("\0", 7),
        written("x", 7, 7),
        written("x", [7]),
    ],
)
def test_cursor_that_is_made_up_is_refused(content: bytes) -> None:
    with pytest.raises(CursorUnusable):
        key_of(made_up(content), LISTED, ("", 0))
