"""The readers of pages for `sandbox.child.Registry`: the media type of a request is the server's header."""

from archive.ingest.extractors.webpage.reader import WebPageReader
from archive.ingest.extractors.webpage.records import encode

__all__ = ["encode", "load", "preload"]


def load(task: str, media_type: str) -> WebPageReader | None:
    """Return a reader for a page that was sent with the header `media_type`."""
    return WebPageReader(media_type) if task == "extract" else None


def preload() -> None:
    """Do nothing: what is needed has come with this module."""
