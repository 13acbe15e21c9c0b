"""Read a zip package whose directory is damaged, by the headers in front of each member.

The form of a local header: APPNOTE.TXT 6.3.10, 4.3.7.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_SIGNATURE = b"PK\x03\x04"
_AFTER_MEMBER = (_SIGNATURE, b"PK\x01\x02", b"PK\x07\x08", b"PK\x05\x06", b"")
_HEADER = struct.Struct("<4xHHHHHIIIHH")
_WINDOW_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 16
_NAME_MAX_BYTES = 1024
_STORED, _DEFLATED = 0, 8
_UNKNOWN = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class LocalMember:
    """A member as its own header describes it; `packed_bytes` is None where the header does not say."""

    name: str
    start: int
    method: int
    packed_bytes: int | None


def local_members(file: BinaryIO) -> Iterator[LocalMember]:
    """Yield the members whose headers are found anywhere in `file`, in their order there."""
    at = _next_header(file, 0)
    while at is not None:
        member = member_at(file, at)
        if member is None:
            at = _next_header(file, at + len(_SIGNATURE))
            continue
        yield member
        at = _next_header(file, _end_of(file, member))


def member_at(file: BinaryIO, offset: int) -> LocalMember | None:
    """Return the member whose header is at `offset`, None when that is no header."""
    file.seek(offset)
    header = file.read(_HEADER.size)
    if len(header) < _HEADER.size or not header.startswith(_SIGNATURE):
        return None
    _, flags, method, _, _, _, packed, _, name_bytes, extra_bytes = _HEADER.unpack(header)
    name = file.read(name_bytes) if name_bytes <= _NAME_MAX_BYTES else b""
    if not name or len(name) < name_bytes or method not in (_STORED, _DEFLATED):
        return None
    is_said = not flags & 0x8 and packed != _UNKNOWN
    start = offset + _HEADER.size + name_bytes + extra_bytes
    return LocalMember(name.decode("utf-8", "replace"), start, method, packed if is_said else None)


def _next_header(file: BinaryIO, start: int) -> int | None:
    """Return where the next header begins at or after `start`."""
    overlap = len(_SIGNATURE) - 1
    file.seek(start)
    tail = b""
    while window := file.read(_WINDOW_BYTES):
        index = (tail + window).find(_SIGNATURE)
        if index >= 0:
            return start - len(tail) + index
        start += len(window)
        tail = window[-overlap:]
    return None


def _end_of(file: BinaryIO, member: LocalMember) -> int:
    """Return where to look for the next header: behind the member if its size can be believed."""
    if member.packed_bytes is not None:
        file.seek(member.start + member.packed_bytes)
        if file.read(len(_SIGNATURE)) in _AFTER_MEMBER:
            return member.start + member.packed_bytes
    return member.start


def unpack(file: BinaryIO, member: LocalMember, max_bytes: int) -> tuple[bytes, bool]:
    """Return what can be unpacked of the member, at most `max_bytes`, and whether that is all of it."""
    file.seek(member.start)
    if member.method == _STORED:
        wanted = member.packed_bytes or 0
        data = file.read(min(wanted, max_bytes))
        return data, bool(data) and len(data) == wanted
    return _inflate(file, max_bytes)


def _inflate(file: BinaryIO, max_bytes: int) -> tuple[bytes, bool]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    left = max_bytes
    try:
        while left > 0 and not inflater.eof:
            packed = inflater.unconsumed_tail or file.read(_CHUNK_BYTES)
            if not packed:
                break
            piece = inflater.decompress(packed, left)
            pieces.append(piece)
            left -= len(piece)
    except zlib.error:
        pass  # what came before the damage is of use
    return b"".join(pieces), inflater.eof
