"""Puts together what imports need, for an archive that is open."""

from collections.abc import Callable, Sequence
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.events.known_names import all_people
from archive.catalogue.events.regions import all_regions
from archive.imports.fetching.fetch import Fetcher
from archive.imports.importing import Importing
from archive.imports.link_follower import LinkFollower
from archive.imports.link_taking import LinkTaking
from archive.imports.reading.page import Known, known_names, read_page
from archive.imports.reading_out import Reading
from archive.imports.sources.registry import SOURCES
from archive.ingest.reading.web_page import read_web_page
from archive.model.seminar_page import SeminarPage
from archive.settings import Settings
from archive.store.store import Store


def open_importing(database: Database, originals: Store, settings: Settings) -> Importing:
    """Return what reads seminars for an archive."""

    def known() -> Known:
        with database.read() as session:
            names = [name for _, name in all_people(session, str).values()]
            return known_names(names, all_regions(session))

    return Importing(database, originals, open_reading(settings, known, settings.data / "tmp"))


def open_reading(settings: Settings, known: Callable[[], Known], temporary: Path | None = None) -> Reading:
    """Return what fetches and reads, and keeps nothing; pages in a confined child.

    Args:
        settings: the bounds, and from where may be fetched.
        known: gives the names that pages are read with.
        temporary: the folder for work in progress; None is the system's.
    """

    def read(file: Path, address: str, content_type: str) -> SeminarPage:
        return read_page(read_web_page(settings, file, address, content_type), known())

    return Reading(Fetcher(settings.imports), read, SOURCES, temporary)


def open_link_follower(
    database: Database,
    originals: Store,
    settings: Settings,
    process: str,
    taken: Sequence[Callable[[], None]],
) -> LinkFollower:
    """Return the follower of an archive's links, not started yet.

    Args:
        database: where links and documents are.
        originals: where originals are kept.
        settings: the bounds of files and of time.
        process: the name of this process, by which its leases are known.
        taken: are called after something was taken in.
    """
    importing = open_importing(database, originals, settings)
    fetcher = Fetcher(settings.imports)
    taking = LinkTaking(database, originals, fetcher, importing, settings, f"{process}/links")
    return LinkFollower(taking, taken)
