"""Puts together what imports need, for an archive that is open."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.events.known_names import all_people
from archive.catalogue.events.regions import all_regions
from archive.imports.fetching.fetch import Fetcher
from archive.imports.import_follower import ImportFollower
from archive.imports.importing import Importing
from archive.imports.link_taking import LinkTaking
from archive.imports.reading.page import Known, known_names
from archive.imports.reading_out import Reading
from archive.imports.reading_taking import ReadingTaking
from archive.imports.rules_apart import read_apart
from archive.imports.sources.registry import SOURCES
from archive.ingest.reading.web_page import read_web_page
from archive.model.seminar_pages.seminar_page import SeminarPage
from archive.settings.settings import Settings
from archive.store.store import Store


def open_importing(database: Database, originals: Store, settings: Settings) -> Importing:
    """Return what reads seminars for an archive."""

    def known() -> Known:
        with database.read() as session:
            names = [name for _, name in all_people(session, str).values()]
            return known_names(names, all_regions(session))

    return Importing(database, originals, open_reading(settings, known, settings.data / "tmp"))


def open_reading(settings: Settings, known: Callable[[], Known], temporary: Path | None = None) -> Reading:
    """Return what fetches and reads, and keeps nothing; pages and rules in child processes.

    Args:
        settings: the bounds, and from where may be fetched.
        known: gives the names that pages are read with.
        temporary: the folder for work in progress; None is the system's.
    """

    def read(file: Path, address: str, content_type: str) -> SeminarPage:
        time_s = settings.imports.read_time_s
        ends_s = time.monotonic() + time_s
        outline = read_web_page(settings, file, address, content_type, time_s)
        left_s = ends_s - time.monotonic()
        return read_apart(outline, known(), left_s, settings.extract.memory_max_bytes)

    return Reading(Fetcher(settings.imports), read, SOURCES, temporary)


def open_followers(
    database: Database,
    originals: Store,
    settings: Settings,
    process: str,
    taken: Sequence[Callable[[], None]],
) -> tuple[ImportFollower, ImportFollower]:
    """Return the followers of an archive's imports, not started yet: of what is to be read, and of links.

    They are two, so that nobody who waits for a page waits for the decks of another.

    Args:
        database: where imports and documents are.
        originals: where originals are kept.
        settings: the bounds of files and of time.
        process: the name of this process, by which its leases are known.
        taken: are called after something was taken in.
    """
    importing = open_importing(database, originals, settings)
    reading = ReadingTaking(database, importing, settings, f"{process}/readings")
    fetcher = Fetcher(settings.imports)
    links = LinkTaking(database, originals, fetcher, importing, settings, f"{process}/links")
    return ImportFollower(reading, "readings", ()), ImportFollower(links, "links", taken)
