"""Which of Office's older formats an OLE compound file is."""

from typing import BinaryIO

from archive.ingest.filetypes.compound import root_names
from archive.ingest.filetypes.media_types import DOC, PPT, PPTX

_OLE_SCAN_BYTES = 1024 * 1024
_ENCRYPTED_PACKAGE = "EncryptedPackage"  # [MS-OFFCRYPTO] 2.3.4.4
_STREAMS = ((_ENCRYPTED_PACKAGE, PPTX), ("PowerPoint Document", PPT), ("WordDocument", DOC))
# How the main streams begin, for files that have lost their directory ([MS-DOC] 2.5.2, [MS-PPT] 2.4.1).
_WORD_VERSIONS = (b"\xc1\x00", b"\xd9\x00", b"\x01\x01", b"\x0c\x01", b"\x12\x01")
_STREAM_STARTS = (
    *((b"\xec\xa5" + version, DOC) for version in _WORD_VERSIONS),
    (b"\x0f\x00\xe8\x03", PPT),
)


def compound_type(file: BinaryIO, head: bytes) -> str:
    """Return the media type by the names of the streams, also where the directory is damaged; "" for others.

    A package that is encrypted counts as PPTX.
    """
    names = root_names(file)
    for name, media_type in _STREAMS:
        if name in names:
            return media_type
    return "" if names else _by_scanning(file, head)


def _by_scanning(file: BinaryIO, head: bytes) -> str:
    """Look for the streams' names where writers put the directory: near the beginning or the end."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _OLE_SCAN_BYTES))
    tail = file.read(_OLE_SCAN_BYTES)
    file.seek(0)
    places = (head, file.read(_OLE_SCAN_BYTES), tail)
    for name, media_type in _STREAMS:
        letters = name.encode("utf-16-le")
        if any(letters in place for place in places):
            return media_type
    for start, media_type in _STREAM_STARTS:
        if start in places[1]:
            return media_type
    return ""
