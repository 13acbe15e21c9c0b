"""Which of Office's older formats an OLE compound file is, by the names of its streams ([MS-CFB]).

Only as much of the format is read as telling the type needs; the streams themselves are read by the parsers
in the confined child.
"""

import struct
from typing import BinaryIO

from archive.ingest.filetypes.media_types import DOC, PPT, PPTX

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_NAME_MAX_BYTES = 64
_HEADER_FAT_SECTORS = 109  # [MS-CFB] 2.2: as many are listed in the header; more only beyond 7 MB
_ENTRIES_MAX = 20_000
_NOTHING = 0xFFFFFFF0  # sector and entry numbers from here on have other meanings (end, free, none)
_OLE_SCAN_BYTES = 1024 * 1024
_ENCRYPTED_PACKAGE = "EncryptedPackage"  # [MS-OFFCRYPTO] 2.3.4.4
_STREAMS = ((_ENCRYPTED_PACKAGE, PPTX), ("PowerPoint Document", PPT), ("WordDocument", DOC))
# How the main streams begin, for files that have lost their directory ([MS-DOC] 2.5.2, [MS-PPT] 2.4.1).
_WORD_VERSIONS = (b"\xc1\x00", b"\xd9\x00", b"\x01\x01", b"\x0c\x01", b"\x12\x01")
_STREAM_STARTS = (
    *((b"\xec\xa5" + version, DOC) for version in _WORD_VERSIONS),
    (b"\x0f\x00\xe8\x03", PPT),
)


def root_names(file: BinaryIO) -> frozenset[str]:
    """Return the names of the streams and folders at the top of the file; empty where it is damaged."""
    try:
        return frozenset(_Directory(file).root_names())
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return frozenset()


class _Directory:
    """The directory of one compound file: entries of 128 bytes that form trees of siblings."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        header = file.read(_HEADER_BYTES)
        (shift,) = struct.unpack_from("<H", header, 30)
        if shift not in (9, 12):
            raise ValueError(shift)
        self._sector_bytes = 1 << shift
        (self._first,) = struct.unpack_from("<I", header, 48)
        self._fat_sectors = struct.unpack_from(f"<{_HEADER_FAT_SECTORS}I", header, 76)

    def root_names(self) -> list[str]:
        """Return the names of the root's children."""
        data = self._data()
        (child,) = struct.unpack_from("<I", data, 76)
        names: list[str] = []
        waiting, seen = [child], set[int]()
        while waiting:
            number = waiting.pop()
            if number >= _NOTHING or number in seen:
                continue
            seen.add(number)
            at = number * _ENTRY_BYTES
            names.append(_name(data, at))
            waiting += struct.unpack_from("<II", data, at + 68)
        return names

    def _data(self) -> bytes:
        """Return all entries, following the chain of their sectors."""
        parts: list[bytes] = []
        sector, seen = self._first, set[int]()
        while sector < _NOTHING and sector not in seen:
            if len(seen) * self._sector_bytes > _ENTRIES_MAX * _ENTRY_BYTES:
                break
            seen.add(sector)
            parts.append(self._sector(sector))
            sector = self._next(sector)
        return b"".join(parts)

    def _next(self, sector: int) -> int:
        per_sector = self._sector_bytes // 4
        index, place = divmod(sector, per_sector)
        if index >= len(self._fat_sectors):
            return _NOTHING
        table = self._sector(self._fat_sectors[index])
        (following,) = struct.unpack_from("<I", table, place * 4)
        return int(following)

    def _sector(self, number: int) -> bytes:
        self._file.seek((number + 1) * self._sector_bytes)
        return self._file.read(self._sector_bytes)


def _name(data: bytes, at: int) -> str:
    (length,) = struct.unpack_from("<H", data, at + _NAME_MAX_BYTES)
    return data[at : at + min(max(length - 2, 0), _NAME_MAX_BYTES)].decode("utf-16-le")


def compound_type(file: BinaryIO, head: bytes) -> str:
    """Return the media type by the names of the streams, also where the directory is damaged; "" for others.

    A package that is encrypted counts as PPTX.
    """
    names = root_names(file)
    for name, media_type in _STREAMS:
        if name in names:
            return media_type
    return "" if names else _by_scanning(file, head)


def _by_scanning(file: BinaryIO, head: bytes) -> str:
    """Look for the streams' names where writers put the directory: near the beginning or the end."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _OLE_SCAN_BYTES))
    tail = file.read(_OLE_SCAN_BYTES)
    file.seek(0)
    places = (head, file.read(_OLE_SCAN_BYTES), tail)
    for name, media_type in _STREAMS:
        letters = name.encode("utf-16-le")
        if any(letters in place for place in places):
            return media_type
    for start, media_type in _STREAM_STARTS:
        if start in places[1]:
            return media_type
    return ""
