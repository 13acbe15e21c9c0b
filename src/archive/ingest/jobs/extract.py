"""The job of reading a version's words."""

from pathlib import Path

from archive.catalogue import audit, documents, jobs, pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.reuse import duplicates, signatures
from archive.errors import NotFound, OriginalDamaged, PathError
from archive.ingest.filetypes.detect import DECKS
from archive.ingest.jobs.context import WORKER, JobContext
from archive.ingest.ocr.tesseract import can_read
from archive.ingest.progress import Extracted
from archive.ingest.reading.convert import read_original
from archive.ingest.reading.languages import with_languages
from archive.ingest.reading.limits import extract_limits
from archive.model.documents import DocumentKind, Version
from archive.model.extraction import Extraction, Outcome
from archive.model.jobs import Job, JobKind
from archive.model.pages import OcrReason
from archive.review.near_duplicates import sketch_of_pages

_LOST = "The stored original is missing or cannot be opened."


def extract(context: JobContext, job: Job) -> Extracted:
    """Read the words of a version and keep them. Raises LeaseLost, StorageError, Busy and CatalogueError."""
    version = context.version(job)
    try:
        path = context.originals.path(version.original.sha256)
        with context.folder() as folder:
            extraction = _read(context, path, version.original.media_type, folder, context.password(job))
    except (NotFound, PathError, OriginalDamaged):
        # Not "damaged": that is for good, and this is mended by ingesting the file again.
        extraction = Extraction(Outcome.CRASH, message=_LOST)
    return save(context, job, extraction)


def _read(context: JobContext, original: Path, media_type: str, folder: Path, password: str) -> Extraction:
    limits = extract_limits(context.settings)
    return read_original(context.sandbox, original, media_type, folder, context.office, limits, password)


def save(context: JobContext, job: Job, untagged: Extraction) -> Extracted:
    """Keep what was read, ask for OCR where it may find more, and end the job. Raises LeaseLost."""
    extraction, language = with_languages(untagged)
    sketch = sketch_of_pages(extraction.pages)
    with context.last_step(job) as session:
        version, document_id = pages.version(session, job.version_id)
        pages.save_extraction(session, job.version_id, extraction, language, version.original.media_type)
        duplicates.save(session, job.version_id, sketch)
        signatures.forget_document(session, document_id)
        _set_kind(session, document_id, version, extraction)
        outcome = extraction.category.value
        audit.record(session, WORKER, "document.read", document_id, outcome, extraction.message)
        reasons = {page.ocr_reason for page in extraction.pages} - {OcrReason.NONE}
        if any(reason.wants_rendered_words for reason in reasons) or (
            reasons and can_read(context.settings.ocr.command)
        ):
            jobs.queue(session, job.version_id, JobKind.OCR)
    return Extracted(job.version_id, extraction.category, extraction.message, len(extraction.pages))


def _set_kind(session: Session, document_id: str, version: Version, extraction: Extraction) -> None:
    """Tell a deck in another format (a PDF, say) from a report: slides are landscape, reports portrait."""
    if version.original.media_type in DECKS:
        return
    landscape_count = sum(page.width_pt > page.height_pt for page in extraction.pages)
    is_deck = landscape_count * 2 > len(extraction.pages)
    documents.set_kind(session, document_id, DocumentKind.DECK if is_deck else DocumentKind.REPORT)
