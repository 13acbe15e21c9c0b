"""Pictures without what a camera or a program has noted in them: places, names, times, comments."""

import struct

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_KEPT_MARKERS = frozenset({0xE0, 0xE2, 0xEE})
"""Of the application markers only JFIF, the colour profile and Adobe's transform change how it looks."""
_APPLICATION, _COMMENT, _SCAN, _END = range(0xE0, 0xF0), 0xFE, 0xDA, 0xD9
_WITHOUT_LENGTH = (0x01, *range(0xD0, 0xD8))
_NOTED_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def unmarked(data: bytes) -> bytes:
    """Return a JPEG or PNG picture without its notes; others, and damaged ones, as they are."""
    try:
        if data.startswith(_JPEG):
            return _jpeg(data)
        return _png(data) if data.startswith(_PNG) else data
    except (struct.error, IndexError):
        return data


def _jpeg(data: bytes) -> bytes:
    """Copy segment by segment up to the scan (ITU-T T.81, B.1.1), and what follows as it is."""
    kept, at = bytearray(data[:2]), 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker in (_SCAN, _END):
            break
        length = 0 if marker in _WITHOUT_LENGTH else struct.unpack_from(">H", data, at + 2)[0]
        is_noted = marker == _COMMENT or (marker in _APPLICATION and marker not in _KEPT_MARKERS)
        if not is_noted:
            kept += data[at : at + 2 + length]
        at += 2 + length
    return bytes(kept + data[at:])


def _png(data: bytes) -> bytes:
    """Copy chunk by chunk (W3C PNG, 5.3)."""
    kept, at = bytearray(data[: len(_PNG)]), len(_PNG)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind not in _NOTED_CHUNKS:
            kept += data[at : at + 12 + length]
        at += 12 + length
    return bytes(kept)
