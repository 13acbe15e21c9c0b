"""Open a deck's zip package without reading more than the parts that carry words."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from archive.errors import FileRejected
from archive.model import Category

MIB = 1024 * 1024
PART_MAX_BYTES = 16 * MIB
"""The largest part that is read; in the 180 decks of the test corpus the largest has 0.3 MiB."""
PACKAGE_MAX_BYTES = 48 * MIB
"""All parts together: dense markup takes 14 times as much as a tree in memory, which must fit in 1 GiB."""
MEMBERS_MAX = 20_000

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_CONTENT_TYPES = "[Content_Types].xml"
_MARKUP = re.compile(r"\.(?:xml|rels)\Z", re.IGNORECASE)
# Markup without words of its own: looks, fonts, data behind charts, ink, drawings kept beside SmartArt.
_WORDLESS = re.compile(
    r"(?:^|/)(?:theme|customXml|media|embeddings|fonts|tags|activeX|ink|slideUpdateInfo|changesInfos)/"
    r"|(?:^|/)diagrams/(?:layout|quickStyle|colors|drawing)[^/]*\Z"
    r"|(?:^|/)(?:presProps|viewProps|tableStyles|revisionInfo)\.xml\Z"
    r"|(?:^|/)charts/(?:style|colors)[^/]*\Z",
    re.IGNORECASE,
)
# python-pptx knows decks only; templates and shows differ in nothing else ([MS-OFFMACRO2] 2.2).
_MAIN_PART = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.presentationml\.(?:template|slideshow)"
    rb"|ms-powerpoint\.(?:presentation|template|slideshow)\.macroEnabled)\.main\+xml"
)
_DECK_PART = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


@dataclass(frozen=True, slots=True)
class Parts:
    """The members of a package by name; those without words are empty. `lost` could not be read."""

    members: dict[str, bytes]
    lost: frozenset[str]

    def as_file(self) -> BinaryIO:
        """Return an uncompressed package of these parts in memory."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
            for name, data in self.members.items():
                package.writestr(zipfile.ZipInfo(name), data)
        buffer.seek(0)
        return buffer


def read_parts(file: BinaryIO) -> Parts:
    """Read the parts of a deck that carry words, within bounds; media and other files become empty.

    Raises FileRejected with PASSWORD, DAMAGED or RESOURCE_LIMIT.
    """
    file.seek(0)
    if file.read(len(_OLE_MAGIC)) == _OLE_MAGIC:
        raise FileRejected(
            Category.PASSWORD, "The deck is protected by a password. Save it without one and add it again."
        )
    try:
        with zipfile.ZipFile(file) as package:
            return _read_members(package)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, OverflowError) as error:
        raise FileRejected(
            Category.DAMAGED, "The file is not a whole zip package. Open it in PowerPoint and save it again."
        ) from error


def _read_members(package: zipfile.ZipFile) -> Parts:
    infos = package.infolist()
    if len(infos) > MEMBERS_MAX:
        raise _too_large(f"more than {MEMBERS_MAX} parts")
    members: dict[str, bytes] = {}
    lost: set[str] = set()
    total_bytes = 0
    for info in infos:
        name = info.filename.replace("\\", "/").lstrip("/")
        if not name or name.endswith("/") or name in members:
            continue
        members[name] = b""
        if not _carries_words(name):
            continue
        data = _read_member(package, info)
        if data is None:
            lost.add(name)
            continue
        total_bytes += len(data)
        if total_bytes > PACKAGE_MAX_BYTES:
            raise _too_large(f"more than {PACKAGE_MAX_BYTES // MIB} MiB of markup")
        members[name] = _MAIN_PART.sub(_DECK_PART, data) if name == _CONTENT_TYPES else data
    return Parts(members, frozenset(lost))


def _carries_words(name: str) -> bool:
    if name.lower().endswith(".rels"):
        return True  # python-pptx parses the relationships of every part, also of those without words
    return bool(_MARKUP.search(name)) and not _WORDLESS.search(name)


def _read_member(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """Return the bytes of one member, None when they are damaged."""
    if info.flag_bits & 0x1:
        raise FileRejected(
            Category.PASSWORD, "The package is encrypted. Save the deck without a password and add it again."
        )
    if info.file_size > PART_MAX_BYTES:
        raise _too_large(f"a part larger than {PART_MAX_BYTES // MIB} MiB")
    try:
        with package.open(info) as member:
            # The declared size may lie: never ask for more than one byte above the bound.
            data = member.read(PART_MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        return None
    if len(data) > PART_MAX_BYTES:
        raise _too_large(f"a part larger than {PART_MAX_BYTES // MIB} MiB")
    return data


def _too_large(what: str) -> FileRejected:
    return FileRejected(
        Category.RESOURCE_LIMIT,
        f"The deck holds {what}, which is more than is read. Split it and add the parts.",
    )
