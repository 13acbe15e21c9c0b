"""Packages whose zip container lies: bombs, overlapping members, directories that claim too much."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator

from archive.ingest.filetypes.media_types import PPTX
from tests.hostile.sources import SLIDE, HostileFile, small_deck, with_more_parts, with_part

_MIB = 1 << 20
_END = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"


def package_attacks() -> Iterator[HostileFile]:
    """Yield one file for each trick."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of names that it writes twice
        for name, data in {**_bombs(), **_directories(), **_members(), **_stubs()}.items():
            yield HostileFile(f"zip {name}", data, PPTX)


def _bombs() -> dict[str, bytes]:
    blanks = b" " * (60 * _MIB)
    return {
        "bomb in media": with_more_parts([("ppt/media/image9.bin", bytes(150 * _MIB))]),
        "bomb in a slide": with_part(SLIDE, lambda old: old + blanks),
        "bomb in the list of types": with_part("[Content_Types].xml", lambda old: old + blanks),
        "bomb in relations": with_part("ppt/_rels/presentation.xml.rels", lambda old: old + blanks),
        "bombs in many slides": with_more_parts(
            (f"ppt/slides/slide{n}.xml", b"<a>" + bytes(8 * _MIB)) for n in range(9, 29)
        ),
        "package in itself": _nested(6),
        "members that overlap": _overlapping(5_000),
        "25,000 parts": with_more_parts((f"ppt/x/{n}.xml", b"<a/>") for n in range(25_000)),
    }


def _nested(depth: int) -> bytes:
    data = small_deck()
    for _ in range(depth):
        data = with_more_parts([("ppt/embeddings/deck.pptx", data)])
    return data


def _overlapping(count: int) -> bytes:
    """Return a package whose directory names one large member many times (D. Fifield, USENIX WOOT 2019)."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(8 * _MIB)) + packed.flush()
    crc = zlib.crc32(bytes(8 * _MIB))
    whole = bytearray(small_deck())
    end = whole.rindex(_END)
    start = struct.unpack_from("<I", whole, end + 16)[0]
    directory, local_at = bytes(whole[start:end]), start
    sizes = struct.pack("<III", crc, len(body), 8 * _MIB)
    local = (
        struct.pack("<4sHHHHH", b"PK\x03\x04", 20, 0, 8, 0, 0)
        + sizes
        + struct.pack("<HH", 1, 0)
        + b"x"
        + body
    )
    for number in range(count):
        name = f"ppt/slides/slide{number + 4}.xml".encode()
        directory += struct.pack("<4sHHHHHH", _ENTRY, 20, 20, 0, 8, 0, 0) + sizes
        directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, local_at) + name
    at = start + len(local)
    tail = struct.pack("<4sHHHHIIH", _END, 0, 0, count, count, len(directory), at, 0)
    return bytes(whole[:start]) + local + directory + tail


def _directories() -> dict[str, bytes]:
    whole = small_deck()
    end = whole.rindex(_END)

    def ending(offset: int, form: str, value: int) -> bytes:
        changed = bytearray(whole)
        struct.pack_into(form, changed, end + offset, value)
        return bytes(changed)

    return {
        "directory far away": ending(16, "<I", 0xFFFFFFF0),
        "directory at the start": ending(16, "<I", 0),
        "directory of 4 GiB": ending(12, "<I", 0xFFFFFFFE),
        "directory of no bytes": ending(12, "<I", 0),
        "65,534 members claimed": ending(10, "<H", 0xFFFE),
        "marked as zip64": ending(16, "<I", 0xFFFFFFFF),
        "comment longer than the file": ending(20, "<H", 0xFFFF),
        "no directory": whole[:end],
        "directory cut": whole[: end - 100] + whole[end:],
        "two ends": whole + whole[end:],
        "a megabyte behind the end": whole + bytes(_MIB),
        "text before the start": b"x" * 500 + whole,
        "half": whole[: len(whole) // 2],
        "only its end": whole[end:],
    }


def _entries(offset: int, form: str, value: int) -> bytes:
    """Return a deck in whose directory one number is changed in every entry."""
    changed = bytearray(small_deck())
    at = changed.find(_ENTRY)
    while at >= 0:
        struct.pack_into(form, changed, at + offset, value)
        at = changed.find(_ENTRY, at + 4)
    return bytes(changed)


def _members() -> dict[str, bytes]:
    names = [
        "../../../../tmp/left-by-hostile-file",
        "/tmp/left-by-hostile-file",
        "C:\\x",
        "a" * 60_000,
        "a\0b",
    ]
    return {
        "sizes of 4 GiB": _entries(24, "<I", 0xFFFFFFFE),
        "sizes of one byte": _entries(24, "<I", 1),
        "packed sizes of 4 GiB": _entries(20, "<I", 0xFFFFFFFE),
        "wrong checksums": _entries(16, "<I", 0),
        "every member encrypted": _entries(8, "<H", 1),
        "every member at one place": _entries(42, "<I", 0),
        "every member beyond the end": _entries(42, "<I", 0x7FFFFFFF),
        **{f"method {method}": _entries(10, "<H", method) for method in (0, 6, 9, 12, 14, 93, 99)},
        "names out of the package": with_more_parts((name, b"x") for name in names),
        "a slide twice": with_more_parts([(SLIDE, b"<a/>")]),
        "packed with bzip2": with_more_parts([(SLIDE, bytes(50 * _MIB))], zipfile.ZIP_BZIP2),
        "packed with lzma": with_more_parts([(SLIDE, bytes(50 * _MIB))], zipfile.ZIP_LZMA),
    }


def _stubs() -> dict[str, bytes]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "x")
    return {
        "nothing": b"",
        "one byte": b"P",
        "magic only": b"PK\x03\x04",
        "magic and zeros": b"PK\x03\x04" + bytes(5000),
        "another package": buffer.getvalue(),
        "an old office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
        "an old office file of ones": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096,
        "a web page": b"<html><script>alert(1)</script>",
        "a program": b"MZ" + bytes(3000),
    }
