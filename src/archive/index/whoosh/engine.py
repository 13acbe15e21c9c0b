"""The Whoosh engine: the contract of `archive.index.engine` over mapped arrays.

An index is a folder of generations, one of them in use. Every search reads the newest committed snapshot of
it; one writer at a time, over all processes, commits batches, rebuilds and compacts.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from archive.errors import Busy, IndexUnusable
from archive.index.documents import Batch, Watermark
from archive.index.engine import Rebuild
from archive.index.query import Query, check_query
from archive.index.schema import TextField
from archive.index.search import PageRef, Scope, SearchAnswer, SearchRequest
from archive.index.whoosh.directory.errors import (
    FilesVanished,
    damaged,
    index_failures,
    read_only_is_enough,
)
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.directory.storage import secure_folder
from archive.index.whoosh.inspection import check_generation
from archive.index.whoosh.searcher import searcher
from archive.index.whoosh.searcher.prefix import visible_terms
from archive.index.whoosh.searcher.snapshot import Snapshots
from archive.index.whoosh.searcher.statistics import SnapshotVocabulary
from archive.index.whoosh.writer.commit import create_index
from archive.index.whoosh.writer.compaction import Compaction
from archive.index.whoosh.writer.writer import WhooshRebuild, write_batch

_CHECK_ATTEMPTS: Final = 5


class WhooshEngine:
    """An index in files, for one machine. All threads search the same mapped files."""

    name = "whoosh"

    def __init__(self, directory: Path, lock_timeout_s: float = 30.0) -> None:
        """Open the index in `directory`, which becomes ours alone (mode 0700).

        Args:
            directory: The archive's `index/`.
            lock_timeout_s: How long a writer waits for another one, in seconds.

        Raises:
            IndexUnusable: Another user owns the folder or may have written to it.
        """
        self._lock_timeout_s = lock_timeout_s
        self._generations = Generations(directory)
        self.snapshots = Snapshots(self._generations)
        with index_failures():
            secure_folder(directory)
            # A writer at work would be disturbed; whoever opens or publishes later clears up.
            with suppress(Busy), read_only_is_enough(), self._generations.writer_lock(timeout_s=0):
                self._generations.clear_leftovers()

    def watermark(self) -> Watermark | None:
        """Return how far the index has come, or None where there is no index yet."""
        with index_failures():
            return self.snapshots.answer(lambda snapshot: snapshot.watermark, None)

    def check(self) -> None:
        """Walk the whole index; raise IndexUnusable where any part of it is missing or damaged."""
        with index_failures():
            for _ in range(_CHECK_ATTEMPTS):
                folder = self._generations.current()
                if folder is None:
                    return
                with suppress(FilesVanished):
                    check_generation(folder)
                    return
            raise damaged("a file is missing")

    def write(self, batch: Batch) -> None:
        """Replace the batch's documents and set the watermark; see the contract."""
        with index_failures(), self._writing():
            folder = self._generations.current()
            if folder is None:
                self._write_first(batch)
            elif self._is_due(batch.watermark):
                write_batch(folder, batch, self.snapshots.newest)
        # Opened once here, the new state costs neither the first search nor the next write anything. What is
        # written is written: the next one to read it is told whatever is wrong with it.
        with suppress(Exception):
            self.snapshots.newest()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Be the one writer, whose files no other process removes."""
        with self._generations.writer_lock(self._lock_timeout_s):
            try:
                yield
            except FilesVanished as error:
                raise damaged("a file is missing") from error

    def _write_first(self, batch: Batch) -> None:
        folder = self._generations.create()
        try:
            create_index(folder)
            write_batch(folder, batch, self.snapshots.newest)
            self._generations.publish(folder)
        except BaseException:
            if self._generations.current() != folder:
                self._generations.drop(folder)
            raise

    def _is_due(self, offered: Watermark) -> bool:
        mark = self.watermark()
        if mark is None or (mark.epoch, mark.fingerprint) != (offered.epoch, offered.fingerprint):
            raise IndexUnusable(
                "The search index was made from another catalogue or with another way of indexing words. "
                "Run `archive rebuild` to make it anew."
            )
        return offered.seq > mark.seq

    @contextmanager
    def rebuild(self) -> Iterator[Rebuild]:
        """Begin a new index next to this one. Until it ends other writers wait, and at last get Busy."""
        with ExitStack() as stack:
            with index_failures():
                stack.enter_context(self._generations.writer_lock(self._lock_timeout_s))
                rebuild = WhooshRebuild(self._generations)
            stack.callback(rebuild.close)
            yield rebuild

    def compact(self, should_stop: Callable[[], bool]) -> bool:
        """Merge some segments into one while searches and writes go on; return whether to call again."""
        with index_failures():
            compaction = Compaction(self._generations, self.snapshots.newest, self._writing)
            return compaction.step(should_stop)

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer one search from a single committed state of the index."""
        check_query(request.query)
        if request.fallback:
            check_query(request.fallback.query)
        empty = SearchAnswer((), 0, 0, dict.fromkeys(request.facets, ()))
        with index_failures():
            return self.snapshots.answer(lambda snapshot: searcher.search(snapshot, request), empty)

    def matching_pages(self, query: Query, scope: Scope, document: str) -> tuple[int, ...]:
        """Return the numbers of one document's pages that match, in reading order."""
        check_query(query)
        with index_failures():
            return self.snapshots.answer(
                lambda snapshot: searcher.matching_pages(snapshot, query, scope, document), ()
            )

    def holding(self, queries: Sequence[Query], pages: Sequence[PageRef]) -> tuple[frozenset[PageRef], ...]:
        """Return for each query those of the pages that match it."""
        for query in queries:
            check_query(query)
        nothing: tuple[frozenset[PageRef], ...] = tuple(frozenset() for _ in queries)
        with index_failures():
            return self.snapshots.answer(lambda snapshot: searcher.holding(snapshot, queries, pages), nothing)

    def suggest(
        self,
        prefix: str,
        field: TextField,
        max_rank: int,
        limit: int,
        masked: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return terms of `field` that begin with `prefix`, most frequent first, from visible pages only."""
        with index_failures():
            return self.snapshots.answer(
                lambda snapshot: visible_terms(snapshot, field, prefix, max_rank, masked, limit), ()
            )

    def vocabulary(self, max_rank: int) -> SnapshotVocabulary:
        """Return the terms of all pages of ranks up to `max_rank`, as of the newest committed state."""
        with index_failures():
            return self.snapshots.answer(
                lambda snapshot: SnapshotVocabulary(snapshot, max_rank), SnapshotVocabulary(None, max_rank)
            )

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages the index has."""
        with index_failures():
            return self.snapshots.answer(lambda snapshot: snapshot.counts(), (0, 0))

    def size_bytes(self) -> int:
        """Return how much room the index in use takes on the disk."""
        with index_failures():
            folder = self._generations.current()
            size = 0
            for path in folder.iterdir() if folder else ():
                with suppress(FileNotFoundError):
                    size += path.stat().st_size
            return size

    def close(self) -> None:
        """Release all files. The engine may be used again and opens them again."""
        self.snapshots.close()
