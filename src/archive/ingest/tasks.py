"""What a worker does with one job: read a version's words, or make its pictures."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from archive.catalogue import documents, jobs, pages
from archive.catalogue.database import Database
from archive.errors import NotFound, PartMissing, PathError, PictureError, StorageError
from archive.ingest.detect import PDF
from archive.ingest.drawing import DrawnPage, draw_pages
from archive.ingest.isolate.base import Isolation, Limits
from archive.ingest.languages import with_languages
from archive.ingest.office import to_pdf
from archive.ingest.progress import Drawn, Extracted
from archive.ingest.reading import read_file
from archive.model import Category, DocumentKind, Extraction, Job, JobKind, Picture, Version
from archive.settings import Settings
from archive.store import Store

# Pictures of a PDF are recorded in steps, so that the first ones of a long report show early.
_PAGES_PER_STEP = 20
_DRAWABLE = (Category.OK, Category.OK_PARTIAL, Category.EMPTY_NEEDS_OCR)


class LeaseLost(Exception):
    """Another worker has the job now: whatever this one found out is dropped."""


def extract_limits(settings: Settings) -> Limits:
    """Return the bounds of reading one file's words."""
    bounds = settings.extract
    return Limits(
        wall_time_s=bounds.wall_time_s,
        cpu_time_s=bounds.cpu_time_s,
        memory_max_bytes=bounds.memory_max_bytes,
        output_max_bytes=bounds.output_max_bytes,
        pages_max=bounds.pages_max,
        page_text_max_chars=bounds.page_text_max_chars,
    )


def draw_limits(settings: Settings) -> Limits:
    """Return the bounds of drawing one file's pages."""
    return Limits(
        wall_time_s=settings.pictures.draw_wall_time_s,
        cpu_time_s=settings.pictures.draw_cpu_time_s,
        memory_max_bytes=settings.extract.memory_max_bytes,
        output_max_bytes=settings.pictures.output_max_bytes,
        pages_max=settings.extract.pages_max,
        page_text_max_chars=settings.extract.page_text_max_chars,
    )


class Tasks:
    """Does jobs, one at a time, each with the same isolation. `temporary` holds LibreOffice's folders."""

    def __init__(
        self,
        database: Database,
        originals: Store,
        pictures: Store,
        isolation: Isolation,
        settings: Settings,
        temporary: Path,
    ) -> None:
        self._database = database
        self._originals = originals
        self._pictures = pictures
        self._isolation = isolation
        self._settings = settings
        self._temporary = temporary

    def run(self, job: Job) -> Extracted | Drawn | None:
        """Do a job and record what came of it; None where the job had been given to somebody else.

        Raises StorageError, Busy and CatalogueError, after which the job waits to be done again.
        """
        try:
            return self._extract(job) if job.kind is JobKind.EXTRACT else self._draw(job)
        except LeaseLost:
            return None

    def give_up(self, job: Job) -> Extracted | Drawn | None:
        """Record that a job ended its worker each time it was tried."""
        message = "Reading the file stopped the worker each time it was tried."
        try:
            if job.kind is JobKind.EXTRACT:
                return self._save(job, Extraction(Category.CRASH, message=message))
            return self._finish_drawing(job, 0, "Making the pictures stopped the worker each time.")
        except LeaseLost:
            return None

    def _extract(self, job: Job) -> Extracted:
        with self._database.read() as session:
            version, _ = pages.version(session, job.version_id)
        try:
            path = self._originals.path(version.original.sha256)
            extraction = read_file(
                self._isolation, path, version.original.media_type, extract_limits(self._settings)
            )
        except (NotFound, PathError):
            # Not "damaged": that is for good, and this is mended by ingesting the file again.
            extraction = Extraction(
                Category.CRASH, message="The stored original is missing or cannot be opened."
            )
        return self._save(job, extraction)

    def _save(self, job: Job, untagged: Extraction) -> Extracted:
        extraction, language = with_languages(untagged)
        with self._database.write() as session:
            version, document_id = pages.version(session, job.version_id)
            pages.save_extraction(session, job.version_id, extraction, language, version.original.media_type)
            if version.original.media_type == PDF:
                documents.set_kind(session, document_id, _kind(extraction))
            if not jobs.finish(session, job):
                raise LeaseLost
        return Extracted(job.version_id, extraction.category, extraction.message, len(extraction.pages))

    def _draw(self, job: Job) -> Drawn:
        with self._database.read() as session:
            version, _ = pages.version(session, job.version_id)
        if version.category not in _DRAWABLE:
            return self._finish_drawing(job, 0, "There are no pictures because the file could not be read.")
        try:
            original = self._originals.path(version.original.sha256)
            if version.original.media_type == PDF:
                return self._finish_drawing(job, *self._draw_pdf(job, original))
            drawn = self._draw_deck(job, version, original)
        except NotFound:
            return self._finish_drawing(job, 0, "The stored original is missing. Ingest the file again.")
        except (PictureError, PartMissing, PathError) as error:
            return self._finish_drawing(job, 0, error.message)
        return self._finish_drawing(job, drawn, "")

    def _draw_pdf(self, job: Job, pdf: Path) -> tuple[int, str]:
        """Draw every page; return how many were drawn and why some are missing. Good pictures are kept."""
        waiting: list[Picture] = []
        count, message = 0, ""
        try:
            for page in self._pages(pdf):
                waiting.append(self._store(page))
                count += 1
                if len(waiting) >= _PAGES_PER_STEP:
                    self._record(job, waiting)
                    waiting = []
        except PictureError as error:
            message = error.message
        self._record(job, waiting)
        return count, message

    def _draw_deck(self, job: Job, version: Version, deck: Path) -> int:
        """Draw every slide; return how many. They are kept only if there is one for each slide."""
        with self._folder() as folder:
            pdf = to_pdf(deck, folder, self._settings.pictures)
            self._record(job, [])
            drawn = [self._store(page) for page in self._pages(pdf)]
        if len(drawn) != version.page_count:
            raise PictureError(
                f"LibreOffice drew {len(drawn)} pictures of {version.page_count} slides, so none is shown."
            )
        self._record(job, drawn)
        return len(drawn)

    def _pages(self, pdf: Path) -> Iterator[DrawnPage]:
        return draw_pages(self._isolation, pdf, draw_limits(self._settings), self._settings.pictures)

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        """Give an empty folder that goes away again."""
        try:
            made = tempfile.TemporaryDirectory(dir=self._temporary, ignore_cleanup_errors=True)
        except OSError as error:
            raise StorageError(
                "The archive's folder cannot be written. Free some space or mend its rights; try again."
            ) from error
        with made as name:
            yield Path(name)

    def _store(self, page: DrawnPage) -> Picture:
        large = self._pictures.put_bytes(page.large)
        small = self._pictures.put_bytes(page.small)
        return Picture(
            number=page.number,
            width_pt=page.width_pt,
            height_pt=page.height_pt,
            width_px=page.width_px,
            height_px=page.height_px,
            large_sha256=large.sha256,
            small_sha256=small.sha256,
            words=page.words,
        )

    def _record(self, job: Job, pictures: list[Picture]) -> None:
        """Keep pictures, and the lease for as long again."""
        with self._database.write() as session:
            for picture in pictures:
                pages.save_picture(session, job.version_id, picture)
            if not jobs.renew(session, job, datetime.now(UTC), self._settings.lease_s):
                raise LeaseLost

    def _finish_drawing(self, job: Job, drawn: int, message: str) -> Drawn:
        with self._database.write() as session:
            pages.finish_pictures(session, job.version_id, message)
            if not jobs.finish(session, job):
                raise LeaseLost
        return Drawn(job.version_id, drawn, message)


def _kind(extraction: Extraction) -> DocumentKind:
    """Tell a deck saved as PDF from a report: slides lie, reports stand."""
    lying = sum(page.width_pt > page.height_pt for page in extraction.pages)
    return DocumentKind.DECK if lying * 2 > len(extraction.pages) else DocumentKind.REPORT
