"""Open a deck's zip package and read single parts of it within bounds.

A part is read when its words are wanted and not before: media and looks are never unpacked, so that a deck
of any size needs no more memory than its largest slide. python-pptx's own loader reads and parses every
member, and stops at the first that is broken.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from archive.errors import FileRejected
from archive.ingest.extractors.pptx.locked import is_locked, unlocked
from archive.ingest.extractors.pptx.markup import Element, parse
from archive.ingest.extractors.pptx.salvage import LocalMember, local_members, member_at, unpack
from archive.model.extraction import Outcome

MIB = 1024 * 1024
PART_MAX_BYTES = 16 * MIB
"""The largest part that is read: as a tree it takes 14 times as much, which must fit in 1 GiB.

In the 187 decks of the test corpus the largest has 0.7 MiB.
"""
MEMBERS_MAX = 20_000

_ENCRYPTED = 0x1  # bit 0 of a member's flags (APPNOTE.TXT 6.3.10, 4.4.4)
_BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    OSError,
    NotImplementedError,
    EOFError,
    OverflowError,
    RuntimeError,
)


_Member = zipfile.ZipInfo | LocalMember


@dataclass(slots=True)
class PackageBounds:
    """How many bytes may still be unpacked."""

    left_bytes: int

    def take(self, count: int) -> None:
        """Count bytes that were unpacked. Raises FileRejected with RESOURCE_LIMIT when they are too many."""
        self.left_bytes -= count
        if self.left_bytes < 0:
            raise FileRejected(
                Outcome.RESOURCE_LIMIT,
                "The deck holds more markup than is read of one file. Split it and add the parts.",
            )


class OoxmlPackage:
    """The parts of one package by name, in any case of letters.

    Raises FileRejected with DAMAGED when no part is found, and with RESOURCE_LIMIT when there are too many.
    `is_salvaged` tells that the directory was damaged; `mended` names parts that could be read only in part,
    `too_large` tells that at least one was not read for its size.
    """

    def __init__(self, file: BinaryIO, bounds: PackageBounds) -> None:
        self._file = file
        self.bounds = bounds
        self._directory = _directory(file)
        self.is_salvaged = self._directory is None
        self._members = _members(file, self._directory)
        self.mended: set[str] = set()
        self.too_large = False

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def names(self) -> Iterator[str]:
        """Yield the names of all parts in lower case, in the order of the package."""
        return iter(self._members)

    def read(self, name: str, bounds: PackageBounds | None = None) -> bytes | None:
        """Return the bytes of a part; None when it is missing, empty, lost or too large.

        They count against `bounds`, or else against those of the package. Raises FileRejected with
        RESOURCE_LIMIT when these are passed, and with PASSWORD for an encrypted member.
        """
        member = self._members.get(name.lower())
        if member is None:
            return None
        data, is_whole = self._unpacked(member)
        if len(data) > PART_MAX_BYTES:
            self.too_large = True
            data, is_whole = b"", False
        if not is_whole:
            self.mended.add(name.lower())
        (bounds or self.bounds).take(len(data))
        return data or None

    def tree(self, name: str) -> Element | None:
        """Return the root of a part's XML, recovered as far as it goes; None when there is none."""
        data = self.read(name)
        if data is None:
            return None
        try:
            if name.lower() not in self.mended:
                return parse(data)
        except etree.LxmlError:
            self.mended.add(name.lower())
        try:
            return parse(data, recover=True)
        except (etree.LxmlError, ValueError):
            return None

    def _unpacked(self, member: _Member) -> tuple[bytes, bool]:
        """Return at most one byte more than a part may have, and whether it is all there."""
        wanted = PART_MAX_BYTES + 1
        if self._directory is None or isinstance(member, LocalMember):
            assert isinstance(member, LocalMember)
            return unpack(self._file, member, wanted)
        if member.flag_bits & _ENCRYPTED:
            raise FileRejected(
                Outcome.PASSWORD,
                "The package is encrypted. Save the deck without a password and add it again.",
            )
        if member.file_size > PART_MAX_BYTES:
            self.too_large = True
            return b"", False
        try:
            with self._directory.open(member) as opened:
                # The declared size may lie: never ask for more than one byte above the bound.
                return opened.read(wanted), True
        except _BAD_ZIP:
            found = member_at(self._file, member.header_offset)
            return (b"", False) if found is None else (unpack(self._file, found, wanted)[0], False)


def _directory(file: BinaryIO) -> zipfile.ZipFile | None:
    """Return the package by its directory, None when that cannot be read."""
    try:
        directory = zipfile.ZipFile(file)
    except _BAD_ZIP:
        return None
    return directory if directory.infolist() else None


def _members(file: BinaryIO, directory: zipfile.ZipFile | None) -> dict[str, _Member]:
    """Return the members by name in lower case; of several with one name the first counts."""
    found: dict[str, _Member] = {}
    members: Iterator[_Member] = local_members(file) if directory is None else iter(directory.infolist())
    for count, member in enumerate(members, start=1):
        if count > MEMBERS_MAX:
            raise FileRejected(
                Outcome.RESOURCE_LIMIT,
                f"The deck holds more than {MEMBERS_MAX} parts, which is more than is read. Split it and add"
                " the parts.",
            )
        name = member.name if isinstance(member, LocalMember) else member.filename
        found.setdefault(name.replace("\\", "/").lstrip("/").lower(), member)
    if not found:
        raise FileRejected(
            Outcome.DAMAGED, "The file is not a whole zip package. Open it in PowerPoint and save it again."
        )
    return found


def open_package(file: BinaryIO, password: str, unpacked_max_bytes: int) -> OoxmlPackage:
    """Return the package in `file`, unlocked with `password` when it is locked.

    Raises FileRejected with PASSWORD, DAMAGED or RESOURCE_LIMIT.
    """
    return OoxmlPackage(
        unlocked(file, password) if is_locked(file) else file, PackageBounds(unpacked_max_bytes)
    )
