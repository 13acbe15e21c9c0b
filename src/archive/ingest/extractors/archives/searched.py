"""Search every byte of a file for words, also of what nobody reads: names of authors of comments, history.

Members of zip packages and deflated streams of PDF files are unpacked. What stands around each hit is handed
over, so that whoever asks can tell one person from another of the same surname.
"""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, Final

from archive.ingest.extractors.archives.frames import Chunk, End, Member, Record
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.model.extraction import Outcome
from archive.model.pages import WordBox

_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
_AROUND_BYTES: Final = 160
_HITS_MAX: Final = 100
_DEEP_MAX: Final = 3
_STREAM: Final = re.compile(rb"stream\r?\n")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, RuntimeError, EOFError,
                  NotImplementedError)  # fmt: skip


class Searcher:
    """Finds words in the bytes of a file."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Yield what stands around each hit as a file of its own, then a Finish."""
        del options
        needles = {needle: name for word in words for needle, name in _written(word.text)}
        self._left_bytes, hits = limits.unpacked_max_bytes, 0
        for data in self._parts(file.read(), 0):
            for needle, encoding in needles.items():
                at = data.find(needle)
                while at >= 0:
                    yield Member("hit")
                    yield Chunk(_around(data, at, len(needle), encoding))
                    yield End(Outcome.OK)
                    hits += 1
                    if hits == _HITS_MAX:
                        yield Finish(Outcome.OK_PARTIAL)
                        return
                    at = data.find(needle, at + len(needle) + _AROUND_BYTES)
        yield Finish(Outcome.OK)

    def _parts(self, data: bytes, depth: int) -> Iterator[bytes]:
        yield data
        if depth == _DEEP_MAX:
            return
        if data[:4] == b"PK\x03\x04":
            yield from self._members(data, depth)
        elif b"%PDF-" in data[:1024]:
            for match in _STREAM.finditer(data):
                if inflated := self._inflated(memoryview(data)[match.end() :]):
                    yield inflated

    def _members(self, data: bytes, depth: int) -> Iterator[bytes]:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                for member in package.infolist():
                    self._left_bytes -= member.file_size
                    if self._left_bytes < 0:
                        return
                    try:
                        unpacked = package.read(member)
                    except _BROKEN:
                        continue
                    yield from self._parts(unpacked, depth + 1)
        except _BROKEN:
            return

    def _inflated(self, data: memoryview) -> bytes:
        try:
            found = zlib.decompressobj().decompress(data, max(1, self._left_bytes))
        except zlib.error:
            return b""
        self._left_bytes -= len(found)
        return found


def _written(word: str) -> Iterator[tuple[bytes, str]]:
    for form in dict.fromkeys(unicodedata.normalize(name, word) for name in ("NFC", "NFD")):
        for text in dict.fromkeys((form.lower(), form.capitalize(), form.upper())):
            for encoding in _ENCODINGS:
                try:
                    yield text.encode(encoding), encoding
                except UnicodeEncodeError:
                    continue
            yield text.encode("ascii", "xmlcharrefreplace"), "latin-1"


def _around(data: bytes, at: int, size_bytes: int, encoding: str) -> bytes:
    begin = max(0, at - _AROUND_BYTES)
    if encoding.startswith("utf-16"):
        begin += (at - begin) % 2
    return data[begin : at + size_bytes + _AROUND_BYTES].decode(encoding, "ignore").encode("utf-8", "ignore")
