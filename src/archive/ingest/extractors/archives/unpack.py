"""Unpack a zip file within bounds: number of files, bytes, ratio, one zip inside another."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from archive.ingest.extractors.archives.frames import CHUNK_BYTES, Chunk, End, Member, Record
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.filetypes.detect import detect_open
from archive.ingest.filetypes.media_types import ZIP
from archive.model.extraction import Outcome

FILES_MAX = 2_000
RATIO_MAX = 200
"""Decks hardly shrink, texts to a tenth; only files made to harm grow more than this."""

_RATIO_FROM_BYTES = 10 * 1024 * 1024
_INNER_MAX_BYTES = 64 * 1024 * 1024  # a zip inside the zip is unpacked in memory
_ZIP_START = b"PK\x03\x04"
_ENCRYPTED = 0x1  # general purpose bit flag 0 (APPNOTE.TXT, 4.4.4)
_UTF8_NAME = 0x800  # bit 11
# What file managers and Office add for themselves.
_SKIPPED_STARTS = (".", "~$")
_SKIPPED_FOLDERS = frozenset({"__MACOSX"})
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    KeyError,
)


class Unpacker:
    """Unpacks one zip file."""

    def __init__(self) -> None:
        self._left_bytes = 0
        self._left_files = FILES_MAX

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Record]:
        """Yield each file as Member, Chunks and End, then a Finish. One bad file does not stop the others."""
        self._left_bytes = limits.unpacked_max_bytes
        try:
            package = zipfile.ZipFile(file)
        except _BROKEN:
            yield Finish(Outcome.DAMAGED)
            return
        with package:
            for record in self._members(package, "", is_inner=False):
                yield record
                if self._left_bytes < 0:
                    break
        is_more = self._left_bytes < 0 or self._left_files < 0
        yield Finish(Outcome.RESOURCE_LIMIT if is_more else Outcome.OK)

    def _members(self, package: zipfile.ZipFile, prefix: str, is_inner: bool) -> Iterator[Record]:
        for info in package.infolist():
            name = _name(info)
            if info.is_dir() or _is_link(info) or _is_skipped(name):
                continue
            self._left_files -= 1
            if self._left_files < 0:
                return
            inner = None if is_inner else _inner_zip(package, info)
            if inner is None:
                yield from self._member(package, info, prefix + name)
                continue
            self._left_bytes -= len(inner)
            with zipfile.ZipFile(io.BytesIO(inner)) as nested:
                yield from self._members(nested, f"{prefix}{name}/", is_inner=True)

    def _member(self, package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[Record]:
        yield Member(name)
        try:
            with package.open(info) as member:
                yield from self._chunks(member, info)
        except MemoryError:
            yield End(Outcome.RESOURCE_LIMIT)
        except _BROKEN:
            yield End(Outcome.PASSWORD if info.flag_bits & _ENCRYPTED else Outcome.DAMAGED)

    def _chunks(self, member: IO[bytes], info: zipfile.ZipInfo) -> Iterator[Record]:
        size_bytes = 0
        while data := member.read(CHUNK_BYTES):
            size_bytes += len(data)
            self._left_bytes -= len(data)
            is_bomb = size_bytes > max(_RATIO_FROM_BYTES, RATIO_MAX * info.compress_size)
            if is_bomb or self._left_bytes < 0:
                yield End(Outcome.RESOURCE_LIMIT)
                return
            yield Chunk(data)
        yield End(Outcome.OK)


def _inner_zip(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """Return the bytes of a plain zip inside the zip; None for all else, also for decks (zips too)."""
    if info.file_size > _INNER_MAX_BYTES:
        return None
    try:
        with package.open(info) as member:
            head = member.read(len(_ZIP_START))
            if head != _ZIP_START:
                return None
            data = head + member.read(_INNER_MAX_BYTES)
        if detect_open(io.BytesIO(data)) != ZIP:
            return None
        zipfile.ZipFile(io.BytesIO(data)).close()
    except (MemoryError, *_BROKEN):
        return None  # what is wrong with it is reported when it is read later
    return data


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name with slashes. Mac OS writes UTF-8 without saying so, which reads as code page 437."""
    name = info.filename.replace("\\", "/")
    if not info.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass  # it is in code page 437, as the format says
    return name


def _is_link(info: zipfile.ZipInfo) -> bool:
    """Return whether it is a link or a device: the upper half of its attributes is a Unix mode."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def _is_skipped(name: str) -> bool:
    parts = name.split("/")
    return any(
        (part.startswith(_SKIPPED_STARTS) and part not in (".", "..")) or part in _SKIPPED_FOLDERS
        for part in parts
    )
