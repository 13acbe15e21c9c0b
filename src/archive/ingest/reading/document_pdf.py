"""A whole document as a PDF without what only staff may see, made when a visitor asks for it.

What LibreOffice made of an office file shows all slides, hidden ones too, and says who made the file. The
pages that a visitor may see are taken over into a new file in the confined child, as single pages are
(`slide_pdf`): without comments, names of layers and properties.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

from archive.errors import FileRejected, NotFound, PictureError
from archive.ingest.filetypes.media_types import PDF
from archive.ingest.reading.made_file import take_made_file
from archive.ingest.reading.on_demand import MakingTurns, pdf_of
from archive.ingest.sandbox.base import Limits, Request
from archive.model.documents import Version
from archive.settings.settings import Settings
from archive.store.store import Store

REGISTRY = "archive.ingest.extractors.archives.registry"
_IN_MEMORY_MAX_BYTES = 8 * 1024 * 1024
_FORM = "2"
"""To be changed with what the PDF of a document looks like: browsers then ask for it again."""
_FAILED = "The PDF could not be made. Download the slides one by one instead."


class DocumentPdfs:
    """Makes PDF files of documents. Safe to use from several threads; one is made at a time."""

    def __init__(self, originals: Store, pictures: Store, settings: Settings) -> None:
        self._originals = originals
        self._pictures = pictures
        self._settings = settings
        self._turns = MakingTurns()

    def selected(self, version: Version, numbers: Sequence[int]) -> BinaryIO:
        """Return a new PDF of these pages, to be read from its beginning and closed.

        Raises Busy where too many are being made, PictureError, PartMissing, NotFound and PathError.
        """
        from archive.ingest.reading.limits import draw_limits

        source = pdf_of(version, self._originals, self._pictures)
        if source is None:
            raise NotFound("There is no PDF of this document.")
        with self._turns.turn():
            return selected_pages(source.path, numbers, draw_limits(self._settings))


def selected_pages(source: Path, numbers: Sequence[int], limits: Limits) -> BinaryIO:
    """Return a new PDF of these pages of a PDF and nothing else of it, to be read from its beginning.

    Raises PictureError where it cannot be made, PartMissing and PathError.
    """
    from archive.ingest.sandbox.spawning import FreshSandbox

    options = {str(place): number for place, number in enumerate(numbers)}
    request = Request("cut", PDF, options)
    try:
        with FreshSandbox(REGISTRY).run(request, source, limits) as untrusted_frames:
            return _made(untrusted_frames)
    except FileRejected as rejection:
        raise PictureError(_FAILED) from rejection


def document_pdf_digest(version: Version, numbers: Sequence[int]) -> str:
    """Return 64 hexadecimal digits that change whenever the PDF of these pages may."""
    parts = (_FORM, version.original.sha256, version.drawn_sha256, tuple(numbers))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _made(untrusted_frames: Iterator[bytes]) -> BinaryIO:
    """Return the file that the child hands over; raises PictureError where it is not whole."""
    with ExitStack() as stack:
        file = cast("BinaryIO", stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY_MAX_BYTES)))
        is_whole = take_made_file(untrusted_frames, file)
        file.seek(0)
        # It goes to browsers: it must at least be what its name says (ISO 32000-2, 7.5.2).
        if not is_whole or file.read(5) != b"%PDF-":
            raise PictureError(_FAILED)
        file.seek(0)
        stack.pop_all()
        return file
