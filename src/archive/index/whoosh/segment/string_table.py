"""Many strings in two arrays: their UTF-8 bytes one after another, and where each begins."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from archive.index.whoosh.directory.array_file import Array, ArrayFile

_UNSIGNED: Final = [(int(np.iinfo(kind).max), np.dtype(kind)) for kind in ("u1", "u2", "u4", "u8")]


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
