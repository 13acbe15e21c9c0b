"""Random tokens of links, sessions and programs, and the digests that are kept of them."""

import hashlib
import secrets

_BYTES = 32


def new_token() -> str:
    """Return a new token: 256 bits of the system's random source, in letters that addresses may have."""
    return secrets.token_urlsafe(_BYTES)


def token_digest(token: str) -> str:
    """Return what is kept of a token: its SHA-256 in hexadecimal; so much chance needs no salt."""
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).hexdigest()
