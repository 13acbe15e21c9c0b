"""The records of a "PowerPoint Document" stream ([MS-PPT] 2.3.1): 8 bytes of header, then data or records."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

DOCUMENT, SLIDE, SLIDE_ATOM, NOTES = 0x03E8, 0x03EE, 0x03EF, 0x03F0
SLIDE_PERSIST, SHOW_INFO = 0x03F3, 0x03F9
SLIDE_LIST = 0x0FF0
OUTLINE_REFERENCE, TEXT_HEADER, TEXT_CHARS, TEXT_BYTES = 0x0F9E, 0x0F9F, 0x0FA0, 0x0FA8
C_STRING = 0x0FBA
USER_EDIT, PERSIST_DIRECTORY = 0x0FF5, 0x1772
COMMENT = 0x2EE0

_HEADER = struct.Struct("<HHI")
_CONTAINER = 0xF
_DEPTH_MAX = 40


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its type, its instance, and where its data lie."""

    kind: int
    instance: int
    is_container: bool
    start: int
    end: int


def record_at(data: bytes, offset: int) -> Record:
    """Return the record at `offset`. Raises ValueError where there is none."""
    if not 0 <= offset <= len(data) - _HEADER.size:
        raise ValueError(offset)
    version, kind, length = _HEADER.unpack_from(data, offset)
    start = offset + _HEADER.size
    return Record(kind, version >> 4, version & 0xF == _CONTAINER, start, min(start + length, len(data)))


def records(data: bytes, start: int, end: int) -> Iterator[Record]:
    """Yield the records between two places, one after the other."""
    offset = start
    while offset + _HEADER.size <= end:
        found = record_at(data, offset)
        yield found
        offset = found.end


def walk(data: bytes, container: Record, depth: int = 0) -> Iterator[Record]:
    """Yield all records inside a container, containers before what is in them."""
    for found in records(data, container.start, container.end):
        yield found
        if found.is_container and depth < _DEPTH_MAX:
            yield from walk(data, found, depth + 1)


def text_of(data: bytes, record: Record) -> str:
    """Return the text of a text record; "" for other kinds."""
    content = data[record.start : record.end]
    if record.kind in (TEXT_CHARS, C_STRING):
        return content.decode("utf-16-le", "replace")
    if record.kind == TEXT_BYTES:
        # The low bytes of Unicode letters ([MS-PPT] 2.9.43), though old writers put Windows-1252 there.
        return content.decode("cp1252", "replace")
    return ""
