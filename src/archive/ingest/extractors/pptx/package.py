"""Open a deck's zip package, also a locked or damaged one, and read single parts of it within bounds.

A part is read when its words are wanted and not before: media and themes are never unpacked, so that a deck
of any size needs no more memory than its largest slide. python-pptx's own loader reads and parses every
member, and stops at the first that is broken.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from archive.errors import FileRejected
from archive.ingest.extractors.ooxml.markup import Element, parse
from archive.ingest.extractors.ooxml.package import Package, PackageBounds
from archive.ingest.extractors.pptx.salvage import LocalMember, local_members, member_at, unpack
from archive.ingest.filetypes.compound import OLE_MAGIC
from archive.model.extraction import Outcome

_MIB = 1024 * 1024
PART_MAX_BYTES = 16 * _MIB
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
_TOO_LARGE = "The deck holds more markup than is read of one file. Split it and add the parts."
_Member = zipfile.ZipInfo | LocalMember

# Locked decks.
LOCKED_MAX_BYTES = 192 * 1024 * 1024
"""olefile and msoffcrypto each hold a copy of the whole file, and both must fit in 1 GiB."""
KEY_ROUNDS_MAX = 2_000_000
"""Office makes a key in 100,000 rounds; a file that asks for thousands of millions wants our time."""

_NOT_GIVEN = (
    "The deck is protected by a password. Give its password, or save it without one and add it again."
)
_NOT_RIGHT = "The password that was given does not open the deck. Give the right one and try again."
_LOCK_UNKNOWN = (
    "The deck is locked in a way that the archive cannot open. Save it without a password and add it again."
)
_LOCKED_TOO_LARGE = (
    "The deck is locked and too large to be opened. Save it without a password and add it again."
)


def deck_bounds(unpacked_max_bytes: int) -> PackageBounds:
    """Return bounds that, when they are passed, are reported in words about decks."""
    return PackageBounds(unpacked_max_bytes, _TOO_LARGE)


class DeckPackage(Package):
    """The parts of one deck.

    `is_salvaged` tells that the directory was damaged; `mended` names parts that could be read only in part,
    `too_large` tells that at least one was not read for its size.
    """

    def __init__(self, file: BinaryIO, bounds: PackageBounds) -> None:
        """Open `file`.

        Raises:
            FileRejected: DAMAGED when no part is found, RESOURCE_LIMIT when there are too many.
        """
        self._file = file
        self._directory = _directory(file)
        self.is_salvaged = self._directory is None
        self._members = _members(file, self._directory)
        super().__init__(self._members, bounds)
        self.mended: set[str] = set()
        self.too_large = False

    def _unpacked(self, name: str) -> bytes | None:
        """Return the bytes of a part, None when it is empty, lost or too large.

        Raises FileRejected with PASSWORD for an encrypted member.
        """
        data, is_whole = self._inflated(self._members[name])
        if len(data) > PART_MAX_BYTES:
            self.too_large = True
            data, is_whole = b"", False
        if not is_whole:
            self.mended.add(name)
        return data or None

    def _parsed(self, name: str, data: bytes) -> Element | None:
        try:
            if name not in self.mended:
                return parse(data)
        except etree.LxmlError:
            self.mended.add(name)
        try:
            return parse(data, recover=True)
        except (etree.LxmlError, ValueError):
            return None

    def _inflated(self, member: _Member) -> tuple[bytes, bool]:
        """Return at most one byte more than a part may have, and whether it is all there."""
        wanted_bytes = PART_MAX_BYTES + 1
        if self._directory is None or isinstance(member, LocalMember):
            assert isinstance(member, LocalMember)
            return unpack(self._file, member, wanted_bytes)
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
                return opened.read(wanted_bytes), True
        except _BAD_ZIP:
            local = member_at(self._file, member.header_offset)
            return (b"", False) if local is None else (unpack(self._file, local, wanted_bytes)[0], False)


def open_package(file: BinaryIO, password: str, unpacked_max_bytes: int) -> DeckPackage:
    """Return the package in `file`, unlocked with `password` when it is locked.

    Raises FileRejected with PASSWORD, DAMAGED or RESOURCE_LIMIT.
    """
    return DeckPackage(
        _unlocked(file, password) if _is_locked(file) else file, deck_bounds(unpacked_max_bytes)
    )


def _directory(file: BinaryIO) -> zipfile.ZipFile | None:
    """Return the package by its directory, None when that cannot be read."""
    try:
        directory = zipfile.ZipFile(file)
    except _BAD_ZIP:
        return None
    return directory if directory.infolist() else None


def _members(file: BinaryIO, directory: zipfile.ZipFile | None) -> dict[str, _Member]:
    """Return the members by name in lower case; of several with one name the first counts."""
    by_name: dict[str, _Member] = {}
    members: Iterator[_Member] = local_members(file) if directory is None else iter(directory.infolist())
    for count, member in enumerate(members, start=1):
        if count > MEMBERS_MAX:
            raise FileRejected(
                Outcome.RESOURCE_LIMIT,
                f"The deck holds more than {MEMBERS_MAX} parts, which is more than is read. Split it and add"
                " the parts.",
            )
        name = member.name if isinstance(member, LocalMember) else member.filename
        by_name.setdefault(name.replace("\\", "/").lstrip("/").lower(), member)
    if not by_name:
        raise FileRejected(
            Outcome.DAMAGED, "The file is not a whole zip package. Open it in PowerPoint and save it again."
        )
    return by_name


def _is_locked(file: BinaryIO) -> bool:
    """Return whether the file is an OLE container, in which Office keeps encrypted packages."""
    file.seek(0)
    return file.read(len(OLE_MAGIC)) == OLE_MAGIC


def _unlocked(file: BinaryIO, password: str) -> BinaryIO:
    """Return the package in the encrypted `file`.

    Raises FileRejected: PASSWORD without the right password, RESOURCE_LIMIT when the file is too large or its
    key takes too many rounds.
    """
    if not password:
        raise FileRejected(Outcome.PASSWORD, _NOT_GIVEN)
    if file.seek(0, io.SEEK_END) > LOCKED_MAX_BYTES:
        raise FileRejected(Outcome.RESOURCE_LIMIT, _LOCKED_TOO_LARGE)
    file.seek(0)
    # Only here, because cryptography is slow to load and few decks are locked.
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import InvalidKeyError

    opened = io.BytesIO()
    try:
        locked = OfficeFile(file)
        if _rounds(locked) > KEY_ROUNDS_MAX:
            raise FileRejected(Outcome.RESOURCE_LIMIT, _LOCK_UNKNOWN)
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(opened)
    except InvalidKeyError:
        raise FileRejected(Outcome.PASSWORD, _NOT_RIGHT) from None
    except (FileRejected, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - olefile and msoffcrypto raise any kind on files that are not whole
        raise FileRejected(Outcome.PASSWORD, _LOCK_UNKNOWN) from None
    opened.seek(0)
    return opened


def _rounds(locked: object) -> int:
    """Return how many rounds of hashing the key takes, 0 where the scheme fixes them."""
    info = getattr(locked, "info", None)
    return int(info.get("spinValue", 0)) if isinstance(info, dict) else 0
