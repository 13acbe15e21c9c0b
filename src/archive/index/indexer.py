"""Keeps the index up to date with the catalogue: follows its changes, and rebuilds it where needed.

The index carries its own watermark, so a crash anywhere leaves either the old state or the new one, and what
is missing is read again from the catalogue's changes.
"""

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from itertools import takewhile

from archive.analysis.analyzer import Analyzer
from archive.catalogue import changes, documents, statistics
from archive.catalogue.database.database import Database
from archive.errors import ArchiveError, Busy, IndexOutdated, IndexUnusable
from archive.garbage import garbage_waits
from archive.index.bulk import Bulk
from archive.index.catalogue_reader import fingerprint, read
from archive.index.discarding import Guard
from archive.index.documents import Batch, Watermark
from archive.index.engine import Rebuild, SearchEngine

logger = logging.getLogger(__name__)

# Changes read at a time: one commit serves several files, and their words fit in memory together. A batch
# ends earlier when it has many pages (`catalogue_reader.py`).
CHANGES_PER_BATCH = 25
DOCUMENTS_PER_READ = 25
# With fewer, helpers take longer to start (some 0.3 s of CPU each) than they save (1 to 2 ms a page).
MIN_BULK_PAGES = 2_000

Progress = Callable[[int], None]


_CONTRADICTIONS = ("the index belongs to another catalogue", "the index is ahead of the catalogue")


REBUILD = "Run `archive rebuild`."


class Indexer:
    """Writes the index.

    `bulk` lets other processes help to make a new one. `guard` is asked before an index is given up that
    cannot be used (`discarding.py`).
    """

    def __init__(
        self,
        database: Database,
        engine: SearchEngine,
        analyzer: Analyzer,
        bulk: Bulk | None = None,
        guard: Guard | None = None,
    ) -> None:
        self._bulk = bulk
        self._guard = guard
        self._database = database
        self._engine = engine
        self._analyzer = analyzer
        self._fingerprint = fingerprint(analyzer)
        self._is_doubted = threading.Event()
        self._wake: Callable[[], None] | None = None

    def doubt(self, error: IndexUnusable) -> None:
        """Note that a reader found the index damaged: it counts as that until checked or made anew."""
        if not self._is_doubted.is_set():
            logger.error("The index is damaged: %s %s", error.message, self._way_to_mend)
        self._is_doubted.set()
        self.wake()

    def wake(self) -> None:
        """Have the follower look for changes at once, where one runs in this process."""
        if self._wake:
            self._wake()

    @property
    def _way_to_mend(self) -> str:
        """Return who makes a damaged index anew: not a process without a follower (`serve --no-worker`)."""
        return "It is made anew." if self._wake else REBUILD

    @property
    def is_doubted(self) -> bool:
        """Return whether the index is to be checked."""
        return self._is_doubted.is_set()

    def tell_of_doubt(self, wake: Callable[[], None]) -> None:
        """Have `wake` called whenever the index is doubted, or somebody waits for a change."""
        self._wake = wake

    def reason_to_rebuild(self, thorough: bool) -> str:
        """Return why the index cannot be used as it is, or "".

        `thorough` also walks the whole index for damage (at start); otherwise only the watermark is read, and
        what readers found.
        """
        is_doubted = self._is_doubted.is_set()
        if is_doubted and not thorough and self._wake:
            return "the index is damaged"
        try:
            mark = self._engine.watermark()
            if mark and (thorough or is_doubted):
                self._engine.check()
                self._is_doubted.clear()
        except IndexOutdated:
            return "the index was made by another version or another engine"
        except IndexUnusable:
            return "the index is damaged"
        with self._database.read() as session:
            last = changes.last_seq(session)
        if mark is None:
            return "there is no index" if last else ""
        if mark.epoch != self._database.epoch:
            return _CONTRADICTIONS[0]
        if mark.seq > last:
            return _CONTRADICTIONS[1]
        if mark.fingerprint != self._fingerprint:
            return "the way words are indexed has changed"
        return ""

    def ensure(self, thorough: bool) -> str:
        """Make the index usable at start: rebuild it where that is needed, and say so.

        A new archive gets an index at once, so that a missing one is known to be lost.

        Args:
            thorough: As for `reason_to_rebuild`.

        Returns:
            The reason for the rebuild, or "".

        Raises:
            CatalogueError: The catalogue seems to have lost documents, and the index stays as it is.
        """
        reason = self.reason_to_rebuild(thorough)
        if not reason and self._engine.watermark():
            return ""
        if reason and self._guard:
            self._guard(reason in _CONTRADICTIONS)
        with self._engine.rebuild() as new:
            # Another process may have done it while this one waited for its turn to write.
            reason = self.reason_to_rebuild(thorough)
            if not reason and self._engine.watermark():
                return ""
            if reason:
                logger.warning("Rebuilding the index: %s.", reason)
            count = self._fill(new, None)
        self._is_doubted.clear()
        self.catch_up()
        if reason:
            logger.warning("The index was rebuilt with %d documents.", count)
        return reason

    def lag(self) -> int:
        """Return how many changes the index has not followed yet."""
        mark = self._engine.watermark()
        with self._database.read() as session:
            return changes.last_seq(session) - (mark.seq if mark else 0)

    def catch_up(self) -> int:
        """Write all changed documents; return how many. Raises Busy, IndexUnusable, StorageError."""
        written = 0
        while count := self._write_next():
            written += count
        return written

    def compact(self, should_stop: Callable[[], bool]) -> bool:
        """Make the index quicker to search, until nothing is left to do or `should_stop` says so.

        Returns False where that failed; it is logged only, since answers do not depend on it.
        """
        try:
            while not should_stop() and self._engine.compact(should_stop):
                pass
        except Busy:
            logger.debug("Another process is writing the index.")
        except ArchiveError as error:
            logger.warning("The segments of the index could not be merged: %s", error.message)
            return False
        return True

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make a new index from the catalogue next to the old one, then let it take its place.

        Args:
            progress: Called with the number of documents done.

        Returns:
            How many documents the index has.
        """
        with self._engine.rebuild() as new:
            count = self._fill(new, progress)
        self._is_doubted.clear()
        self.catch_up()
        return count

    def _fill(self, new: Rebuild, progress: Progress | None) -> int:
        with self._database.read() as session:
            seq = changes.last_seq(session)
            is_large = statistics.counts(session).pages >= MIN_BULK_PAGES
        turns = (
            self._bulk.fill(new, self._database, self._fingerprint)
            if self._bulk and self._bulk.process_count > 1 and is_large
            else self._fill_alone(new)
        )
        count = 0
        with closing(turns) as written:
            for documents_written in written:
                count += documents_written
                if progress:
                    progress(count)
        new.publish(Watermark(self._database.epoch, seq, self._fingerprint))
        return count

    def _fill_alone(self, new: Rebuild) -> Generator[int]:
        """Fill a new index in this process; yield how many documents each batch has."""
        after = ""
        while True:
            with self._database.read() as session:
                state = read(session, documents.document_ids(session, after, DOCUMENTS_PER_READ))
            if not state.ids:
                return
            yield state.write_to(new, self._analyzer)
            after = state.ids[-1]

    def _write_next(self) -> int:
        with garbage_waits():
            batch = self._next_batch()
            if batch:
                self._engine.write(batch)
            return len(batch.documents) if batch else 0

    def _next_batch(self) -> Batch | None:
        mark = self._engine.watermark()
        seq = mark.seq if mark else 0
        with self._database.read() as session:
            recent = changes.after(session, seq, CHANGES_PER_BATCH)
            if not recent:
                return None
            state = read(session, list(dict.fromkeys(change.document_id for change in recent)))
        # Up to the first change of a document that had no room.
        followed = list(takewhile(lambda change: change.document_id in state.ids, recent))
        return Batch(
            state.index(self._analyzer), Watermark(self._database.epoch, followed[-1].seq, self._fingerprint)
        )
