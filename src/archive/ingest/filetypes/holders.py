"""Which documents hold files that become documents of their own."""

import mmap
from pathlib import Path

from archive.ingest.filetypes.media_types import MAIL, PDF

HOLDERS = frozenset({MAIL, PDF})
"""Types of documents that may hold others; `extractors.archives.registry` says what takes them out."""

_ATTACHED = b"/EmbeddedFile"  # in the dictionary of each attached file, which no PDF compresses


def may_hold_documents(path: Path, media_type: str) -> bool:
    """Return whether a child should look for files in a document: it takes a process, so seldom in vain."""
    if media_type == PDF:
        return _holds(path, _ATTACHED)
    return media_type in HOLDERS  # a mail tells by its type alone


def _holds(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(mark) >= 0
    except (OSError, ValueError):
        return False
