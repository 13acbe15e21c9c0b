"""Strings out of pdfium, which fills buffers with UTF-16."""

import ctypes
from collections.abc import Callable

from archive.ingest.extractors import left_out

_MAX_BYTES = 1024 * 1024
_TOO_LONG = "Notes, form fields or descriptions longer than 1 MiB were left out."


def utf16(fill: Callable[[object, int], int]) -> str:
    """Return the string that `fill(buffer, length)` writes; "" when there is none, or more than 1 MiB."""
    length = fill(None, 0)
    if length > _MAX_BYTES:
        left_out.note(_TOO_LONG)
    if not 2 < length <= _MAX_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(length)
    fill(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0").strip()
