"""Reading one file to the end: whatever the child does, an outcome with a category comes back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from archive.errors import FileRejected
from archive.ingest.extractors.base import DrawnPage, Finish, PagePdf
from archive.ingest.filetypes.detect import PDF
from archive.ingest.reading import wire
from archive.ingest.sandbox.base import Limits, Request, Sandbox
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import BlockField, OcrReason, Page

_UNSUPPORTED = "The archive does not read this type of file."
_NO_WORDS = "No words were found; the pages may be pictures of text."
_ALL_BROKEN = "No page of the file could be read."
_SOME_MISSING = "{read} of {count} pages were read."
_NOT_ON_PAGE = frozenset(
    {BlockField.HEADER, BlockField.FOOTER, BlockField.PAGE_NUMBER, BlockField.SECTION, BlockField.LINK}
)
"""Bookmarks and targets of links stand beside the page, margins on every one: they are no words of it."""
_FEW_WORDS = 3
"""A page with fewer words goes to OCR: it may be a picture of text with a title or a number over it."""


def read_file(
    sandbox: Sandbox, file: Path, media_type: str, limits: Limits, password: str = ""
) -> Extraction:
    """Read the words of `file` in a child process; `media_type` is what `detect` says, "" if unknown.

    `password` is what staff gave for a locked file. Pages that may hold more words in their pictures say so.

    Never raises FileRejected: the outcome is the category. Pages that came before a failure are kept, and
    the category is then ok_partial. Raises PathError if the file cannot be opened and PartMissing if no
    child process can be started.
    """
    if not media_type:
        return Extraction(Outcome.UNSUPPORTED_TYPE, message=_UNSUPPORTED)
    pages: list[Page] = []
    finish = Finish(Outcome.CRASH, "The reader ended before the end of the file.")
    try:
        request = Request("extract", media_type, password=password)
        with sandbox.run(request, file, limits) as untrusted_frames:
            for record in _records(untrusted_frames, limits):
                if isinstance(record, Page):
                    pages.append(record)
                else:
                    finish = record
    except FileRejected as rejection:
        finish = replace(finish, category=rejection.category, message=rejection.message)
    return _extraction(tuple(pages), finish, media_type)


def _records(untrusted_frames: Iterator[bytes], limits: Limits) -> Iterator[Page | Finish]:
    """Yield pages with rising numbers, at most `pages_max`, then one Finish; WireError for anything else."""
    last, count, ended = 0, 0, False
    for untrusted_frame in untrusted_frames:
        record = wire.decode(untrusted_frame, limits.reading.page_text_max_chars)
        if ended or isinstance(record, DrawnPage | PagePdf):
            raise wire.WireError
        if isinstance(record, Page):
            count += 1
            if record.number <= last or count > limits.reading.pages_max:
                raise wire.WireError
            last = record.number
        else:
            ended = True
        yield record


def _extraction(pages: tuple[Page, ...], finish: Finish, media_type: str) -> Extraction:
    category, message = _outcome(pages, finish)
    if _may_be_pictures(media_type):
        pages = tuple(_with_ocr_reason(page) for page in pages)
    return Extraction(category, pages, finish.engine, message, dict(finish.properties))


def _outcome(pages: tuple[Page, ...], finish: Finish) -> tuple[Outcome, str]:
    """Return the category and message that fit what was read; an empty result is never a success."""
    has_words = any(_has_words(page) for page in pages)
    claims_success = finish.category in (Outcome.OK, Outcome.OK_PARTIAL, Outcome.EMPTY_NEEDS_OCR)
    if not claims_success:
        return (Outcome.OK_PARTIAL if has_words else finish.category), finish.message
    broken = sum(1 for page in pages if page.broken)
    if not has_words:
        if pages and broken == len(pages):
            return Outcome.DAMAGED, finish.message or _ALL_BROKEN
        return Outcome.EMPTY_NEEDS_OCR, finish.message or _NO_WORDS
    whole, count = len(pages) - broken, max(finish.page_count, len(pages))
    if whole < count:
        return Outcome.OK_PARTIAL, finish.message or _SOME_MISSING.format(read=whole, count=count)
    return (Outcome.OK_PARTIAL if finish.category is Outcome.OK_PARTIAL else Outcome.OK), finish.message


def _with_ocr_reason(page: Page) -> Page:
    if page.ocr_reason or page.broken or _word_count(page) >= _FEW_WORDS:
        return page
    return replace(page, ocr_reason=OcrReason.FEW_WORDS)


def _may_be_pictures(media_type: str) -> bool:
    """Return whether pages may be nothing but pictures of text; of slides their reader knows better."""
    return media_type == PDF or media_type.startswith("image/")


def _has_words(page: Page) -> bool:
    return _word_count(page) > 0


def _word_count(page: Page) -> int:
    """Count the words of a page; margins, bookmarks and links alone do not make it one with words."""
    blocks = (block for block in page.blocks if block.field not in _NOT_ON_PAGE)
    words = (word for block in blocks for word in block.text.split())
    return sum(any(character.isalnum() for character in word) for word in words)
