"""Puts together what imports need, for an archive that is open."""

from collections.abc import Callable, Sequence
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.events.known_names import all_people
from archive.catalogue.events.regions import all_regions
from archive.imports.fetching.fetch import Fetcher
from archive.imports.importing import Importing, ReadPage
from archive.imports.link_follower import LinkFollower
from archive.imports.link_taking import LinkTaking
from archive.imports.sources.registry import SOURCES
from archive.model.seminar_page import SeminarPage
from archive.settings import Settings
from archive.store import Store


def open_importing(database: Database, originals: Store, settings: Settings) -> Importing:
    """Return what reads seminars for an archive."""
    fetcher = Fetcher(settings.imports)
    read = page_reader(database, settings)
    return Importing(database, originals, fetcher, read, SOURCES, settings.data / "tmp")


def page_reader(database: Database, settings: Settings) -> ReadPage:
    """Return what reads web pages: in a confined child, with the names that the archive knows."""

    def read(file: Path, address: str, content_type: str) -> SeminarPage:
        from archive.imports.reading.page import known_names, read_page
        from archive.ingest.reading.web_page import read_web_page

        outline = read_web_page(settings, file, address, content_type)
        with database.read() as session:
            names = [name for _, name in all_people(session, str).values()]
            known = known_names(names, all_regions(session))
        return read_page(outline, known)

    return read


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
