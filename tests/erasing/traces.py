"""A search for words through every byte of a folder, in all the ways that text is kept there.

It shares nothing with the archive: it knows zip, deflate and how text is written, nothing else.
"""

import bz2
import io
import json
import lzma
import quopri
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

_DEEP_MAX = 4
_STREAM = re.compile(rb"stream\r?\n")


def traces(folder: Path, *words: str) -> list[str]:
    """Return where a word still is: the file, what in it, and how it is written."""
    needles = {needle: told for word in words for needle, told in _written(word)}
    found = []
    for path in sorted(folder.rglob("*")):
        parts = [("its name", path.name.encode("utf-8", "surrogateescape"))]
        if path.is_file():
            parts += _parts(path.read_bytes(), 0)
        for part, data in parts:
            small, where = data.lower(), f"{path.relative_to(folder)}: {part}"
            found += [f"{where}: {told}" for needle, told in needles.items() if needle in small]
    return found


def _written(word: str) -> Iterator[tuple[bytes, str]]:
    """Yield the ways a word is written, in small letters where bytes have any."""
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, word)
        for one in dict.fromkeys((text.lower(), text.capitalize(), text.upper())):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
                try:
                    data = one.encode(encoding)
                except UnicodeEncodeError:
                    continue
                yield data.lower(), f"{form} {encoding}"
            yield quote(one).lower().encode(), f"{form} percent"
            yield quote(one, encoding="latin-1", errors="ignore").lower().encode(), f"{form} percent latin-1"
            yield quopri.encodestring(one.encode()).lower().strip(), f"{form} quoted-printable"
            yield one.encode("ascii", "xmlcharrefreplace").lower(), f"{form} references"
            yield json.dumps(one)[1:-1].lower().encode(), f"{form} JSON"
            yield one.encode("ascii", "backslashreplace").lower(), f"{form} escapes"


def _parts(data: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    yield "its bytes", data
    if depth == _DEEP_MAX:
        return
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield f"name of {name}", name.encode()
                yield from ((f"{name}, {part}", one) for part, one in _parts(package.read(name), depth + 1))
    for match in _STREAM.finditer(data) if data[:5] == b"%PDF-" else ():
        inflated = _inflated(data[match.end() :])
        if inflated:
            yield f"stream at {match.start()}", inflated
    for opening, opened in ((b"\xfd7zXZ", lzma.decompress), (b"BZh", bz2.decompress)):
        if data.startswith(opening):
            yield from _parts(opened(data), depth + 1)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""
