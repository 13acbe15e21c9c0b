"""The registry of the child that unpacks (see `isolate.child.Registry`): one reader, for zip files."""

from archive.ingest.extractors.archives.frames import encode
from archive.ingest.extractors.archives.unpack import Unpacker
from archive.ingest.filetypes.media_types import ZIP

__all__ = ["encode", "load", "preload"]


def load(task: str, media_type: str) -> Unpacker | None:
    """Return the unpacker; None for anything but zip files."""
    return Unpacker() if task == "extract" and media_type == ZIP else None


def preload() -> None:
    """Do nothing: what is needed is imported above."""
