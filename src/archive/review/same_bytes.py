"""Whether the archive has a file already, byte for byte: told before it is sent.

For staff alone: documents of every rank are told of, and those that were withdrawn.
"""

import re

from archive.catalogue.database.sessions import Session
from archive.catalogue.duplicates.same_bytes import SameBytes, with_bytes

__all__ = ["SameBytes", "same_bytes"]
_SHA256 = re.compile(r"[0-9a-f]{64}")


def same_bytes(session: Session, sha256: str) -> tuple[SameBytes, ...]:
    """Return the documents with these bytes, live ones first; none for what is no SHA-256 in hexadecimal."""
    digest = sha256.strip().lower()
    return with_bytes(session, digest) if _SHA256.fullmatch(digest) else ()
