"""The job of reading the pictures of pages that have few words, bad ones, or words in pictures."""

import logging
from dataclasses import replace
from pathlib import Path

from archive.analysis.language import detect_language
from archive.catalogue import audit, ocr_results, pages
from archive.errors import (
    NotFound,
    OcrError,
    OriginalDamaged,
    PartMissing,
    PathError,
    PictureError,
    StorageError,
)
from archive.ingest.extractors.base import DrawnPage
from archive.ingest.jobs.context import WORKER, JobContext
from archive.ingest.ocr.tesseract import (
    ENGINE,
    can_read,
    find_tesseract,
    installed_languages,
    language_data,
    read_picture,
)
from archive.ingest.ocr.tsv import (
    OcrWord,
    block_of,
    credible,
    has_more_words,
    is_doubtful,
    is_rubbish,
    letter_count,
    parse_words,
    rendered_only,
    turned_back,
    unknown,
)
from archive.ingest.progress import Recognised
from archive.ingest.reading.draw_pages import Drawable, draw_page
from archive.ingest.reading.limits import draw_limits
from archive.model.jobs import Job
from archive.model.pages import Block, OcrReason, Page, Picture, WordBox

logger = logging.getLogger(__name__)

_RENDERING = "rendering"
_TOO_MANY = "Only the first {read} of {count} pictures were read. Raise the setting ocr.pages_max."
_MORE_WORDS = "Of pictures with more than 10,000 words only the first were kept."
_STOPPED = "Reading the pictures stopped the worker each time it was tried."


def read_pictures(context: JobContext, job: Job) -> Recognised:
    """Read the pictures of a version's pages that wait for it. Raises LeaseLost, StorageError, Busy.

    A page that cannot be read goes on waiting, and the version's message says why; so do all where Tesseract
    is not installed. The same file ingested again asks once more.
    """
    tesseract = find_tesseract(context.settings.ocr.command)
    is_usable = tesseract is not None and can_read(context.settings.ocr.command)
    with context.database.read() as session:
        waiting = ocr_results.waiting(session, job.version_id)
        if not is_usable:
            waiting = tuple(page for page in waiting if page.ocr_reason.wants_rendered_words)
        pictures = pages.pictures(session, job.version_id, [page.number for page in waiting])
    wanted = waiting[: context.settings.ocr.pages_max]
    problems: list[str] = []
    reader: _PictureReader | None = None
    try:
        with context.folder() as folder:
            source, is_rendered = context.drawing_source(job, context.version(job), folder)
            reader = _PictureReader(context, tesseract if is_usable else None, source)
            for page in wanted:
                problem = _read(context, job, reader, page, pictures.get(page.number), is_rendered)
                problems += [problem] if problem else []
    except (NotFound, OriginalDamaged, PictureError, PartMissing, PathError) as error:
        return _ended(context, job, error.message)  # what was read until then is kept
    has_more_words = reader is not None and reader.has_more_words
    return _ended(context, job, _told(problems, len(wanted), len(waiting), has_more_words))


def give_up(context: JobContext, job: Job) -> Recognised:
    """End a job that stopped its worker each time it was tried. Raises LeaseLost."""
    return _ended(context, job, _STOPPED)


def _told(problems: list[str], tried: int, waiting: int, has_more_words: bool) -> str:
    """Return what the version says of pictures that could not be read, "" where all could."""
    told = []
    if problems:
        told.append(f"{len(problems)} of {tried} pictures could not be read. {problems[0]}")
    if tried < waiting:
        told.append(_TOO_MANY.format(read=tried, count=waiting))
    told += [_MORE_WORDS] if has_more_words else []
    return " ".join(told)


def _ended(context: JobContext, job: Job, problem: str) -> Recognised:
    """Note what holds now that the pictures were read, and end the job."""
    with context.last_step(job) as session:
        category, message = ocr_results.finish(session, job.version_id, ENGINE, problem)
        version, document_id = pages.version(session, job.version_id)
        audit.record(session, WORKER, "document.ocr", document_id, category.value, message)
    if problem:
        logger.warning("OCR of %s (%s): %s", version.filename, document_id, problem)
    return Recognised(job.version_id, category, message, version.page_count)


def _read(
    context: JobContext,
    job: Job,
    reader: "_PictureReader",
    page: Page,
    picture: Picture | None,
    is_rendered: bool,
) -> str:
    """Read the picture of one page and keep its words; return why it could not be read, "" if it could."""
    try:
        seen = reader.words(page)
    except (OcrError, PictureError) as error:
        with context.step(job):  # the lease is kept; the page goes on waiting
            return error.message
    of_file = picture.words if picture else ()
    words = unknown(seen, of_file, page.ocr_reason is not OcrReason.BAD_TEXT)
    rendered = of_file if is_rendered and page.ocr_reason.wants_rendered_words else ()
    block = _joined(rendered_only(page, rendered), block_of(words))
    if block is not None:
        block = replace(block, language=detect_language(block.text, page.language))
    boxes: list[WordBox] = [word.box for word in words]
    with context.step(job) as session:
        ocr_results.save(session, job.version_id, page.number, block, boxes, ENGINE if words else _RENDERING)
    return ""


def _joined(first: Block | None, second: Block | None) -> Block | None:
    if first is None or second is None:
        return first or second
    return replace(first, paragraphs=(*first.paragraphs, *second.paragraphs))


class _PictureReader:
    """Reads pages of one file; without `tesseract` only words that the rendering has as text.

    `has_more_words` once a picture held more words than are kept.
    """

    def __init__(self, context: JobContext, tesseract: Path | None, source: Drawable) -> None:
        self._context = context
        self._tesseract = tesseract
        self._source = source
        self.has_more_words = False

    def words(self, page: Page) -> list[OcrWord]:
        """Return the words in the picture of a page. Raises OcrError and PictureError.

        A picture in which few of the letters are words is read once more upside down: Tesseract itself sees
        a page that lies on one of its sides, and so both are seen. A page of rubbish has no words.
        """
        if self._tesseract is None or page.ocr_reason is OcrReason.DRAWING:
            return []
        seen, sure, _ = self._reading(self._tesseract, page)
        if is_doubtful(seen, sure):
            seen_again, sure_again, scan = self._reading(self._tesseract, page, is_upside_down=True)
            if letter_count(sure_again) > letter_count(sure):
                seen, sure = seen_again, turned_back(sure_again, scan.width_pt, scan.height_pt)
        return [] if is_rubbish(seen, sure) else sure

    def _reading(
        self, tesseract: Path, page: Page, is_upside_down: bool = False
    ) -> tuple[list[OcrWord], list[OcrWord], DrawnPage]:
        """Return all words seen in a picture, the credible ones of them, and the picture."""
        settings = self._context.settings.ocr
        limits = draw_limits(self._context.settings)
        scan = draw_page(
            self._context.sandbox,
            self._source,
            page.number,
            settings.resolution_dpi,
            limits,
            is_upside_down,
        )
        data = language_data(page.language, installed_languages(tesseract))
        with self._context.folder() as folder:
            picture = folder / "page.webp"
            try:
                picture.write_bytes(scan.large)
            except OSError as error:
                raise StorageError(
                    "The picture of a page cannot be written. Free some space and try again."
                ) from error
            table = read_picture(tesseract, picture, folder, data, settings.resolution_dpi, settings)
        self.has_more_words |= has_more_words(table)
        seen = parse_words(table, scan.width_pt / scan.width_px)
        return seen, credible(seen, settings.confidence_min), scan
