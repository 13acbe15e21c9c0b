"""The job of making a version's pictures."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from archive.catalogue import audit, pages
from archive.catalogue.reuse import greys, signatures
from archive.errors import NotFound, OriginalDamaged, PartMissing, PathError, PictureError, TooLarge
from archive.ingest.extractors.base import DrawnPage
from archive.ingest.filetypes.media_types import FLOWING
from archive.ingest.jobs.context import WORKER, JobContext
from archive.ingest.progress import Drawn
from archive.ingest.reading.draw_pages import Drawable, draw_pages
from archive.ingest.reading.limits import draw_limits
from archive.model.documents import Version
from archive.model.extraction import Outcome
from archive.model.jobs import Job
from archive.model.pages import Picture

logger = logging.getLogger(__name__)

# Pictures of a PDF are recorded in steps, so that the first ones of a long report show early.
_PAGES_PER_STEP = 20
_Stored = tuple[Picture, bytes]
"""A picture in the store, and the same in grey (`catalogue/reuse/greys.py`)."""
_NOT_READ = "There are no pictures because the file could not be read."
_DRAWABLE = (Outcome.OK, Outcome.OK_PARTIAL, Outcome.EMPTY_NEEDS_OCR)


def render(context: JobContext, job: Job) -> Drawn:
    """Draw the pages of a version. Raises LeaseLost, StorageError, Busy and CatalogueError."""
    version = context.version(job)
    if version.category not in _DRAWABLE:
        return finish(context, job, 0, _NOT_READ)
    if version.original.media_type in FLOWING:
        return finish(context, job, 0, "")
    try:
        with context.folder() as folder:
            source, is_converted = context.drawing_source(job, version, folder)
            if not is_converted:
                return finish(context, job, *_draw_as_it_is(context, job, source))
            drawn = _draw_converted(context, job, version, source)
            kept = _kept(context, source.path)
    except (NotFound, OriginalDamaged):
        return finish(context, job, 0, "The stored original is missing or damaged. Ingest the file again.")
    except PartMissing as error:
        return finish(context, job, 0, error.message, is_part_missing=True)  # `status` says so, once for all
    except (PictureError, PathError) as error:
        return finish(context, job, 0, error.message)
    return finish(context, job, drawn, "", kept)


def finish(
    context: JobContext,
    job: Job,
    drawn: int,
    message: str,
    drawn_sha256: str = "",
    is_part_missing: bool = False,
) -> Drawn:
    """Note that the pictures are done, or with `message` why some are missing, and end the job.

    `drawn_sha256` names the PDF that LibreOffice made: single pages are cut out of it for those who ask.
    """
    with context.last_step(job) as session:
        signatures.forget(session, job.version_id)
        pages.finish_pictures(session, job.version_id, message, drawn_sha256)
        version, document_id = pages.version(session, job.version_id)
        outcome = "not whole" if message else "drawn"
        audit.record(session, WORKER, "document.draw", document_id, outcome, message)
    if message not in ("", _NOT_READ) and not is_part_missing:
        logger.warning("Pictures of %s (%s): %s", version.filename, document_id, message)
    return Drawn(job.version_id, drawn, message)


def _draw_as_it_is(context: JobContext, job: Job, source: Drawable) -> tuple[int, str]:
    """Draw every page; return how many were drawn and why some are missing. Good pictures are kept."""
    waiting: list[_Stored] = []
    count, message = 0, ""
    try:
        with _pages(context, source) as drawn:
            for page in drawn:
                waiting.append(_stored(context, page))
                count += 1
                if len(waiting) >= _PAGES_PER_STEP:
                    _record(context, job, waiting)
                    waiting = []
    except PictureError as error:
        message = error.message
    _record(context, job, waiting)
    return count, message


def _draw_converted(context: JobContext, job: Job, version: Version, source: Drawable) -> int:
    """Draw what LibreOffice made of a file; return how many pages. All are kept, if each has its picture."""
    _record(context, job, [])
    with _pages(context, source) as pages_drawn:
        drawn = [_stored(context, page) for page in pages_drawn]
    if len(drawn) != version.page_count:
        raise PictureError(
            f"LibreOffice drew {len(drawn)} pictures of {version.page_count} pages, so none is shown."
        )
    _record(context, job, drawn)
    return len(drawn)


def _kept(context: JobContext, converted: Path) -> str:
    """Keep what LibreOffice made and return its SHA-256; "" where it is larger than any original may be."""
    try:
        return context.pictures.put_file(converted, context.settings.extract.file_max_bytes).sha256
    except TooLarge:
        return ""


def _pages(context: JobContext, source: Drawable) -> AbstractContextManager[Iterator[DrawnPage]]:
    return draw_pages(context.sandbox, source, draw_limits(context.settings), context.settings.pictures)


def _stored(context: JobContext, page: DrawnPage) -> _Stored:
    large = context.pictures.put_bytes(page.large)
    small = context.pictures.put_bytes(page.small)
    picture = Picture(
        number=page.number,
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        width_px=page.width_px,
        height_px=page.height_px,
        large_sha256=large.sha256,
        small_sha256=small.sha256,
        words=page.words,
    )
    return picture, page.grey


def _record(context: JobContext, job: Job, pictures: list[_Stored]) -> None:
    """Keep pictures, and the lease for as long again."""
    with context.step(job) as session:
        for picture, grey in pictures:
            pages.save_picture(session, job.version_id, picture)
            session.flush()
            greys.save(session, job.version_id, picture.number, grey)
