"""What an erasure needs of files, from a confined child whose answer is checked.

It covers words in pictures, makes a PDF of them, and finds what stands around words in the bytes of a file.
"""

import html
import json
import re
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Final, cast

from archive.errors import FileRejected, PictureError
from archive.ingest.extractors.archives import frames
from archive.ingest.extractors.archives.searched import TEXT
from archive.ingest.filetypes.media_types import REDACTION, SEARCHED
from archive.ingest.framing import framed
from archive.ingest.reading.document_pdf import REGISTRY
from archive.ingest.reading.draw_pages import is_webp, page_size_pt
from archive.ingest.reading.limits import draw_limits
from archive.ingest.sandbox.base import Request
from archive.model.extraction import Outcome
from archive.model.pages import WordBox
from archive.settings.settings import Settings
from archive.store.store import Store

_FAILED: Final = "The redacted copy could not be made. Nothing was erased."
_PDF_NAME: Final = "document.pdf"
_WORD_MAX_CHARS: Final = 200

_TAG: Final = re.compile(r"<[^<>]*>?")
_VALUE: Final = re.compile(r"""["']([^"']*)""")
_UNPACKED_MAX_BYTES: Final = 2 * 1024**3
_NOT_WHOLE: Final = "The file could not be searched to its end."


@dataclass(frozen=True, slots=True)
class RedactedPage:
    """A page's picture, what is to be covered in it, and the words that stay.

    `is_covered`: nothing of the picture stays.
    """

    number: int
    picture: Path
    size_pt: tuple[float, float]
    boxes: tuple[WordBox, ...]
    words: tuple[WordBox, ...]
    is_covered: bool = False

    @property
    def is_changed(self) -> bool:
        """Return whether its picture is made anew."""
        return bool(self.boxes) or self.is_covered


@dataclass(slots=True)
class Redacted:
    """What was made: the new pictures (large, small) by page, and the PDF's SHA-256 and size."""

    pictures: dict[int, tuple[str, str]] = field(default_factory=dict)
    sha256: str = ""
    size_bytes: int = 0


def redact(pages: Sequence[RedactedPage], originals: Store, pictures: Store, settings: Settings) -> Redacted:
    """Make new pictures of pages and a PDF of all of them, and put them into the stores.

    Raises PictureError, PartMissing, PathError and StorageError; then nothing refers to what was made.
    """
    from archive.ingest.sandbox.spawning import FreshSandbox

    with _told(pages, settings) as source:
        request = Request("cut", REDACTION)
        try:
            with FreshSandbox(REGISTRY).run(request, source, draw_limits(settings)) as untrusted_frames:
                made = _taken(untrusted_frames, originals, pictures, settings)
        except FileRejected as rejection:
            raise PictureError(f"{_FAILED} {rejection.message}") from rejection
    if set(made.pictures) != {page.number for page in pages if page.is_changed} or not made.sha256:
        raise PictureError(_FAILED)
    return made


@contextmanager
def _told(pages: Sequence[RedactedPage], settings: Settings) -> Iterator[Path]:
    told = {
        "quality": settings.pictures.webp_quality,
        "small_width_px": settings.pictures.small_width_px,
        "pages": [_page(page) for page in pages],
    }
    with tempfile.TemporaryDirectory(prefix="redaction-", dir=settings.data / "tmp") as folder:
        path = Path(folder) / "pages"
        with path.open("wb") as file:
            file.write(framed(json.dumps(told).encode()))
            for page in pages:
                file.write(page.picture.read_bytes())
        yield path


def _page(page: RedactedPage) -> dict[str, object]:
    width_pt, height_pt = page_size_pt(page.size_pt)
    return {
        "number": page.number,
        "size_bytes": page.picture.stat().st_size,
        "width_pt": width_pt,
        "height_pt": height_pt,
        "boxes": [word[1:] for word in page.boxes],
        "is_covered": page.is_covered,
        "words": [(word.text[:_WORD_MAX_CHARS], *word[1:]) for word in page.words],
    }


def _taken(
    untrusted_frames: Iterator[bytes], originals: Store, pictures: Store, settings: Settings
) -> Redacted:
    """Put what the child hands over into the stores, once it is whole."""
    made, large = Redacted(), ""
    ends: list[bytes] = []
    for name, file in _files(untrusted_frames, settings, ends):
        number, _, width = name.partition(".")
        if name == _PDF_NAME:
            made.sha256, made.size_bytes = _pdf(file, originals)
        elif width in ("large", "small") and number.isdecimal():
            data = file.read()
            if not is_webp(data):
                raise PictureError(_FAILED)
            stored = pictures.put_bytes(data).sha256
            if width == "large":
                large = stored
            else:
                made.pictures[int(number)] = (large, stored)
    if ends != [Outcome.OK.value.encode()]:
        raise PictureError(_FAILED)
    return made


def _files(
    untrusted_frames: Iterator[bytes], settings: Settings, ends: list[bytes]
) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the files of an answer; its last frame is added to `ends`."""
    name = ""
    with tempfile.TemporaryFile(dir=settings.data / "tmp") as opened:
        file = cast("BinaryIO", opened)
        for untrusted_frame in untrusted_frames:
            kind, untrusted = untrusted_frame[:1], untrusted_frame[1:]
            if kind == frames.MEMBER:
                name = untrusted.decode("ascii", "replace")
                file.seek(0)
                file.truncate()
            elif kind == frames.CHUNK:
                file.write(untrusted)
            elif kind == frames.END and untrusted == Outcome.OK.value.encode():
                file.seek(0)
                yield name, file
            else:
                ends.append(untrusted)


def _pdf(file: BinaryIO, originals: Store) -> tuple[str, int]:
    data = file.read()
    if data[:5] != b"%PDF-":
        raise PictureError(_FAILED)
    stored = originals.put_bytes(data)
    return stored.sha256, stored.size_bytes


def around(path: Path, words: Sequence[str], settings: Settings) -> Generator[tuple[str, bool]]:
    """Yield what stands around each place where a file has one of some words, without markup.

    And whether it is text: what is short, and among other bytes, may have come about by chance. Close the
    generator: a child is at work until then.

    Raises FileRejected (the file cannot be searched to its end), PathError and PartMissing.
    """
    from archive.ingest.sandbox.spawning import FreshSandbox

    request = Request("cut", SEARCHED, words=tuple(WordBox(word, 0, 0, 0, 0) for word in words))
    limits = draw_limits(settings)
    limits = replace(limits, reading=replace(limits.reading, unpacked_max_bytes=_UNPACKED_MAX_BYTES))
    with FreshSandbox(REGISTRY).run(request, path, limits) as untrusted_frames:
        is_text = False
        for untrusted_frame in untrusted_frames:
            kind, untrusted = untrusted_frame[:1], untrusted_frame[1:]
            if kind == frames.MEMBER:
                is_text = untrusted == TEXT.encode()
            elif kind == frames.CHUNK:
                for text in _texts(untrusted.decode("utf-8", "replace")):
                    yield text, is_text
            elif kind == frames.DONE and untrusted != Outcome.OK.value.encode():
                raise FileRejected(Outcome.OK_PARTIAL, _NOT_WHOLE)


def _texts(marked_up: str) -> Iterator[str]:
    """Yield the text without its markup, then each value in the markup: neither is beside the other."""
    yield html.unescape(_TAG.sub("", marked_up))
    for tag in _TAG.findall(marked_up):
        for value in _VALUE.findall(tag):
            yield html.unescape(value)
