"""Search every byte of a file for words, also of what nobody reads: names of authors of comments, history.

Members of zip packages and deflated streams of PDF files are unpacked. What stands around each hit is handed
over, so that whoever asks can tell one person from another of the same surname; and whether it is text, since
a few letters come about by chance in the bytes of a picture ("Ek" does some forty times in each megabyte).
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
_HITS_MAX: Final = 10_000
_TEXT_MIN_CHARS: Final = 24
"""What can be read for so long is no chance: once in a million megabytes of noise."""
_LETTERS_MIN: Final = 6
_ASCII: Final = rb"[\t\r\n\x20-\x7e]"
_RUNS: Final = {
    "utf-8": rb"(?:" + _ASCII + rb"|[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2})*",
    "latin-1": rb"(?:" + _ASCII + b"|[" + "åäöÅÄÖéÉüÜæøÆØß".encode("latin-1") + rb"])*",
    "utf-16-le": rb"(?:[\t\r\n\x20-\x7e\xa0-\xff]\x00|[\x00-\xff][\x01\x03\x20])*",
    "utf-16-be": rb"(?:\x00[\t\r\n\x20-\x7e\xa0-\xff]|[\x01\x03\x20][\x00-\xff])*",
}
"""What a person could read, by encoding."""
_BEFORE: Final = {name: re.compile(run + rb"\Z", re.DOTALL) for name, run in _RUNS.items()}
_AFTER: Final = {name: re.compile(run, re.DOTALL) for name, run in _RUNS.items()}
TEXT, BYTES = "text", "bytes"
"""The names of a hit that is in a text, and of one that may be by chance."""
_DEEP_MAX: Final = 3
_STREAM: Final = re.compile(rb"stream\r?\n")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, RuntimeError, EOFError,
                  NotImplementedError)  # fmt: skip


class Searcher:
    """Finds words in the bytes of a file."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Yield what stands around each hit as a file, then a Finish: partial where not all was seen."""
        del options
        needles = {needle: name for word in words for needle, name in _written(word.text)}
        self._left_bytes, self._is_whole, hits = limits.unpacked_max_bytes, True, 0
        for data in self._parts(file.read(), 0):
            for needle, encoding in needles.items():
                for name, text in _hits(data, needle, encoding):
                    yield Member(name)
                    yield Chunk(text.encode("utf-8", "ignore"))
                    yield End(Outcome.OK)
                    hits += 1
                    if hits == _HITS_MAX:
                        yield Finish(Outcome.OK_PARTIAL)
                        return
        yield Finish(Outcome.OK if self._is_whole else Outcome.OK_PARTIAL)

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
                        self._is_whole = False
                        return
                    try:
                        unpacked = package.read(member)
                    except _BROKEN:
                        self._is_whole = False
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


def _hits(data: bytes, needle: bytes, encoding: str) -> Iterator[tuple[str, str]]:
    """Yield whether each place of some bytes is in `TEXT` or in `BYTES`, and what can be read there."""
    names = ("utf-8", "latin-1") if needle.isascii() and not encoding.startswith("utf-16") else (encoding,)
    at = data.find(needle)
    while at >= 0:
        end = at + len(needle)
        run, name = max(((_run(data, at, end, name), name) for name in names), key=lambda one: len(one[0]))
        text = run.decode(name)
        if len(text) >= _TEXT_MIN_CHARS or len(run) == len(data):
            yield TEXT, text
        elif sum(map(str.isalpha, text)) >= _LETTERS_MIN:
            yield BYTES, text
        at = data.find(needle, end)


def _run(data: bytes, at: int, end: int, encoding: str) -> bytes:
    """Return a hit with what can be read before and after it."""
    begin = max(0, at - _AROUND_BYTES)
    if encoding.startswith("utf-16"):
        begin += (at - begin) % 2
    before = _BEFORE[encoding].search(data[begin:at])
    after = _AFTER[encoding].match(data[end : end + _AROUND_BYTES])
    return (before[0] if before else b"") + data[at:end] + (after[0] if after else b"")
