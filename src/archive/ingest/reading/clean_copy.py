"""A copy of a file without what only staff may see, made when a visitor asks for it.

Who may not have the original gets this one: without notes, hidden slides, comments, embedded files, and
without what says who made it (`extractors/archives/clean_*.py`). Before it is handed over
the archive reads it as any other file: with a word of staff's in it, or without one that everybody may see,
it is thrown away.
"""

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from archive.errors import FileRejected, NotFound, PictureError
from archive.ingest.filetypes.media_types import DOCX, ODP, ODT, PPTX
from archive.ingest.reading.document_pdf import REGISTRY
from archive.ingest.reading.made_file import take_made_file
from archive.ingest.reading.on_demand import MakingTurns
from archive.ingest.sandbox.base import Request
from archive.model.documents import Version
from archive.model.drawing_facts import FONTS, UNDESCRIBED
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.store.store import Store
from archive.visibility import STAFF_FIELDS, may_see_page, readable_blocks, visible_pages

CLEANED = frozenset({PPTX, DOCX, ODP, ODT})
"""The media types of which clean copies can be made."""
_FORM = "1"
"""To be changed with what a copy holds: browsers then ask for it again."""
_FAILED = "A copy without what is for staff could not be made. Download the PDF instead."
_NOT_IN_COPY = frozenset(
    {BlockField.EMBEDDED, BlockField.LINK, BlockField.OCR, BlockField.SECTION, BlockField.PAGE_NUMBER}
)
"""Fields that a copy need not have: files in the file, where links lead, what OCR read in pictures."""
_NEVER_IN_COPY = STAFF_FIELDS | {BlockField.EMBEDDED}
_DRAWING_FACTS = {FONTS, UNDESCRIBED}
"""What the reader notes of how a deck is drawn; all other properties are somebody's."""
_WHOLE = (Outcome.OK, Outcome.EMPTY_NEEDS_OCR)
_MAGIC = b"PK\x03\x04"


class CleanCopies:
    """Makes clean copies of originals. Safe to use from several threads; one is made at a time."""

    def __init__(self, originals: Store, settings: Settings) -> None:
        self._originals = originals
        self._settings = settings
        self._turns = MakingTurns()
        self._lock = Lock()
        self._failed: set[str] = set()

    def is_possible(self, version: Version, numbers: Sequence[int]) -> bool:
        """Return whether a copy of these slides can be asked for: its check has not failed yet."""
        if version.original.media_type not in CLEANED or not numbers:
            return False
        with self._lock:
            return clean_copy_digest(version, numbers) not in self._failed

    def made(self, version: Version, pages: Sequence[Page]) -> BinaryIO:
        """Return a new copy of a version that has these pages, to be read from its beginning and closed.

        Raises Busy where too many are being made, PictureError where there is none that passes its check,
        PartMissing, NotFound and PathError.
        """
        return self._made(version, pages, visible_pages(Visibility.PUBLIC, pages))

    def selected(self, version: Version, pages: Sequence[Page]) -> BinaryIO:
        """Return a new copy of a deck with only these slides, in this order; as `made` else.

        Raises NotFound, too, where one of the slides is not for everybody, or the version is no such deck.
        """
        if version.original.media_type != PPTX or any(
            not may_see_page(Visibility.PUBLIC, page) for page in pages
        ):
            raise NotFound("There is no copy of these slides.")
        return self._made(version, pages, pages)

    def _made(self, version: Version, pages: Sequence[Page], shown: Sequence[Page]) -> BinaryIO:
        with self._turns.turn():
            folder = self._settings.data / "tmp"
            handle, name = tempfile.mkstemp(dir=folder, prefix="clean-")
            path = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    self._write(version, [page.number for page in shown], file)
                if not self._is_clean(path, version, pages, shown):
                    raise PictureError(_FAILED)
                return path.open("rb")
            except (FileRejected, PictureError) as error:
                with self._lock:
                    self._failed.add(clean_copy_digest(version, [page.number for page in shown]))
                raise PictureError(_FAILED) from error
            finally:
                path.unlink()

    def _write(self, version: Version, numbers: Sequence[int], file: BinaryIO) -> None:
        from archive.ingest.reading.limits import draw_limits
        from archive.ingest.sandbox.spawning import FreshSandbox

        source = self._originals.path(version.original.sha256)
        options: Mapping[str, int] = {str(place): number for place, number in enumerate(numbers)}
        request = Request("cut", version.original.media_type, options)
        with FreshSandbox(REGISTRY).run(request, source, draw_limits(self._settings)) as untrusted_frames:
            is_whole = take_made_file(untrusted_frames, file)
        if not is_whole:
            raise PictureError(_FAILED)

    def _is_clean(self, copy: Path, version: Version, pages: Sequence[Page], shown: Sequence[Page]) -> bool:
        """Return whether a copy, read as any file is, has all that everybody may see and nothing else."""
        with copy.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return False
        media_type = version.original.media_type
        if media_type == PPTX:
            return shows_the_same(self._read(copy, media_type), shown)
        # Pages of others may have been read of what LibreOffice drew: they are compared by their own reader.
        original = self._read(self._originals.path(version.original.sha256), media_type)
        shown = original.pages
        if media_type == ODP:
            numbers = {page.number for page in visible_pages(Visibility.PUBLIC, pages)}
            shown = tuple(page for page in shown if page.number in numbers)
        elif any(not may_see_page(Visibility.PUBLIC, page) for page in pages):
            return False  # no page of a text can be left out
        return original.category in _WHOLE and shows_the_same(self._read(copy, media_type), shown)

    def _read(self, path: Path, media_type: str) -> Extraction:
        from archive.ingest.reading.extract_file import read_file
        from archive.ingest.reading.limits import extract_limits
        from archive.ingest.sandbox.spawning import FreshSandbox

        return read_file(FreshSandbox(), path, media_type, extract_limits(self._settings))


def shows_the_same(read: Extraction, shown: Sequence[Page]) -> bool:
    """Return whether what was read of a copy is what everybody may see of the pages, and nothing else."""
    if read.category not in _WHOLE or len(read.pages) != len(shown):
        return False
    is_whole = all(may_see_page(Visibility.PUBLIC, page) and not page.broken for page in read.pages)
    if read.properties.keys() - _DRAWING_FACTS or not is_whole:
        return False
    if any(
        block.field in STAFF_FIELDS | {BlockField.EMBEDDED} for page in read.pages for block in page.blocks
    ):
        return False
    return all(_words(copy) == _words(page) for copy, page in zip(read.pages, shown, strict=True))


def clean_copy_digest(version: Version, numbers: Sequence[int]) -> str:
    """Return 64 hexadecimal digits that change whenever the clean copy may."""
    parts = (_FORM, version.original.sha256, tuple(numbers))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _words(page: Page) -> Counter[str]:
    blocks: Sequence[Block] = readable_blocks(Visibility.PUBLIC, page.blocks)
    return Counter(word for block in blocks if block.field not in _NOT_IN_COPY for word in block.text.split())
