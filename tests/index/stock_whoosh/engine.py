"""The oracle as a search engine: the contract of `archive.index.engine` over Whoosh's own index."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from archive.errors import IndexUnusable
from archive.index.documents import Batch, Watermark
from archive.index.query import Query, check_query
from archive.index.schema import TextField
from archive.index.search import PageRef, Scope, SearchAnswer, SearchRequest
from archive.index.whoosh.directory.generations import Generations
from tests.index.stock_whoosh import searching
from tests.index.stock_whoosh.prefix import PrefixTerms
from tests.index.stock_whoosh.state import State, newest_version, open_state
from tests.index.stock_whoosh.vocabulary import StockVocabulary
from tests.index.stock_whoosh.writing import StockRebuild, create_index, write_batch

_LOCK_TIMEOUT_S: Final = 30.0
_ATTEMPTS: Final = 6
_PAUSE_S: Final = 0.02

_Answer = TypeVar("_Answer")


class StockWhooshEngine:
    """An index in files, searched page by page, by one thread at a time."""

    name = "whoosh-stock"

    def __init__(self, directory: Path) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._generations = Generations(directory)
        self._search_lock = Lock()
        self._state: State | None = None

    def watermark(self) -> Watermark | None:
        """Return how far the index has come, or None where there is no index yet."""
        return self.answer(lambda state: state.watermark, None)

    def check(self) -> None:
        """Read every list of postings to its end."""

        def walk(state: State) -> None:
            for view in state.views:
                for field, term in view.segment.reader.all_terms():
                    if not list(view.segment.reader.postings(field, term).all_ids()):
                        raise IndexUnusable("A term has no postings.")

        self.answer(walk, None)

    def write(self, batch: Batch) -> None:
        """Replace the batch's documents and set the watermark in one commit."""
        with self._generations.writer_lock(_LOCK_TIMEOUT_S):
            folder = self._generations.current()
            if folder is None:
                folder = self._generations.create()
                try:
                    create_index(folder)
                    write_batch(folder, batch)
                except BaseException:
                    self._generations.drop(folder)
                    raise
                self._generations.publish(folder)
            elif self._is_due(batch.watermark):
                write_batch(folder, batch)

    def _is_due(self, offered: Watermark) -> bool:
        mark = self.watermark()
        if mark is None or (mark.epoch, mark.fingerprint) != (offered.epoch, offered.fingerprint):
            raise IndexUnusable("The index was made from another catalogue or by another analysis.")
        return offered.seq > mark.seq

    @contextmanager
    def rebuild(self) -> Iterator[StockRebuild]:
        """Begin a new index next to this one."""
        with ExitStack() as stack:
            stack.enter_context(self._generations.writer_lock(_LOCK_TIMEOUT_S))
            rebuild = StockRebuild(self._generations)
            stack.callback(rebuild.close)
            yield rebuild

    def compact(self, _should_stop: Callable[[], bool]) -> bool:
        """Do nothing: Whoosh merges segments in commits alone."""
        return False

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer one search from a single committed state of the index."""
        check_query(request.query)
        if request.fallback:
            check_query(request.fallback.query)
        empty = SearchAnswer((), 0, 0, dict.fromkeys(request.facets, ()))
        return self.answer(lambda state: searching.search(state, request), empty)

    def matching_pages(self, query: Query, scope: Scope, document: str) -> tuple[int, ...]:
        """Return the numbers of one document's pages that match, in reading order."""
        check_query(query)
        return self.answer(lambda state: searching.matching_pages(state, query, scope, document), ())

    def holding(self, queries: Sequence[Query], pages: Sequence[PageRef]) -> tuple[frozenset[PageRef], ...]:
        """Return for each query those of the pages that match it."""
        nothing: tuple[frozenset[PageRef], ...] = tuple(frozenset() for _ in queries)
        return self.answer(lambda state: searching.holding(state, queries, pages), nothing)

    def suggest(
        self,
        prefix: str,
        field: TextField,
        max_rank: int,
        limit: int,
        masked: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return terms of `field` that begin with `prefix`, most frequent first, from visible pages only."""
        return self.answer(
            lambda state: PrefixTerms(state).visible(field, prefix, max_rank, masked, limit), ()
        )

    def vocabulary(self, max_rank: int) -> "StockVocabulary":
        """Return the terms of all pages of ranks up to `max_rank`."""
        return StockVocabulary(self.answer, max_rank)

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages the index holds."""
        return self.answer(lambda state: state.counts(), (0, 0))

    def size_bytes(self) -> int:
        """Return how much room the index takes."""
        folder = self._generations.current()
        paths: Sequence[Path] = list(folder.iterdir()) if folder else []
        return sum(path.stat().st_size for path in paths)

    def close(self) -> None:
        """Close all readers."""
        with self._search_lock:
            self._hold(None)

    def answer(self, read: Callable[[State], _Answer], empty: _Answer) -> _Answer:
        """Return what `read` reads from the newest state, or `empty` where there is no index.

        A file that vanishes while it is opened means that another process has just committed.
        """
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(attempt * _PAUSE_S)
            with self._search_lock:
                try:
                    state = self._newest()
                    return empty if state is None else read(state)
                except FileNotFoundError:
                    self._hold(None)
        raise IndexUnusable("A file of the index is missing.")

    def _newest(self) -> State | None:
        folder = self._generations.current()
        if folder is None:
            self._hold(None)
        elif self._state is None or self._state.version != newest_version(folder):
            self._hold(open_state(newest_version(folder), self._state))
        return self._state

    def _hold(self, state: State | None) -> None:
        if self._state is not None:
            self._state.close(state)
        self._state = state
