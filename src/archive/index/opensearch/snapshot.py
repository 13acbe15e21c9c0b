"""Gives each search one state of the index to read, however many questions it asks of it.

A *snapshot* is a point in time of the server's, kept as long as the index has come no further and shared by
all threads. Where a node dies with it, or the index is deleted, a search is asked again of a new one.
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from opensearchpy import OpenSearch, exceptions

from archive.index.opensearch.connection import SearchRetries
from archive.index.opensearch.generations import RemoteGenerations
from archive.index.opensearch.state import IndexState, read_state

_KEPT: Final = "5m"
_KEPT_S: Final = 300.0
_OPENING_S: Final = 1.0
"""How long a reader without a snapshot waits for a batch to show on all shards."""
_PAUSE_S: Final = 0.02

_Answer = TypeVar("_Answer")


@dataclass(eq=False)
class RemoteSnapshot:
    """One state of the index.

    Attributes:
        client: Asks the server.
        index: The index that it is of.
        point: The server's name of the point in time.
        state: What the index said of itself when it was taken; it may hold a later batch, whole.
        used_at_s: When it was last asked; the server forgets it some minutes later.
        known: What was counted in it, for `statistics.py`.
    """

    client: OpenSearch
    state: IndexState
    point: str
    used_at_s: float
    readers: int = 0
    is_old: bool = False
    known: dict[Any, Any] = field(default_factory=dict)

    def search(self, body: Mapping[str, Any], *, shown: Sequence[str] = ()) -> dict[str, Any]:
        """Return the server's answer to one search, from all shards or not at all; `shown` is what of it."""
        params = {
            "allow_partial_search_results": "false",
            "search_type": "dfs_query_then_fetch",
            "request_cache": "false",
            "include_named_queries_score": "true",
        }
        if shown:
            params["filter_path"] = ",".join(shown)
        found: dict[str, Any] = self.client.search(body=self._pinned(body), params=params)
        return found

    def searches(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the answers to several searches, in their order."""
        lines: list[dict[str, Any]] = []
        for body in bodies:
            lines += [{"allow_partial_search_results": False}, self._pinned(body)]
        if not lines:
            return []
        answers = self.client.msearch(body=lines, params={"search_type": "dfs_query_then_fetch"})["responses"]
        for answer in answers:
            if "error" in answer:
                status = int(answer.get("status", 500))
                raise exceptions.HTTP_EXCEPTIONS.get(status, exceptions.TransportError)(status, "", answer)
        return list(answers)

    def _pinned(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.used_at_s = time.monotonic()
        return {"_source": False, **body, "pit": {"id": self.point, "keep_alive": _KEPT}}


class RemoteSnapshots:
    """Gives each search the newest snapshot. Thread-safe."""

    def __init__(
        self,
        client: Callable[[], OpenSearch],
        generations: Callable[[], RemoteGenerations],
        patience: SearchRetries,
    ) -> None:
        self._client = client
        self._generations = generations
        self._patience = patience
        self._lock = threading.Lock()
        self._open: RemoteSnapshot | None = None
        # The same copies of the shards each time: what was counted on one holds for the next question.
        self._preference = uuid.uuid4().hex

    def answer(self, read: Callable[[RemoteSnapshot], _Answer], empty: _Answer) -> _Answer:
        """Return what `read` reads from the newest snapshot, or `empty` where there is no index.

        Raises:
            SearchAway: No node answers, or not all shards can be searched, for as long as a search may take.
            IndexUnusable: The index is damaged or of another version.
        """

        def ask() -> _Answer:
            with self._newest() as snapshot:
                if snapshot is None:
                    return empty
                try:
                    return read(snapshot)
                except exceptions.NotFoundError as error:
                    # The point in time is gone: the index was deleted, or a node began anew.
                    self._forget(snapshot)
                    raise exceptions.TransportError(503, "", {}) from error
                except exceptions.TransportError:
                    self._forget(snapshot)
                    raise

        return self._patience.ask(ask)

    def close(self) -> None:
        """Let go of the snapshot."""
        with self._lock:
            held, self._open = self._open, None
            if held is not None:
                self._retire(held)

    @contextmanager
    def _newest(self) -> Iterator[RemoteSnapshot | None]:
        with self._lock:
            snapshot = self._current()
            if snapshot is not None:
                snapshot.readers += 1
        try:
            yield snapshot
        finally:
            if snapshot is not None:
                with self._lock:
                    snapshot.readers -= 1
                    if snapshot.is_old and not snapshot.readers:
                        self._release(snapshot)

    def _current(self) -> RemoteSnapshot | None:
        state = self._read_state()
        held = self._open
        if held is not None:
            is_same = state is not None and held.state.index == state.index
            is_newest = is_same and (state == held.state or (state is not None and state.is_opening))
            if is_newest and time.monotonic() - held.used_at_s < _KEPT_S / 2:
                return held
            self._open = None
            self._retire(held)
        if state is not None:
            self._open = self._take(self._settled(state))
        return self._open

    def _read_state(self) -> IndexState | None:
        return read_state(self._client(), self._generations())

    def _settled(self, state: IndexState) -> IndexState:
        """Return the state once no batch is about to show; not for ever, since its writer may have died."""
        deadline_s = time.monotonic() + _OPENING_S
        while state.is_opening and time.monotonic() < deadline_s:
            time.sleep(_PAUSE_S)
            state = self._read_state() or state
        return state

    def _take(self, state: IndexState) -> RemoteSnapshot:
        params = {
            "keep_alive": _KEPT,
            "preference": self._preference,
            "allow_partial_pit_creation": "false",
        }
        point = self._client().create_pit(index=state.index, params=params)["pit_id"]
        return RemoteSnapshot(self._client(), state, str(point), time.monotonic())

    def _forget(self, snapshot: RemoteSnapshot) -> None:
        with self._lock:
            if self._open is snapshot:
                self._open = None
            snapshot.is_old = True

    def _retire(self, snapshot: RemoteSnapshot) -> None:
        snapshot.is_old = True
        if not snapshot.readers:
            self._release(snapshot)

    def _release(self, snapshot: RemoteSnapshot) -> None:
        with suppress(exceptions.OpenSearchException):  # the server forgets it by itself, too
            snapshot.client.delete_pit(body={"pit_id": [snapshot.point]})
