"""Work in the background: jobs, files that come in, and the index that follows; in one process or in several.

A process that serves does all of it unless told otherwise. `archive worker` does all but the index, and
`archive indexer` the index alone. They find each other through the catalogue: jobs are leased, and what only
one may do goes by turns.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Final, Protocol

from archive.catalogue.database.database import Database
from archive.imports.opening import open_followers
from archive.index.follower import IndexFollower
from archive.index.indexer import Indexer
from archive.index.turns import index_turn
from archive.ingest.jobs.run import open_runner
from archive.ingest.presence import Presence, present
from archive.ingest.progress import Reporter
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.ingest.signing import SigningFollower
from archive.ingest.workers import WorkerPool
from archive.model.processes import ProcessKind
from archive.search.service import SearchService
from archive.settings.settings import Settings
from archive.store.store import Store
from archive.uploads.follower import open_follower
from archive.uploads.receiving import Receiving

logger = logging.getLogger(__name__)

_LOOK_EVERY_S: Final = 0.2
_STANDS_STILL_S: Final = 60.0


class WorkingParts(Protocol):
    """The parts of an archive that work in the background needs."""

    @property
    def settings(self) -> Settings:
        """Return the archive's settings."""

    @property
    def database(self) -> Database:
        """Return the catalogue."""

    @property
    def originals(self) -> Store:
        """Return where originals are."""

    @property
    def pictures(self) -> Store:
        """Return where pictures are."""

    @property
    def indexer(self) -> Indexer:
        """Return what writes the index."""

    @property
    def search(self) -> SearchService:
        """Return what searches."""

    @property
    def receiving(self) -> Receiving:
        """Return where uploads come in."""


@contextmanager
def working(
    parts: WorkingParts, reporter: Reporter, passwords: Mapping[str, str], kind: ProcessKind
) -> Iterator[WorkerPool]:
    """Do jobs and take in what comes while the context lasts; also follow with the index, but in a WORKER.

    Args:
        parts: The archive.
        reporter: What is called at every step of a job.
        passwords: By version, what opens locked files; {}: what staff type in meanwhile.
        kind: What this process is there for.

    Raises:
        ArchiveError: SettingsError where the chosen isolation is not available, StorageError, Busy …
    """
    # Each thread opens its own; this only checks that they will be able to.
    open_sandbox(parts.settings.extract.isolation).close()
    with ExitStack() as stack:
        presence = stack.enter_context(_present(parts, kind))
        changed = _nobody
        if kind is not ProcessKind.WORKER:
            changed = stack.enter_context(_following(parts)).changed
        pool = _pool(parts, reporter, passwords, presence, changed)
        pool.start()
        stack.callback(pool.stop)
        taken = (pool.wake, changed)
        bytes_in = (parts.database, parts.originals)
        uploads = open_follower(*bytes_in, parts.search, parts.receiving, parts.settings, taken)
        imports = open_followers(*bytes_in, parts.settings, presence.name, taken)
        signing = SigningFollower(parts.database, parts.pictures, parts.settings)
        for each in (uploads, *imports, signing):
            each.start()
            stack.callback(each.stop)
        yield pool


@contextmanager
def indexing(parts: WorkingParts) -> Iterator[IndexFollower]:
    """Follow the catalogue with the index while the context lasts, as soon as no other process does."""
    with _present(parts, ProcessKind.INDEXER), _following(parts) as follower:
        yield follower


def follow_to_the_end(parts: WorkingParts) -> None:
    """Wait until the index has followed all changes; write it where no other process does."""
    with index_turn(parts.database, parts.settings).closing() as turn:
        behind, since_s = 0, time.monotonic()
        while not turn.is_ours():
            now_behind = parts.indexer.lag()
            if now_behind <= 0:
                return
            if now_behind != behind:
                behind, since_s = now_behind, time.monotonic()
            elif time.monotonic() - since_s > _STANDS_STILL_S:
                logger.warning(
                    "The process that writes the index has not followed for a minute; %d changes wait.",
                    behind,
                )
                return
            time.sleep(_LOOK_EVERY_S)
        parts.indexer.catch_up()
        parts.indexer.compact(lambda: False)


def _present(parts: WorkingParts, kind: ProcessKind) -> AbstractContextManager[Presence]:
    folder = parts.settings.data / "workers"
    return present(parts.database, folder, kind, parts.settings.database)


@contextmanager
def _following(parts: WorkingParts) -> Iterator[IndexFollower]:
    follower = IndexFollower(parts.indexer, turn=index_turn(parts.database, parts.settings))
    follower.start()
    try:
        yield follower
    finally:
        follower.stop()


def _pool(
    parts: WorkingParts,
    reporter: Reporter,
    passwords: Mapping[str, str],
    presence: Presence,
    changed: Callable[[], None],
) -> WorkerPool:
    settings, opens = parts.settings, passwords or parts.receiving.passwords
    return WorkerPool(
        parts.database,
        lambda: open_runner(parts.database, parts.originals, parts.pictures, settings, opens),
        presence,
        settings.workers,
        settings.lease_s,
        settings.attempts_max,
        reporter,
        changed,
        settings.stop_time_s,
    )


def _nobody() -> None:
    """Tell nobody of a change: the process that follows looks by itself."""
