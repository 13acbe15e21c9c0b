"""Puts together what imports need, for an archive that is open: sources in their order, threads that read."""

import logging
import threading
import time
import tomllib
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Protocol

from archive.catalogue.database.database import Database
from archive.catalogue.events.known_names import all_people
from archive.catalogue.events.regions import all_regions
from archive.errors import ArchiveError
from archive.imports.fetching.fetch import Fetcher
from archive.imports.importing import Importing
from archive.imports.known import Known, known_names
from archive.imports.link_taking import LinkTaking
from archive.imports.reading_out import ImportReading
from archive.imports.reading_taking import ReadingTaking
from archive.imports.rules_apart import read_apart
from archive.imports.sources.base import Source
from archive.imports.sources.csv_file import CsvSource
from archive.imports.sources.indico import IndicoSource
from archive.imports.sources.pretalx import PretalxSource
from archive.imports.sources.seminar_file import SeminarFileSource
from archive.ingest.reading.web_page import read_web_page
from archive.model.events import Region
from archive.model.seminar_pages.seminar_page import SeminarPage
from archive.settings.settings import Settings
from archive.store.store import Store

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 1.0
_STOP_S = 30.0

SOURCES: tuple[Source, ...] = (SeminarFileSource(), CsvSource(), IndicoSource(), PretalxSource())


class WaitingWork(Protocol):
    """Does what is waited for."""

    def take_all(self, is_stopping: Callable[[], bool] = ...) -> int:
        """Do all there is to do, until `is_stopping`; return how much has come to an end."""
        ...


class ImportFollower:
    """Does what is queued of imports, soon after it is queued.

    Args:
        taking: does it.
        name: of the thread, such as "links".
        taken: are called after something was taken in: there are jobs to do and changes to index.
    """

    def __init__(self, taking: WaitingWork, name: str, taken: Sequence[Callable[[], None]]) -> None:
        self._taking = taking
        self._taken = taken
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name=f"import-{name}", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread after what it is at; where that takes long, its lease runs out."""
        self._stopping.set()
        self._thread.join(_STOP_S)

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._taking.take_all(self._stopping.is_set):
                    for call in self._taken:
                        call()
            except ArchiveError as error:
                logger.warning("Imports cannot be worked on just now: %s", error.message)
            except Exception:
                logger.exception("Imports could not be worked on.")
            self._stopping.wait(_LOOK_EVERY_S)


def open_importing(database: Database, originals: Store, settings: Settings) -> Importing:
    """Return what reads seminars for an archive."""

    def known() -> Known:
        with database.read() as session:
            names = [name for _, name in all_people(session, str).values()]
            return known_names(names, all_regions(session))

    return Importing(database, originals, open_reading(settings, known, settings.data / "tmp"))


def open_reading(
    settings: Settings, known: Callable[[], Known], temporary: Path | None = None
) -> ImportReading:
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

    return ImportReading(Fetcher(settings.imports), read, SOURCES, temporary)


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


def standard_regions() -> tuple[Region, ...]:
    """Return the regions of `regions.toml`, in its order."""
    data = resources.files("archive.catalogue").joinpath("regions.toml").read_text("utf-8")
    return tuple(
        Region(entry["code"], entry["name"], tuple(entry.get("alternative_names", ())), entry.get("broader"))
        for entry in tomllib.loads(data)["region"]
    )
