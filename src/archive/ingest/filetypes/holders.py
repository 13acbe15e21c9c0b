"""Which documents hold files that become documents of their own."""

from pathlib import Path

from archive.ingest.filetypes.media_types import MAIL

HOLDERS = frozenset({MAIL})
"""Types of documents that may hold others; `extractors.archives.registry` says what takes them out."""


def may_hold_documents(path: Path, media_type: str) -> bool:
    """Return whether a child should look for files in a document: it takes a process, so seldom in vain."""
    del path  # a mail tells by its type alone
    return media_type in HOLDERS
