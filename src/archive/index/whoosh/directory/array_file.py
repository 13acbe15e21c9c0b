"""A file of arrays that is mapped into memory: what a segment of ours consists of.

    header, 64 bytes   magic, version, CRC and length of the directory, length of the file, layout, own CRC
    directory          JSON: {"meta": {...}, "arrays": {name: [type, items, offset, CRC]}}
    arrays             little-endian, each at a multiple of 64 bytes (a cache line) after the directory

Nothing in it is unpickled. Opening checks header, directory and length; `verify` also every array's CRC-32.
Many strings are two arrays: their UTF-8 bytes one after another, and where each begins (`StringTable`).
"""

import hashlib
import json
import mmap
import os
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from archive.index.whoosh.directory.errors import FilesVanished, damaged, outdated

Array = NDArray[Any]

MAGIC: Final = b"ARKIVPST"
VERSION: Final = 1
_ALIGNMENT = 64
_FIELDS = struct.Struct("<8sIIQQ16s12x")
_CRC = struct.Struct("<I")
_HEADER_BYTES = _FIELDS.size + _CRC.size
_TYPES = {"|b1": 1, "|u1": 1, "<u2": 2, "<u4": 4, "<u8": 8, "<f4": 4}
# A check reads, and writing gathers, about so much at a time: never the whole file is in memory.
_CHUNK_BYTES = 1 << 20
_UNSIGNED: Final = [(int(np.iinfo(kind).max), np.dtype(kind)) for kind in ("u1", "u2", "u4", "u8")]


def layout_fingerprint(description: str) -> bytes:
    """Return 16 bytes that say how arrays are to be understood; other bytes are another layout."""
    return hashlib.sha256(description.encode("utf-8")).digest()[:16]


def write_arrays(
    write: Callable[[Any], Any], arrays: Mapping[str, Array], meta: Mapping[str, object], fingerprint: bytes
) -> None:
    """Write a whole file through `write`, from its first byte to its last."""
    entries: dict[str, tuple[str, int, int, int]] = {}
    ordered = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    end = 0
    for name, array in ordered.items():
        if array.dtype.str not in _TYPES:
            raise TypeError(f"{name}: arrays of {array.dtype} have no place in the format")
        start = end + -end % _ALIGNMENT
        entries[name] = (array.dtype.str, array.size, start, _crc(array))
        end = start + array.nbytes
    directory = json.dumps({"meta": meta, "arrays": entries}, separators=(",", ":")).encode("ascii")
    base = _first_array(len(directory))
    length = base + end
    header = _FIELDS.pack(MAGIC, VERSION, zlib.crc32(directory), len(directory), length, fingerprint)
    # Small arrays, and most are in a commit of a few pages, are written together.
    pending = bytearray(header + _CRC.pack(zlib.crc32(header)) + directory)
    place = len(pending)
    for name, array in ordered.items():
        target = base + entries[name][2]
        pending += bytes(target - place)
        if array.nbytes > _CHUNK_BYTES:
            write(pending)
            write(array.data.cast("B"))
            pending = bytearray()
        elif array.size:
            pending += array.data.cast("B")
        place = target + array.nbytes
    write(pending + bytes(length - place))


def _first_array(directory_bytes: int) -> int:
    end = _HEADER_BYTES + directory_bytes
    return end + -end % _ALIGNMENT


def _crc(array: Array) -> int:
    return zlib.crc32(array.data.cast("B")) if array.size else 0


class ArrayFile:
    """A mapped file. Its arrays stay usable as long as they are referred to, also once it is unlinked."""

    def __init__(self, path: Path, fingerprint: bytes) -> None:
        """Map the file at `path`.

        Raises:
            FileNotFoundError: There is no such file.
            IndexOutdated: It is of another version, or of another layout than `fingerprint`.
            IndexUnusable: It is damaged.
        """
        self._path = path
        with path.open("rb") as file:
            self._state = os.fstat(file.fileno())
            if self._state.st_size < _HEADER_BYTES:
                raise damaged("a segment is cut short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        directory_bytes = self._check_header(fingerprint)
        directory = json.loads(self._map[_HEADER_BYTES : _HEADER_BYTES + directory_bytes])
        self.meta: Mapping[str, Any] = directory["meta"]
        self._entries: Mapping[str, tuple[str, int, int, int]] = directory["arrays"]
        self._base = _first_array(directory_bytes)
        self._directory_end = _HEADER_BYTES + directory_bytes

    def _check_header(self, fingerprint: bytes) -> int:
        header = self._map[: _FIELDS.size]
        magic, version, crc, directory_bytes, length, layout = _FIELDS.unpack(header)
        if magic != MAGIC:
            raise damaged("a segment is not one of ours")
        if _CRC.unpack_from(self._map, _FIELDS.size)[0] != zlib.crc32(header):
            raise damaged("a segment's header is damaged")
        if version != VERSION or layout != fingerprint:
            raise outdated("another version of the archive")
        if length != len(self._map):
            raise damaged("a segment is cut short or has grown")
        if zlib.crc32(self._map[_HEADER_BYTES : _HEADER_BYTES + directory_bytes]) != crc:
            raise damaged("a segment's directory is damaged")
        return int(directory_bytes)

    def check_unchanged(self) -> None:
        """See that the file is still what was mapped: it is written once. Costs a microsecond.

        What another program writes into it is in our arrays at once, and what it cuts off ends the process.

        Raises:
            FilesVanished: There is no such file any more, or another one.
            IndexUnusable: It was written to.
        """
        try:
            state = self._path.stat()
        except FileNotFoundError as error:
            raise FilesVanished from error
        if (state.st_dev, state.st_ino) != (self._state.st_dev, self._state.st_ino):
            raise FilesVanished
        if (state.st_size, state.st_mtime_ns) != (self._state.st_size, self._state.st_mtime_ns):
            raise damaged("a segment was written to")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def array(self, name: str) -> Array:
        """Return an array, read-only and without copying it."""
        kind, count, offset, _ = self._entries[name]
        if kind not in _TYPES:
            raise damaged("a segment has an array of an unknown type")
        if not count:
            return np.empty(0, kind)
        return np.frombuffer(self._map, kind, count, self._base + offset)

    def verify(self) -> None:
        """Check every array's CRC and the room between them. Raises IndexUnusable."""
        place = self._directory_end
        for kind, count, offset, crc in self._entries.values():
            start = self._base + offset
            end = start + count * _TYPES[kind]
            if any(self._map[place:start]) or self._crc_of(start, end) != crc:
                raise damaged("a segment is damaged")
            place = end
        if any(self._map[place:]):
            raise damaged("a segment is damaged")

    def _crc_of(self, start: int, end: int) -> int:
        crc = 0
        for place in range(start, end, _CHUNK_BYTES):
            crc = zlib.crc32(self._map[place : min(place + _CHUNK_BYTES, end)], crc)
        return crc


def smallest_type(highest: int) -> "np.dtype[np.unsignedinteger]":
    """Return the smallest unsigned type that holds numbers up to `highest`."""
    return next(kind for limit, kind in _UNSIGNED if highest <= limit)


def pack_strings(name: str, values: Sequence[bytes]) -> dict[str, Array]:
    """Return the two arrays of a table called `name`."""
    offsets = np.zeros(len(values) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, values), np.int64, len(values)), out=offsets[1:])
    blob = np.frombuffer(b"".join(values), np.uint8)
    return {f"{name}/bytes": blob, f"{name}/offsets": offsets.astype(smallest_type(int(offsets[-1])))}


def pack_sorted(name: str, values: Iterable[str]) -> tuple[dict[str, Array], Mapping[str, int]]:
    """Return the two arrays of the different values in order, and each value's place."""
    ordered = sorted({value.encode("utf-8") for value in values})
    return pack_strings(name, ordered), {value.decode("utf-8"): place for place, value in enumerate(ordered)}


class StringTable:
    """A table read from a file. Finding wants the strings in the order of their bytes."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._bytes = file.array(f"{name}/bytes").data
        self._offsets = file.array(f"{name}/offsets").data

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def raw(self, place: int) -> bytes:
        """Return the UTF-8 bytes of a string."""
        return bytes(self._bytes[self._offsets[place] : self._offsets[place + 1]])

    def __getitem__(self, place: int) -> str:
        return str(self._bytes[self._offsets[place] : self._offsets[place + 1]], "utf-8")

    def raw_range(self, start: int, end: int) -> list[bytes]:
        """Return the strings `start` … `end`."""
        offsets = self._offsets[start : end + 1].tolist()
        base = offsets[0] if offsets else 0
        blob = bytes(self._bytes[base : offsets[-1]]) if offsets else b""
        return [blob[start - base : end - base] for start, end in pairwise(offsets)]

    def lower_bound(self, value: bytes, low: int = 0, high: int | None = None) -> int:
        """Return the place of the first string that is not below `value`, from `low` on and before `high`."""
        high = len(self) if high is None else high
        text, offsets = self._bytes, self._offsets
        while low < high:
            middle = (low + high) >> 1
            if bytes(text[offsets[middle] : offsets[middle + 1]]) < value:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, value: bytes, low: int = 0, high: int | None = None) -> int:
        """Return the place of a string, -1 where it is missing; only low … high is searched."""
        place = self.lower_bound(value, low, high)
        return place if place < len(self) and self.raw(place) == value else -1

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """Return the places from … to (exclusive) of the strings that begin with `prefix`."""
        # No UTF-8 text has the byte FF, so it is above all that may follow.
        start = self.lower_bound(prefix)
        return start, self.lower_bound(prefix + b"\xff", start)
