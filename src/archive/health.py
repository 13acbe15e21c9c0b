"""The state of an archive: whether its parts work, what is pending or missing, and what is damaged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from archive.catalogue import jobs, statistics
from archive.catalogue.database.database import Database
from archive.catalogue.database.readability import TableState, unreadable_tables, whole_documents
from archive.catalogue.erasing import erasures
from archive.catalogue.journal import chain
from archive.disk.data_folder import exposed
from archive.errors import ArchiveError, SearchAway, SettingsError, StorageAway, StorageRefused
from archive.index.discarding import Holdings
from archive.index.engine import SearchEngine
from archive.index.indexer import REBUILD, Indexer
from archive.index.query import MatchAll
from archive.index.search import Scope
from archive.model.jobs import JobKind
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.store.store import Store


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the parts of an archive answer, what waits, and which system parts are missing.

    `index_lag` is how many changes the index is behind the catalogue. `exposed` are the folders that other
    users of the machine may read. `advice`: what staff are to do so that searches work, "" for nothing.
    """

    database_ok: bool
    index_ok: bool
    index_lag: int
    pending: dict[JobKind, int]
    is_reduced_isolation: bool
    protections: tuple[str, ...]
    missing_parts: tuple[str, ...]
    exposed: tuple[Path, ...] = ()
    advice: str = ""

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
    search_advice = REBUILD
    try:
        lag = indexer.lag()
        index_ok = not indexer.reason_to_rebuild(thorough=False)
    except SearchAway as error:
        index_ok, search_advice = False, error.message
    except ArchiveError:
        index_ok = False
    reduced, protections = _isolation(settings.extract.isolation)
    return Health(
        database_ok,
        index_ok,
        lag,
        pending,
        reduced,
        protections,
        missing_parts(settings),
        exposed(settings.data),
        _advice(database_ok, "" if index_ok else search_advice),
    )


def _advice(database_ok: bool, of_index: str) -> str:
    return of_index if database_ok else "Run `archive verify`."


def find_problems(
    database: Database, originals: Store, pictures: Store, engine: SearchEngine, indexer: Indexer
) -> Iterator[str]:
    """Check the database, every original and picture, and the index; yield what is wrong, one line each.

    Repairs nothing, but lets the index follow the catalogue before the two are compared.
    """
    damages = list(catalogue_damages(database))
    yield from damages
    if damages:
        yield from stored_problems(originals)
        return
    yield from _without_document(database, originals)
    with database.read() as session:
        of_journal = (*chain.problems(session), *erasures.interrupted(session))
    yield from of_journal
    with database.read() as session:
        of_originals = list(statistics.original_digests(session))
        of_pictures = list(statistics.picture_digests(session))
    yield from _damaged("Original", originals, of_originals)
    yield from _damaged("Picture", pictures, of_pictures)
    yield from index_problems(database, engine, indexer)


def stored_problems(originals: Store) -> Iterator[str]:
    """Check the originals without a catalogue: yield those without their bytes, and how many have them."""
    held = list(originals.digests())
    damaged = list(_damaged("Original", originals, held))
    yield from damaged
    yield f"Originals: {len(held) - len(damaged)} of the {len(held)} files in the store have their bytes."


def catalogue_damages(database: Database) -> Iterator[str]:
    """Yield what is damaged in the catalogue, and last what can still be read."""
    told = []
    try:
        database.check()
    except ArchiveError as error:
        told.append(f"Catalogue: {error.message}")
    try:
        with database.read() as session:
            for state in unreadable_tables(session):
                told.append(_told(state))
            whole = whole_documents(session) if told else None
    except ArchiveError:
        whole = None
    yield from told
    if whole:
        yield f"Catalogue: {whole[0]} of {whole[1]} documents can still be read whole."


def _told(state: TableState) -> str:
    if state.unreadable is None:
        return f"Catalogue: the table {state.table} cannot be read."
    return (
        f"Catalogue: {len(state.unreadable)} of {state.rows} rows of the table {state.table} cannot be read."
    )


def _without_document(database: Database, originals: Store) -> Iterator[str]:
    unknown = Holdings(database, originals).unknown()
    if unknown:
        yield (
            f"Catalogue: {len(unknown)} originals in the store have no document ({unknown[0][:12]} …). "
            "Ingest the files again, or restore the catalogue from a backup."
        )


def _damaged(name: str, store: Store, digests: Iterable[str]) -> Iterator[str]:
    for digest in digests:
        try:
            store.verify(digest)
        except (StorageAway, StorageRefused) as error:  # the same would be said of every other
            yield f"{name}s: {error.message}"
            return
        except ArchiveError as error:
            yield f"{name} {digest[:12]}: {error.message}"


def index_problems(database: Database, engine: SearchEngine, indexer: Indexer) -> Iterator[str]:
    """Let the index follow the catalogue, then yield where the two disagree."""
    try:
        engine.check()
        indexer.catch_up()
        with database.read() as session:
            expected = statistics.indexable(session)
        everything = Scope(max_rank=Visibility.STAFF.rank)
        for document_id, page_count in expected.items():
            indexed = len(engine.matching_pages(MatchAll(), everything, document_id))
            if indexed != page_count:
                yield f"Index: document {document_id} has {indexed} of {page_count} pages. {REBUILD}"
        surplus = engine.counts()[0] - sum(1 for count in expected.values() if count)
        if surplus > 0:
            yield f"Index: {surplus} documents that the catalogue does not have. {REBUILD}"
    except ArchiveError as error:
        yield f"Index: {error.message}"


@lru_cache
def _isolation(choice: Literal["auto", "forking", "fresh"]) -> tuple[bool, tuple[str, ...]]:
    """Return whether the isolation is reduced, and its protections; cached, as the kernel does not change."""
    from archive.ingest.sandbox.open_sandbox import open_sandbox

    try:
        isolation = open_sandbox(choice)
    except SettingsError:
        return True, ()
    try:
        return isolation.reduced, isolation.protections
    finally:
        isolation.close()


def missing_parts(settings: Settings) -> tuple[str, ...]:
    """Return the missing system parts by Debian package name (system-packages.txt)."""
    from archive.ingest.libreoffice.finding import find_office, has_writer
    from archive.ingest.ocr.tesseract import find_tesseract, installed_languages

    office = find_office(settings.pictures.office_command)
    languages = installed_languages(tesseract) if (tesseract := find_tesseract(settings.ocr.command)) else ()
    is_installed = {
        "libreoffice-impress-nogui": office is not None,
        "libreoffice-writer-nogui": office is not None and has_writer(office),
        "tesseract-ocr": tesseract is not None,
        "tesseract-ocr-swe": "swe" in languages,
    }
    return tuple(name for name, is_present in is_installed.items() if not is_present)
