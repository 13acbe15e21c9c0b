"""Tell a file's type by its bytes, never by its name."""

import zipfile
from pathlib import Path
from typing import BinaryIO

PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
POTX = "application/vnd.openxmlformats-officedocument.presentationml.template"
PPSX = "application/vnd.openxmlformats-officedocument.presentationml.slideshow"
PPTM = "application/vnd.ms-powerpoint.presentation.macroEnabled.12"
POTM = "application/vnd.ms-powerpoint.template.macroEnabled.12"
PPSM = "application/vnd.ms-powerpoint.slideshow.macroEnabled.12"

DECKS = frozenset({PPTX, POTX, PPSX, PPTM, POTM, PPSM})
"""The media types of slide decks."""

_SUFFIXES = {
    PDF: ".pdf",
    PPTX: ".pptx",
    POTX: ".potx",
    PPSX: ".ppsx",
    PPTM: ".pptm",
    POTM: ".potm",
    PPSM: ".ppsm",
}

# The main part's content type in [Content_Types].xml (ECMA-376 part 1, 13.3.6; [MS-OFFMACRO2] 2.2).
_MAIN_PARTS = {
    b"presentationml.presentation.main+xml": PPTX,
    b"presentationml.template.main+xml": POTX,
    b"presentationml.slideshow.main+xml": PPSX,
    b"ms-powerpoint.presentation.macroEnabled.main+xml": PPTM,
    b"ms-powerpoint.template.macroEnabled.main+xml": POTM,
    b"ms-powerpoint.slideshow.macroEnabled.main+xml": PPSM,
}

_HEAD_BYTES = 64 * 1024
_PDF_HEADER_WITHIN = (
    1024  # PDF readers look for the header in the first 1024 bytes (ISO 32000-1, note in 7.5.2)
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SCAN_BYTES = 1024 * 1024
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_DIRECTORY_MAX_BYTES = 8 * 1024 * 1024
_CONTENT_TYPES_MAX_BYTES = 4 * 1024 * 1024
_END_RECORD_BYTES = 22
_END_RECORD_WITHIN = _END_RECORD_BYTES + 65_535  # the record and the longest comment behind it
_ZIP64_LOCATOR_BYTES = 20


def detect(path: Path) -> str:
    """Return the media type of the file at `path`, "" when it is none that the archive knows.

    An encrypted Office file counts as PPTX: what is inside cannot be seen, and its reader says that a
    password is needed. Raises OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
            return PDF
        if head.startswith(b"PK\x03\x04"):
            return _detect_package(file, head)
        if head.startswith(_OLE_MAGIC) and _is_encrypted_office(file, head):
            return PPTX
    return ""


def suffix(media_type: str) -> str:
    """Return the usual file name suffix of `media_type`, with its dot; "" when unknown."""
    return _SUFFIXES.get(media_type, "")


def _detect_package(file: BinaryIO, head: bytes) -> str:
    if _has_small_directory(file):
        found = _by_directory(file)
        if found is not None:
            return found
    # The end of the file is lost or odd: the names at its beginning tell, and its reader says what is wrong.
    return PPTX if b"ppt/" in head or b"presentationml." in head else ""


def _has_small_directory(file: BinaryIO) -> bool:
    """Return whether the central directory is small enough for zipfile, which reads all of it."""
    size = file.seek(0, 2)
    start = max(0, size - _END_RECORD_WITHIN - _ZIP64_LOCATOR_BYTES)
    file.seek(start)
    tail = file.read(size - start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_RECORD_BYTES:
        return False
    is_zip64 = tail[max(0, at - _ZIP64_LOCATOR_BYTES) : at].startswith(b"PK\x06\x07")
    directory_bytes = int.from_bytes(tail[at + 12 : at + 16], "little")
    return not is_zip64 and directory_bytes <= _DIRECTORY_MAX_BYTES


def _by_directory(file: BinaryIO) -> str | None:
    """Return the media type by the package's own list of types; None when it cannot be read."""
    try:
        with zipfile.ZipFile(file) as package:
            info = package.getinfo("[Content_Types].xml")
            with package.open(info) as member:
                types = member.read(_CONTENT_TYPES_MAX_BYTES)
    except Exception:  # noqa: BLE001 - zipfile raises many kinds on damaged files; each means the same here
        return None
    for main_part, media_type in _MAIN_PARTS.items():
        if main_part in types:
            return media_type
    return ""


def _is_encrypted_office(file: BinaryIO, head: bytes) -> bool:
    """Look for the stream's name where writers put the directory: near the beginning or the end."""
    if _ENCRYPTED_PACKAGE in head:
        return True
    size = file.seek(0, 2)
    for start in (0, max(0, size - _OLE_SCAN_BYTES)):
        file.seek(start)
        if _ENCRYPTED_PACKAGE in file.read(_OLE_SCAN_BYTES):
            return True
    return False
