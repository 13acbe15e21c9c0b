"""From an original to its words and pictures, by way of LibreOffice where a format needs that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import FileRejected, PartMissing, PictureError
from archive.ingest.filetypes.media_types import (
    DECKS,
    DOCUMENTS,
    IMAGES,
    KEY,
    ODF,
    OLD_DECKS,
    PDF,
    PPT,
    PPTX,
    WORD,
)
from archive.ingest.libreoffice.office import Office
from archive.ingest.reading.draw_pages import Drawable
from archive.ingest.reading.extract_file import read_file
from archive.ingest.sandbox.base import Limits, Sandbox
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph

_WORD = re.compile(r"[^\W_]+(?:[-'.:/,][^\W_]+)*")
_NOT_RENDERED = frozenset({BlockField.COMMENT, BlockField.ALT_TEXT})
"""What a PDF that LibreOffice makes of a text does not show."""
_DATES = frozenset({"created", "modified"})


def with_rendered_words(slides: Extraction, rendering: Extraction) -> Extraction:
    """Return the slides with the words that only their rendering shows, each in a block of its own.

    Old formats keep charts and organisation schemes as drawings that programs made: their words are in no
    text box, but on the rendered page. The renderings are left alone where their number is not that of the
    slides. Page numbers are not words.
    """
    if len(slides.pages) != len(rendering.pages):
        return slides
    pages = tuple(_with_unknown_words_of(*both) for both in zip(slides.pages, rendering.pages, strict=True))
    if slides.category is Outcome.EMPTY_NEEDS_OCR and pages != slides.pages:
        return replace(slides, pages=pages, category=Outcome.OK, message="")
    return replace(slides, pages=pages)


def with_unrendered_words(rendering: Extraction, document: Extraction) -> Extraction:
    """Return the rendered document with what only its file says: comments, descriptions and properties.

    Files that the document takes in as they are belong to that where the rendering has few of their words.
    Each block goes to the page that the file says, or on the first one where it counts its pages differently.
    """
    if not rendering.pages:
        return rendering
    is_paged_alike = len(rendering.pages) == len(document.pages)
    rendered = {
        word.casefold() for page in rendering.pages for block in page.blocks for word in _words(block.text)
    }
    unrendered: dict[int, list[Block]] = {}
    for page in document.pages:
        number = page.number if is_paged_alike else 1
        unrendered.setdefault(number, []).extend(
            block
            for block in page.blocks
            if block.field in _NOT_RENDERED
            or (block.field is BlockField.EMBEDDED and _is_unknown(block, rendered))
        )
    pages = tuple(
        replace(page, blocks=(*page.blocks, *unrendered.get(page.number, ()))) for page in rendering.pages
    )
    whole = replace(rendering, pages=pages, properties=rendering.properties | document.properties)
    if rendering.category is Outcome.EMPTY_NEEDS_OCR and any(unrendered.values()):
        return replace(whole, category=Outcome.OK, message="")
    return whole


def _is_unknown(block: Block, rendered: set[str]) -> bool:
    words = [word.casefold() for word in _words(block.text)]
    return sum(word in rendered for word in words) * 2 < len(words)


def without_dates(rendering: Extraction) -> Extraction:
    """Return the rendered document without the dates in its properties: they are those of the rendering."""
    kept = {name: text for name, text in rendering.properties.items() if name not in _DATES}
    return replace(rendering, properties=kept)


def _with_unknown_words_of(slide: Page, rendered: Page) -> Page:
    known = {word.casefold() for block in slide.blocks for word in _words(block.text)}
    known.add(str(slide.number))
    lines: list[str] = []
    for text in _lines(rendered):
        unknown = [word for word in _words(text) if word.casefold() not in known]
        known |= {word.casefold() for word in unknown}
        if unknown:
            lines.append(" ".join(unknown))
    if not lines:
        return slide
    block = Block(BlockField.EMBEDDED, tuple(Paragraph(line) for line in lines))
    return replace(slide, blocks=(*slide.blocks, block))


def _lines(page: Page) -> Iterator[str]:
    for block in page.blocks:
        if block.field is not BlockField.SECTION:  # bookmarks, which name the slides
            yield from (paragraph.text for paragraph in block.paragraphs)
            yield from (" ".join(row) for row in block.rows)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


ENGINE = "libreoffice"

_UNDRAWN = "Words that only the drawn pages show are missing, because the file could not be drawn."
_WITHOUT_OFFICE = WORD | ODF | {PPT}
"""Types that have a reader of their own, for when LibreOffice is missing or cannot open a file."""

_NO_PAGES = "Text has no pages to draw; its words are shown instead."


@dataclass(frozen=True, slots=True)
class Readable:
    """A file for the extraction child, its type, and what converted it ("" for nothing).

    `problem` says what is lost because the conversion that its type needs failed.
    """

    path: Path
    media_type: str
    engine: str = ""
    problem: str = ""


def read_original(
    sandbox: Sandbox,
    original: Path,
    media_type: str,
    folder: Path,
    office: Office,
    limits: Limits,
    password: str = "",
) -> Extraction:
    """Read the words of `original`, converted where its format needs that; `folder` is private and empty.

    The outcome is the category: without LibreOffice, a format that needs it is `unsupported_type`, saying so.
    Raises PathError, StorageError, and PartMissing where no child process can be started.
    """
    try:
        source = readable(original, media_type, folder, office, password)
    except FileRejected as rejection:
        return Extraction(rejection.category, message=rejection.message)
    except PartMissing as missing:
        return Extraction(Outcome.UNSUPPORTED_TYPE, message=missing.message)
    extraction = read_file(sandbox, source.path, source.media_type, limits, password)
    if not source.engine:
        return not_whole(extraction, source.problem)
    if media_type in ODF and extraction.category is Outcome.EMPTY_NEEDS_OCR:
        # LibreOffice mends a damaged package by leaving out what it cannot read, down to nothing at all.
        direct = read_file(sandbox, original, media_type, limits, password)
        if direct.category is not Outcome.EMPTY_NEEDS_OCR:
            return direct
    extraction = replace(extraction, engine=f"{source.engine}, {extraction.engine}")
    if source.media_type == PDF:
        extraction = without_dates(extraction)
    if media_type in OLD_DECKS:
        try:
            rendering = drawable(original, media_type, folder, office, password)
        except (PictureError, PartMissing) as error:
            return not_whole(extraction, f"{_UNDRAWN} {error.message}")
        return with_rendered_words(extraction, read_file(sandbox, rendering.path, PDF, limits))
    if media_type in WORD:
        return with_unrendered_words(extraction, read_file(sandbox, original, media_type, limits, password))
    return extraction


def readable(original: Path, media_type: str, folder: Path, office: Office, password: str = "") -> Readable:
    """Return what is to be read of `original`; a converted file lies in the private `folder`.

    Slides come as .pptx, so that titles, notes and hidden slides are distinguished; documents as PDF, because
    only a rendering knows their pages. Raises PartMissing where LibreOffice is needed and missing, and
    FileRejected (password, damaged, timeout, resource_limit, crash); PathError and StorageError.
    """
    try:
        if media_type in OLD_DECKS:
            return Readable(office.convert(original, media_type, "pptx", folder, password), PPTX, ENGINE)
        if media_type in DOCUMENTS:
            return Readable(office.convert(original, media_type, "pdf", folder, password), PDF, ENGINE)
    except (PartMissing, FileRejected) as error:
        is_locked = isinstance(error, FileRejected) and error.category is Outcome.PASSWORD
        if media_type not in _WITHOUT_OFFICE or is_locked:
            raise
        problem = "" if isinstance(error, PartMissing) else f"{_UNDRAWN} {error.message}"
        return Readable(original, media_type, problem=problem)
    return Readable(original, media_type)


def not_whole(extraction: Extraction, problem: str) -> Extraction:
    """Return an extraction that is told not to be whole, where words were read and there is a problem."""
    if not problem or not extraction.category.is_read:
        return extraction
    message = f"{extraction.message} {problem}".strip()
    return replace(extraction, category=Outcome.OK_PARTIAL, message=message)


def drawable(original: Path, media_type: str, folder: Path, office: Office, password: str = "") -> Drawable:
    """Return what is to be drawn of `original`, with as many pages as were read.

    A converted file lies in the private `folder`. Raises PictureError where there is nothing to draw or
    LibreOffice fails, PartMissing where it is missing, PathError and StorageError.
    """
    if media_type in IMAGES | {PDF, KEY}:
        return Drawable(original, media_type, password)
    if media_type not in DECKS | DOCUMENTS:
        raise PictureError(_NO_PAGES)
    try:
        return Drawable(office.convert(original, media_type, "pdf", folder, password), PDF)
    except FileRejected as rejection:
        raise PictureError(rejection.message) from rejection
