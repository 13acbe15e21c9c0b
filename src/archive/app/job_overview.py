"""What became of the files, in one answer: work, failures, how far behind the index is, disk, missing parts.

The page of jobs, `archive jobs` and the metrics show it. What costs more than a few rows (the disk, what is
installed, totals of all documents) is kept for a minute.
"""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from typing import Generic, TypeVar

from archive.catalogue import audit, changes
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.operation import failed, incoming, running, totals
from archive.catalogue.operation.failed import FailedCategory
from archive.catalogue.operation.incoming import RefusedFile, WaitingLinks, WaitingUploads
from archive.catalogue.operation.running import DocumentJob, WaitingJobs
from archive.catalogue.operation.totals import DocumentTotals, FailedCounts, StoredTotals
from archive.catalogue.outcomes import refusals
from archive.errors import ArchiveError, NotFound, StorageError
from archive.health import missing_parts
from archive.index.engine import SearchEngine
from archive.index.indexer import Indexer
from archive.ingest.intake.sources import is_there
from archive.model.extraction import Outcome
from archive.settings.settings import Settings
from archive.store.store import Store

KEPT_S = 60.0
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class IndexLag:
    """How far the index is behind the catalogue: in changes, and by the age of the oldest."""

    changes: int
    seconds: float
    is_ok: bool


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes of each part. Those of pictures are estimated from a sample: their sizes are not catalogued."""

    originals_bytes: int
    pictures_bytes: int
    index_bytes: int
    free_bytes: int


@dataclass(frozen=True, slots=True)
class JobOverview:
    """The state of all work at one moment.

    `failed` has the documents that were not read in whole, by outcome. Jobs that ended their worker each time
    and of which no worker has noted that yet are in `set_aside`. `refused` has the files that were not taken
    in, by the reason's code; those of ingests for as long as they lie where they were.
    """

    at: datetime
    running: tuple[DocumentJob, ...]
    waiting: tuple[WaitingJobs, ...]
    failed: dict[Outcome, FailedCategory]
    set_aside: tuple[DocumentJob, ...]
    lag: IndexLag
    disk: DiskUse
    missing_parts: tuple[str, ...]
    uploads: tuple[WaitingUploads, ...] = ()
    links: tuple[WaitingLinks, ...] = ()
    refused: dict[str, list[RefusedFile]] = field(default_factory=dict)

    @property
    def unread_count(self) -> int:
        """Return how many documents were not read at all."""
        return sum(one.count for category, one in self.failed.items() if not category.is_read)

    @property
    def set_aside_count(self) -> int:
        """Return how many documents ended their reader each time they were tried."""
        return sum(one.set_aside_count for one in self.failed.values()) + len(self.set_aside)


class _Kept(Generic[Value]):
    """A value that is made again when it is older than a minute; one thread makes it, others wait."""

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._kept: tuple[float, Value] | None = None

    def get(self) -> Value:
        with self._lock:
            now_s = time.monotonic()
            if self._kept is None or now_s - self._kept[0] >= KEPT_S:
                self._kept = now_s, self._make()
            return self._kept[1]


class Overviews:
    """Makes overviews of one archive. Safe for several threads."""

    def __init__(
        self, database: Database, pictures: Store, engine: SearchEngine, indexer: Indexer, settings: Settings
    ) -> None:
        self._database = database
        self._pictures = pictures
        self._engine = engine
        self._indexer = indexer
        self._settings = settings
        self._disk = _Kept(self._measure)
        self._parts = _Kept(lambda: missing_parts(settings))
        self._totals = _Kept(self._count)
        self._failed_counts = FailedCounts()
        self._sizes: dict[str, int] = {}
        self._known_failed: tuple[tuple[int, int, int], dict[Outcome, FailedCategory]] | None = None
        self._known_refused: tuple[tuple[int, int], dict[str, list[RefusedFile]]] | None = None

    def look(self, first: int = 0) -> JobOverview:
        """Return the present state, with the `first` newest documents of each outcome.

        Raises Busy, StorageError and CatalogueError.
        """
        disk, parts, lag = self._disk.get(), self._parts.get(), self.lag()
        now, attempts_max = datetime.now(UTC), self._settings.attempts_max
        with self._database.read() as session:
            return JobOverview(
                at=now,
                running=running.running(session, now),
                waiting=running.waiting(session, now, attempts_max),
                failed=self._failed(session, first),
                set_aside=running.set_aside(session, now, attempts_max),
                lag=lag,
                disk=disk,
                missing_parts=parts,
                uploads=incoming.waiting(session),
                links=incoming.waiting_links(session),
                refused=self.refused(session),
            )

    def refused(self, session: Session) -> dict[str, list[RefusedFile]]:
        """Return the files that were not taken in, read anew where anything was done, and each minute."""
        state = audit.last_id(session), int(time.monotonic() / KEPT_S)
        known = self._known_refused
        if known is None or known[0] != state:
            ingests = [one for one in refusals(session) if is_there(one.file)]
            known = self._known_refused = state, incoming.refused(session, ingests)
        return known[1]

    def _failed(self, session: Session, first: int) -> dict[Outcome, FailedCategory]:
        """Return what failed, read anew where anything has changed: the audit notes each reading and try."""
        state = changes.last_seq(session), audit.last_id(session), first
        known = self._known_failed
        if known is None or known[0] != state:
            known = self._known_failed = (
                state,
                failed.summary(session, first, self._failed_counts.counts(session)),
            )
        return known[1]

    def lag(self) -> IndexLag:
        """Return how far the index is behind; one that cannot be read is not in order."""
        return index_lag(self._database, self._engine, self._indexer)

    def totals(self) -> DocumentTotals:
        """Return how many documents and pages there are, at most a minute old."""
        return self._totals.get()

    def _count(self) -> DocumentTotals:
        with self._database.read() as session:
            return totals.document_totals(session)

    def _measure(self) -> DiskUse:
        with self._database.read() as session:
            stored = totals.stored_totals(session)
        try:
            index_bytes = self._engine.size_bytes()
        except ArchiveError:
            index_bytes = 0
        try:
            free_bytes = shutil.disk_usage(self._settings.data).free
        except OSError as error:
            raise StorageError("The archive's folder cannot be read. Mend its rights; try again.") from error
        return DiskUse(stored.originals_bytes, self._pictures_bytes(stored), index_bytes, free_bytes)

    def _pictures_bytes(self, stored: StoredTotals) -> int:
        sample = {*stored.drawn, *chain.from_iterable(stored.pictures)}
        # Bytes of a digest never change: a store elsewhere is not asked for them each minute.
        self._sizes = sizes = {digest: self._sizes.get(digest) or self._size(digest) for digest in sample}
        pages = [sizes[large] + sizes[small] for large, small in stored.pictures]
        drawn = [sizes[digest] for digest in stored.drawn]
        return round(_mean(pages) * stored.pictured_pages + _mean(drawn) * stored.drawn_count)

    def _size(self, digest: str) -> int:
        try:
            return self._pictures.size_bytes(digest)
        except (NotFound, OSError):
            return 0


def index_lag(database: Database, engine: SearchEngine, indexer: Indexer) -> IndexLag:
    """Return how far the index is behind the catalogue; one that cannot be read is not in order."""
    try:
        is_ok = not indexer.reason_to_rebuild(thorough=False)
        mark = engine.watermark()
    except ArchiveError:
        is_ok, mark = False, None
    seq = mark.seq if mark else 0
    with database.read() as session:
        behind = max(0, changes.last_seq(session) - seq)
        since = totals.unfollowed_since(session, seq)
    age_s = (datetime.now(UTC) - since).total_seconds() if since else 0.0
    return IndexLag(behind, max(0.0, age_s), is_ok)


def _mean(sizes: list[int]) -> float:
    return sum(sizes) / len(sizes) if sizes else 0.0
