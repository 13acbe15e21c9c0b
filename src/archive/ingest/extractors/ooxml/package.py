"""The parts of a zip package: found by name, unpacked within bounds and parsed as XML.

`Package` is what all formats share; `DocumentPackage` opens Word and OpenDocument files. Decks have a package
of their own (`pptx.package`), which also reads damaged ones.
"""

import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from archive.errors import FileRejected
from archive.ingest.extractors import left_out
from archive.ingest.extractors.ooxml.markup import Element, parse_leniently
from archive.model.extraction import Outcome

_PARTS_MAX = 10_000
_TOO_MANY = f"Only the first {_PARTS_MAX:,} parts of the document were read."
_DAMAGED = "The document is damaged and cannot be opened. Open it in Word and save it again."
_TOO_LARGE = "The document unpacks to more than may be read. Save it in parts and add them."
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    KeyError,
    IndexError,
)


@dataclass(slots=True)
class PackageBounds:
    """How many bytes may still be unpacked, and the message for when they are too few."""

    left_bytes: int
    too_large: str = _TOO_LARGE

    def take(self, count: int) -> None:
        """Count bytes that were unpacked. Raises FileRejected with RESOURCE_LIMIT when they are too many."""
        self.left_bytes -= count
        if self.left_bytes < 0:
            raise FileRejected(Outcome.RESOURCE_LIMIT, self.too_large)


class Package(ABC):
    """The parts of one package by name, in any case of letters."""

    def __init__(self, names: Iterable[str], bounds: PackageBounds) -> None:
        self._names = {name.lower(): None for name in names}
        self.bounds = bounds

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def names(self) -> Iterator[str]:
        """Yield the names of all parts in lower case, in the order of the package."""
        return iter(self._names)

    def read(self, name: str, bounds: PackageBounds | None = None) -> bytes | None:
        """Return the bytes of a part; None when it is missing or cannot be read.

        They count against `bounds`, or else against those of the package. Raises FileRejected with
        RESOURCE_LIMIT when these are passed.
        """
        if name not in self:
            return None
        data = self._unpacked(name.lower())
        (bounds or self.bounds).take(len(data or b""))
        return data

    def tree(self, name: str) -> Element | None:
        """Return the root of a part's XML, recovered as far as it goes; None when there is none."""
        data = self.read(name)
        return None if data is None else self._parsed(name.lower(), data)

    @abstractmethod
    def _unpacked(self, name: str) -> bytes | None:
        """Return the bytes of the part `name` (in lower case); None when they cannot be read."""

    @abstractmethod
    def _parsed(self, name: str, data: bytes) -> Element | None:
        """Return the root of the XML in a part; None when there is none."""


def _parts_of(opened: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    return left_out.up_to(opened.infolist(), _PARTS_MAX, _TOO_MANY)


class DocumentPackage(Package):
    """An opened document. `is_whole` is False once the XML of a part was damaged."""

    def __init__(self, file: BinaryIO, unpacked_max_bytes: int, damaged: str = _DAMAGED) -> None:
        """Open `file`; raises FileRejected with DAMAGED and the sentence `damaged` where it is no package."""
        try:
            self._zip = zipfile.ZipFile(file)
            self._members = {info.filename.lower(): info for info in _parts_of(self._zip)}
        except _UNREADABLE as error:
            raise FileRejected(Outcome.DAMAGED, damaged) from error
        super().__init__(self._members, PackageBounds(unpacked_max_bytes))
        self.is_whole = True

    def _unpacked(self, name: str) -> bytes | None:
        try:
            with self._zip.open(self._members[name]) as part:
                return part.read(self.bounds.left_bytes + 1)
        except Exception:  # noqa: BLE001 - zlib and others raise kinds of their own on damaged parts
            return None

    def _parsed(self, name: str, data: bytes) -> Element | None:
        del name
        try:
            root, is_whole = parse_leniently(data)
        except (etree.LxmlError, ValueError):
            root, is_whole = None, False
        self.is_whole = self.is_whole and is_whole
        return root
