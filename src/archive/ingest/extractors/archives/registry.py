"""Which class takes the files out of which kind of container.

It is the registry of the child that unpacks (see `sandbox.child.Registry`).
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from archive.ingest.extractors.archives.frames import Record, encode
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.filetypes.media_types import MAIL, ZIP

__all__ = ["UNPACKERS", "encode", "load", "preload"]

_HERE = "archive.ingest.extractors.archives."
UNPACKERS: Mapping[str, str] = {
    ZIP: _HERE + "unpack:Unpacker",
    MAIL: _HERE + "mail:MailUnpacker",
}
"""Media type to "module:Class" of what takes its files out."""


class FileSource(Protocol):
    """Takes the files out of one container."""

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Record]:
        """Yield each file as Member, Chunks and End, then a Finish. Bad files never raise."""
        ...


def load(task: str, media_type: str) -> FileSource | None:
    """Return what takes the files out of a container of a type; None where there is nothing."""
    name = UNPACKERS.get(media_type) if task == "extract" else None
    if name is None:
        return None
    module, _, attribute = name.partition(":")
    return cast("FileSource", getattr(import_module(module), attribute)())


def preload() -> None:
    """Do nothing: a fresh process unpacks, and imports only what it needs."""
