"""Tell a file's type by its bytes, never by its name."""

import mmap
import re
import zipfile
from pathlib import Path
from typing import BinaryIO

from archive.ingest.filetypes.compound import OLE_MAGIC, compound_type
from archive.ingest.filetypes.media_types import (
    BMP,
    DECKS,
    DOCM,
    DOCX,
    DOTM,
    DOTX,
    GIF,
    HTML,
    JPEG,
    KEY,
    MAIL,
    ODP,
    ODT,
    OTP,
    OTT,
    PDF,
    PNG,
    POTM,
    POTX,
    PPSM,
    PPSX,
    PPTM,
    PPTX,
    RTF,
    SUFFIXES,
    TEXT,
    TIFF,
    WEBP,
    ZIP,
)
from archive.ingest.filetypes.plain_text import decoded_head, is_html, is_mail, is_text
from archive.ingest.filetypes.stand_ins import stand_in

__all__ = ["DECKS", "PDF", "POTM", "POTX", "PPSM", "PPSX", "PPTM", "PPTX", "detect", "detect_open", "suffix"]

# The main part's content type in [Content_Types].xml (ECMA-376 part 1, 11.3.10, 13.3.6; [MS-OFFMACRO2] 2.2).
_MAIN_PARTS = {
    b"presentationml.presentation.main+xml": PPTX,
    b"presentationml.template.main+xml": POTX,
    b"presentationml.slideshow.main+xml": PPSX,
    b"ms-powerpoint.presentation.macroEnabled.main+xml": PPTM,
    b"ms-powerpoint.template.macroEnabled.main+xml": POTM,
    b"ms-powerpoint.slideshow.macroEnabled.main+xml": PPSM,
    b"wordprocessingml.document.main+xml": DOCX,
    b"wordprocessingml.template.main+xml": DOTX,
    b"ms-word.document.macroEnabled.main+xml": DOCM,
    b"ms-word.template.macroEnabledTemplate.main+xml": DOTM,
}
# Parts that only one kind of package has: for those whose list of types is missing or wrong.
_PARTS = (
    ("ppt/presentation.xml", PPTX),
    ("ppt/slides/", PPTX),
    ("word/document.xml", DOCX),
    ("xl/workbook", ""),
    ("index.apxl", KEY),
    ("Index/Slide", KEY),
    ("Index/MasterSlide", KEY),
    ("Index/TemplateSlide", KEY),
)
_ODF = {
    ODP.encode(): ODP,
    OTP.encode(): OTP,
    ODT.encode(): ODT,
    OTT.encode(): OTT,
}
_IWORK_PREVIEW = "QuickLook/"
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"{\\rtf", RTF),
)

_BITMAP_HEADERS = (b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")

_HEAD_BYTES = 64 * 1024
# PDF readers look for the header in the first 1024 bytes (ISO 32000-1, note in 7.5.2).
_PDF_HEADER_WITHIN = 1024
_ZIP_METHODS = (0, 8, 9, 12, 14, 93, 95)  # APPNOTE.TXT, 4.4.5
_ZIP_NAME_MAX_BYTES = 1000
_DIRECTORY_MAX_BYTES = 8 * 1024 * 1024
_CONTENT_TYPES_MAX_BYTES = 4 * 1024 * 1024
_END_RECORD_BYTES = 22
_END_RECORD_WITHIN = _END_RECORD_BYTES + 65_535  # the record and the longest comment behind it
_ZIP64_LOCATOR_BYTES = 20
_ATTACHED = b"/EmbeddedFile"  # in the dictionary of each attached file, which no PDF compresses


def detect(path: Path) -> str:
    """Return the media type of the file at `path`, "" when it is none that the archive reads.

    An encrypted Office file counts as PPTX: what is inside cannot be seen, and its reader says that a
    password is needed. Raises OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        return detect_open(file)


def detect_open(file: BinaryIO) -> str:
    """Return the media type of an open file, as `detect` does."""
    head = file.read(_HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):  # before PDF, which may lie in it as it is
        return _detect_package(file, head)
    if head.startswith(OLE_MAGIC):
        return compound_type(file, head)
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN] or _has_odd_pdf_header(head):
        return PDF
    for start, media_type in _STARTS:
        if head.startswith(start):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if _is_bitmap(head):
        return BMP
    return _detect_text(head)


def _detect_text(head: bytes) -> str:
    if is_mail(head):
        return MAIL
    if not is_text(head):
        return ""
    if is_html(head):
        return HTML
    return "" if stand_in(decoded_head(head)) else TEXT


def suffix(media_type: str) -> str:
    """Return the usual file name suffix of `media_type`, with its dot; "" when unknown."""
    return SUFFIXES.get(media_type, "")


def _has_odd_pdf_header(head: bytes) -> bool:
    """Return whether it is a PDF but for its first line: a comment of another form, and then objects."""
    return head.startswith(b"%") and re.search(rb"[\r\n]\d+ \d+ obj\b", head[:_PDF_HEADER_WITHIN]) is not None


def _is_bitmap(head: bytes) -> bool:
    """Two letters are little proof: the reserved words must be 0 and the headers possible."""
    return head[:2] == b"BM" and head[6:10] == bytes(4) and head[14:18] in _BITMAP_HEADERS


def _detect_package(file: BinaryIO, head: bytes) -> str:
    if head[30:38] == b"mimetype":
        for name, media_type in _ODF.items():
            if head[38 : 38 + len(name) + 2].split(b"PK")[0] == name:
                return media_type
    if _has_small_directory(file):
        found = _by_directory(file)
        if found is not None:
            return found
    # The end of the file is lost or odd: the names at its beginning tell, and its reader says what is wrong.
    if b"ppt/" in head or b"presentationml." in head:
        return PPTX
    if b"word/" in head or b"wordprocessingml." in head:
        return DOCX
    return ZIP if _is_zip_member(head) else ""


def _is_zip_member(head: bytes) -> bool:
    """Return whether a possible file begins here: compressed in a known way, and with a name."""
    method, name_bytes = int.from_bytes(head[8:10], "little"), int.from_bytes(head[26:28], "little")
    return method in _ZIP_METHODS and 0 < name_bytes <= _ZIP_NAME_MAX_BYTES


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
    """Return the media type by the package's own lists of types and parts; None when they cannot be read."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            listed = _by_lists(package, names)
    except Exception:  # noqa: BLE001 - zipfile raises many kinds on damaged files; each means the same here
        return None
    if listed is not None:
        return listed
    for start, media_type in _PARTS:
        if any(name.startswith(start) for name in names):
            return media_type
    if any(name.startswith(_IWORK_PREVIEW) for name in names) and "Index.zip" in names:
        return KEY
    is_other_package = (
        "[Content_Types].xml" in names or "mimetype" in names or "META-INF/MANIFEST.MF" in names
    )
    return "" if is_other_package else ZIP


def _by_lists(package: zipfile.ZipFile, names: list[str]) -> str | None:
    """Return the type that the package says it is; None where it says nothing that is known here."""
    if "[Content_Types].xml" in names:
        types = _member(package, "[Content_Types].xml")
        for main_part, media_type in _MAIN_PARTS.items():
            if main_part in types:
                return media_type
    if "mimetype" in names:
        return _ODF.get(_member(package, "mimetype").strip())
    return None


def _member(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as member:
        return member.read(_CONTENT_TYPES_MAX_BYTES)


def may_hold_documents(path: Path, media_type: str) -> bool:
    """Return whether a child should look for files in a document: it takes a process, so seldom in vain.

    `extractors.archives.registry` says what takes them out.
    """
    if media_type != PDF:
        return media_type == MAIL  # a mail tells by its type alone
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(_ATTACHED) >= 0
    except (OSError, ValueError):
        return False
