"""What a version's pictures are drawn from."""

from pathlib import Path

from archive.ingest.jobs.context import JobContext
from archive.ingest.reading.convert import drawable
from archive.ingest.reading.draw_pages import Drawable
from archive.model.documents import Version
from archive.model.jobs import Job


def drawing_source(bench: JobContext, job: Job, version: Version, folder: Path) -> tuple[Drawable, bool]:
    """Return what is drawn, and whether LibreOffice made it (in `folder`) from the original.

    Raises NotFound where the original is gone, PictureError, PartMissing, PathError and StorageError.
    """
    original = bench.originals.path(version.original.sha256)
    source = drawable(original, version.original.media_type, folder, bench.office, bench.password(job))
    return source, source.path != original
