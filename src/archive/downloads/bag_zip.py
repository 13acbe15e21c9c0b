"""A bag (BagIt 1.0, RFC 8493) in a zip file that is taken away while it is written."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Final, Self
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from archive.downloads.sink import Sink

_PIECE_BYTES: Final = 256 * 1024
_DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class BagZip:
    """A bag that is being written: `taken` gives what there is of it since the last time."""

    def __init__(self, zipped: ZipFile, sink: Sink, at: datetime) -> None:
        """Use `begun` instead."""
        self._zip = zipped
        self._sink = sink
        self._date = (at.year, at.month, at.day, at.hour, at.minute, at.second)
        self._payload: list[tuple[str, str]] = []
        self._tags: list[tuple[str, str]] = []
        self._size_bytes = 0

    @classmethod
    @contextmanager
    def begun(cls, at: datetime) -> Iterator[Self]:
        """Begin a bag of a moment. It is one with `finish`; left before, nothing of it is whole."""
        sink = Sink()
        with ZipFile(sink, "w", ZIP_STORED) as zipped:
            bag = cls(zipped, sink, at)
            bag._tag("bagit.txt", _DECLARATION)
            yield bag

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        return self._sink.taken()

    def add(self, path: str, data: bytes) -> None:
        """Write a file of the payload: `path` begins with "data/"."""
        self._zip.writestr(self._info(path), data)
        self._list(path, hashlib.sha256(data).hexdigest(), len(data))

    def stream(self, path: str, file: IO[bytes], sha256: str) -> Iterator[bytes]:
        """Write an open file, whose digest is known, into the payload; yield what is written of it."""
        size_bytes = 0
        with self._zip.open(self._info(path), "w", force_zip64=True) as entry:
            while piece := file.read(_PIECE_BYTES):
                entry.write(piece)
                size_bytes += len(piece)
                yield self._sink.taken()
        self._list(path, sha256, size_bytes)

    def finish(self, info: Mapping[str, str]) -> bytes:
        """Write what makes it a bag; return all that was not taken before."""
        oxum = f"{self._size_bytes}.{len(self._payload)}"
        lines = {**info, "Payload-Oxum": oxum}
        self._tag("bag-info.txt", "".join(f"{name}: {value}\n" for name, value in lines.items()).encode())
        self._tag("manifest-sha256.txt", _manifest(self._payload))
        self._zip.writestr(self._info("tagmanifest-sha256.txt"), _manifest(self._tags))
        self._zip.close()
        return self._sink.taken()

    def _tag(self, name: str, data: bytes) -> None:
        self._zip.writestr(self._info(name), data)
        self._tags.append((hashlib.sha256(data).hexdigest(), name))

    def _list(self, path: str, sha256: str, size_bytes: int) -> None:
        self._payload.append((sha256, path))
        self._size_bytes += size_bytes

    def _info(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self._date)
        info.external_attr = 0o644 << 16
        return info


def _manifest(files: list[tuple[str, str]]) -> bytes:
    return "".join(f"{sha256}  {path}\n" for sha256, path in files).encode()
