"""The preview inside a Keynote file: a PDF of all slides, or in newer files a picture of the first."""

import io
import zipfile
from typing import BinaryIO

from archive.errors import FileRejected
from archive.model.extraction import Outcome

_PDF = ("QuickLook/Preview.pdf", "preview.pdf")
_PICTURES = ("preview.jpg", "QuickLook/Preview.jpg", "QuickLook/Thumbnail.jpg", "preview-web.jpg")
_DIRECTORY_MAX = 100_000
NO_PREVIEW = "The Keynote file has no preview to read. Export it from Keynote as PDF and add that."
_DAMAGED = "The Keynote file is damaged and cannot be opened. Export it from Keynote as PDF and add that."
_TOO_LARGE = "The preview in the Keynote file is too large. Export it from Keynote as PDF and add that."


def preview_of(file: BinaryIO, max_bytes: int) -> tuple[BinaryIO, bool]:
    """Return the preview, and whether it is a PDF of all slides. Raises FileRejected."""
    try:
        with zipfile.ZipFile(file) as package:
            names = {name.lower(): name for name in package.namelist()[:_DIRECTORY_MAX]}
            for wanted in (*_PDF, *_PICTURES):
                name = names.get(wanted.lower())
                if name is not None:
                    return io.BytesIO(_member(package, name, max_bytes)), wanted in _PDF
    except (FileRejected, MemoryError):
        raise
    except Exception as error:  # zipfile and zlib raise many kinds on damaged files
        raise FileRejected(Outcome.DAMAGED, _DAMAGED) from error
    raise FileRejected(Outcome.UNSUPPORTED_TYPE, NO_PREVIEW)


def _member(package: zipfile.ZipFile, name: str, max_bytes: int) -> bytes:
    with package.open(name) as member:
        data = member.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise FileRejected(Outcome.RESOURCE_LIMIT, _TOO_LARGE)
    return data
