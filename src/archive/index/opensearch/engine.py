"""The OpenSearch engine: the contract of `archive.index.engine` on a cluster.

All of it may be lost and made again from the catalogue. Where the cluster is away, everything here raises
SearchAway, and the catalogue goes on without it: what changes meanwhile is indexed when it is back. A batch
that broke off may be there in part until it is written again, which is the first that the indexer does.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

from opensearchpy import OpenSearch

from archive.disk.file_lock import file_lock
from archive.errors import ArchiveError, IndexUnusable, StorageError
from archive.index.documents import Batch, Watermark
from archive.index.engine import Rebuild
from archive.index.opensearch import answering
from archive.index.opensearch.compile import Compiler
from archive.index.opensearch.connection import SearchRetries, check_version, open_client
from archive.index.opensearch.counting import chosen, document_count
from archive.index.opensearch.generations import RemoteGenerations
from archive.index.opensearch.listing import found_pages, in_documents
from archive.index.opensearch.pages import checked, page_name
from archive.index.opensearch.rebuilding import ServerRebuild
from archive.index.opensearch.snapshot import RemoteSnapshot, RemoteSnapshots
from archive.index.opensearch.state import IndexState, read_state
from archive.index.opensearch.statistics import RemoteStatistics, ServerVocabulary, suggested
from archive.index.opensearch.writing import BatchWriter
from archive.index.query import Query, check_query
from archive.index.schema import EVERY_RANK, TextField
from archive.index.search import PageRef, Scope, SearchAnswer, SearchRequest
from archive.settings.opensearch import OpenSearchSettings

_BUSY: Final = "Another process writes the search index. Try again when it is done."
_Answer = TypeVar("_Answer")


class OpenSearchEngine:
    """An index on a cluster. All threads share its connections, and one state to read."""

    name = "opensearch"

    def __init__(self, directory: Path, settings: OpenSearchSettings, lock_timeout_s: float = 30.0) -> None:
        """Prepare the engine; it connects when it is first asked.

        Args:
            directory: The archive's `index/`; it holds the lock between the writers of this machine.
            settings: Where the cluster is.
            lock_timeout_s: How long a writer waits for another one.
        """
        self._directory = directory
        self._settings = settings
        self._lock_timeout_s = lock_timeout_s
        self._lock = Lock()
        self._client: OpenSearch | None = None
        self._writer: BatchWriter | None = None
        self._patience = SearchRetries(settings.search_retry_s)
        self.snapshots = RemoteSnapshots(self._connected, self._generations, self._patience)

    def _connected(self) -> OpenSearch:
        """Return the client, once the server is known to be one that the engine knows."""
        with self._lock:
            if self._client is None:
                client = open_client(self._settings)
                try:
                    check_version(client)
                except BaseException:
                    client.close()
                    raise
                self._client = client
            return self._client

    def _generations(self) -> RemoteGenerations:
        return RemoteGenerations(self._connected(), self._settings)

    def _state(self) -> IndexState | None:
        return read_state(self._connected(), self._generations())

    def _patiently(self, ask: Callable[[], _Answer]) -> _Answer:
        return self._patience.ask(ask)

    def watermark(self) -> Watermark | None:
        """Return how far the index has come, or None where there is no index yet."""
        state = self._patiently(self._state)
        return state.watermark if state else None

    def check(self) -> None:
        """See that every shard answers, and that the index is as this version makes it."""

        def look() -> None:
            current = self._generations().current()
            if current is None:
                return
            health = self._connected().cluster.health(index=current)
            if health["status"] == "red":
                raise IndexUnusable("Parts of the search index are lost. Run `archive rebuild`.")
            self._state()

        self._patiently(look)
        self.counts()

    def write(self, batch: Batch) -> None:
        """Replace the batch's documents and set the watermark; see the contract."""
        with self._writing():
            state = self._patiently(self._state)
            if state is None:
                self._write_first(batch)
                return
            if self._writer is None:
                self._writer = BatchWriter(self._connected(), self._settings)
            self._writer.write(state, batch)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Be the one writer of this machine."""
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            with file_lock(self._directory / "writer.lock", self._lock_timeout_s, _BUSY):
                yield
        except OSError as error:
            raise StorageError(
                "The folder of the search index cannot be written. Make room, or mend its rights."
            ) from error

    def _write_first(self, batch: Batch) -> None:
        documents = checked(list(batch.documents))
        with self._new() as new:
            new.write(documents)
            new.publish(batch.watermark)

    @contextmanager
    def _new(self) -> Iterator[ServerRebuild]:
        with ExitStack() as stack:
            new = ServerRebuild(self._patiently(self._connected), self._generations(), self._settings)
            stack.callback(new.close)
            yield new

    @contextmanager
    def rebuild(self) -> Iterator[Rebuild]:
        """Begin a new index next to this one. Other writers of this machine wait, and at last get Busy."""
        with self._writing():
            self._patiently(lambda: self._generations().clear_old())
            with self._new() as new:
                yield new

    def compact(self, should_stop: Callable[[], bool]) -> bool:
        """Delete the indexes that were replaced; the server merges segments by itself."""
        if not should_stop():
            with self._writing():
                self._patiently(lambda: self._generations().clear_old())
        return False

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer one search from a single committed state of the index."""
        check_query(request.query)
        if request.fallback:
            check_query(request.fallback.query)
        empty = SearchAnswer((), 0, 0, dict.fromkeys(request.facets, ()))
        return self.snapshots.answer(lambda snapshot: answering.search(snapshot, request), empty)

    def matching_pages(self, query: Query, scope: Scope, document: str) -> tuple[int, ...]:
        """Return the numbers of one document's pages that match, in reading order."""
        check_query(query)

        def read(snapshot: RemoteSnapshot) -> tuple[int, ...]:
            compiler = Compiler(RemoteStatistics(snapshot, scope.max_rank), is_scored=False)
            found = answering.scoped(compiler.compile(query), scope)
            body = {"bool": {"filter": [in_documents(found, [document]), chosen(scope.filters)]}}
            return tuple(page.ref.number for page in found_pages(snapshot, body))

        return self.snapshots.answer(read, ())

    def holding(self, queries: Sequence[Query], pages: Sequence[PageRef]) -> tuple[frozenset[PageRef], ...]:
        """Return for each query those of the pages that match it."""
        for query in queries:
            check_query(query)
        names = {"ids": {"values": [page_name(ref) for ref in pages]}}

        def read(snapshot: RemoteSnapshot) -> tuple[frozenset[PageRef], ...]:
            statistics = RemoteStatistics(snapshot, EVERY_RANK)
            compiled = [Compiler(statistics, is_scored=False).compile(query) for query in queries]
            bodies = [
                {"bool": {"filter": [names, answering.scoped(one, Scope(EVERY_RANK))]}} for one in compiled
            ]
            return tuple(frozenset(page.ref for page in found_pages(snapshot, body)) for body in bodies)

        nothing: tuple[frozenset[PageRef], ...] = tuple(frozenset() for _ in queries)
        return self.snapshots.answer(read, nothing)

    def suggest(
        self,
        prefix: str,
        field: TextField,
        max_rank: int,
        limit: int,
        masked: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return terms of `field` that begin with `prefix`, most frequent first, from visible pages only."""
        return self.snapshots.answer(
            lambda snapshot: suggested(snapshot, field, prefix, max_rank, masked, limit), ()
        )

    def vocabulary(self, max_rank: int) -> ServerVocabulary:
        """Return the terms of all pages of ranks up to `max_rank`, in the newest state when it is asked."""
        return ServerVocabulary(self.snapshots.answer, max_rank)

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages the index has."""

        def read(snapshot: RemoteSnapshot) -> tuple[int, int]:
            return document_count(snapshot), RemoteStatistics(snapshot, EVERY_RANK).page_count()

        return self.snapshots.answer(read, (0, 0))

    def size_bytes(self) -> int:
        """Return how many bytes all copies of the index in use take."""

        def read() -> int:
            index = self._generations().current()
            if index is None:
                return 0
            stats: dict[str, Any] = self._connected().indices.stats(index=index, metric="store")
            return int(stats["_all"]["total"]["store"]["size_in_bytes"])

        return self._patiently(read)

    def close(self) -> None:
        """Close the connections; the engine may be used again and opens them again."""
        with suppress(ArchiveError):
            self.snapshots.close()
        with self._lock:
            client, self._client, self._writer = self._client, None, None
        if client is not None:
            client.close()
