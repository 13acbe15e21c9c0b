"""The health of an archive: whether its parts answer, what waits, and what is missing."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from archive.catalogue import jobs
from archive.catalogue.database.database import Database
from archive.errors import ArchiveError, SettingsError
from archive.index.indexer import Indexer
from archive.model.jobs import JobKind
from archive.settings import Settings


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the parts of an archive answer, what waits, and which system parts are missing.

    `index_lag` is how many changes the index is behind the catalogue.
    """

    database_ok: bool
    index_ok: bool
    index_lag: int
    pending: dict[JobKind, int]
    is_reduced_isolation: bool
    protections: tuple[str, ...]
    missing_parts: tuple[str, ...]

    @property
    def is_ok(self) -> bool:
        """Return whether searches work."""
        return self.database_ok and self.index_ok


def check_health(database: Database, indexer: Indexer, settings: Settings) -> Health:
    """Check every part without changing anything; a part that fails is reported, never raised."""
    database_ok, index_ok, lag = True, True, 0
    pending: dict[JobKind, int] = {}
    try:
        with database.read() as session:
            pending = jobs.pending(session)
    except ArchiveError:
        database_ok = False
    try:
        lag = indexer.lag()
        index_ok = not indexer.reason_to_rebuild(thorough=False)
    except ArchiveError:
        index_ok = False
    reduced, protections = _isolation(settings.extract.isolation)
    return Health(database_ok, index_ok, lag, pending, reduced, protections, _missing_parts(settings))


@lru_cache
def _isolation(choice: Literal["auto", "forking", "fresh"]) -> tuple[bool, tuple[str, ...]]:
    """Return whether the isolation in force is reduced, and its protections: the kernel does not change."""
    from archive.ingest.sandbox.open_sandbox import open_sandbox

    try:
        isolation = open_sandbox(choice)
    except SettingsError:
        return True, ()
    try:
        return isolation.reduced, isolation.protections
    finally:
        isolation.close()


def _missing_parts(settings: Settings) -> tuple[str, ...]:
    """Return the missing system parts by Debian package name (system-packages.txt)."""
    from archive.ingest.libreoffice.finding import find_office, has_writer
    from archive.ingest.ocr.tesseract import find_tesseract, installed_languages

    office = find_office(settings.pictures.office_command)
    languages = installed_languages(tesseract) if (tesseract := find_tesseract(settings.ocr.command)) else ()
    is_found = {
        "libreoffice-impress-nogui": office is not None,
        "libreoffice-writer-nogui": office is not None and has_writer(office),
        "tesseract-ocr": tesseract is not None,
        "tesseract-ocr-swe": "swe" in languages,
    }
    return tuple(name for name, found in is_found.items() if not found)
