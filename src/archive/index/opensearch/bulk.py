"""Send pages, and read what became of each."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from opensearchpy import OpenSearch, exceptions, helpers

from archive.index.documents import IndexDocument
from archive.index.opensearch.connection import as_ours, is_passing
from archive.index.opensearch.pages import page_bodies, page_name, refuse
from archive.index.search import PageRef
from archive.settings.opensearch import OpenSearchSettings

_PAGES_AT_ONCE: Final = 1_000
_PAUSE_S: Final = 0.1
_MAX_PAUSE_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where pages go: an index, with the version that they have in it."""

    index: str
    version: int


def page_actions(target: Target, documents: Sequence[IndexDocument]) -> Iterator[dict[str, Any]]:
    """Yield what puts the pages of documents into an index."""
    for ref, body in page_bodies(list(documents)):
        yield _action(target, ref, body)


def tombstones(target: Target, pages: Iterable[PageRef]) -> Iterator[dict[str, Any]]:
    """Yield what takes pages away, and remembers it: a late older write does not bring them back."""
    for ref in pages:
        yield _action(target, ref, {"gone_at": int(time.time())})


def _action(target: Target, ref: PageRef, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "_op_type": "index",
        "_index": target.index,
        "_id": page_name(ref),
        # All pages of a document are on one shard: they show together.
        "routing": ref.document,
        "version": target.version,
        "version_type": "external_gte",
        "_source": body,
    }


def send(client: OpenSearch, settings: OpenSearchSettings, actions: Iterable[dict[str, Any]]) -> int:
    """Send all actions, those that the server could not take just then again; return how many it took.

    What it refuses since it has a newer version counts as taken.

    Raises:
        SearchAway: Some were not taken within the time for writes.
        IndexUnusable: One was refused for good.
    """
    deadline_s = time.monotonic() + settings.write_retry_s
    pause_s = _PAUSE_S
    waiting = list(actions)
    total = len(waiting)
    while waiting:
        failed, error = _send_once(client, settings, waiting)
        if failed and (time.monotonic() + pause_s > deadline_s or not is_passing(error)):
            raise as_ours(error) from error
        waiting = failed
        if waiting:
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, _MAX_PAUSE_S)
    return total


def _send_once(
    client: OpenSearch, settings: OpenSearchSettings, actions: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], Exception]:
    """Return the actions that were not taken, and the last error that says why."""
    failed: list[dict[str, Any]] = []
    error: Exception = exceptions.TransportError(503, "", {})
    answers = helpers.streaming_bulk(
        client,
        actions,
        chunk_size=_PAGES_AT_ONCE,
        max_chunk_bytes=settings.bulk_max_bytes,
        raise_on_error=False,
        raise_on_exception=False,
    )
    for action, (is_taken, answer) in zip(actions, answers, strict=True):
        outcome = answer["index"]
        status = outcome.get("status")
        if is_taken or status == HTTPStatus.CONFLICT:
            continue
        if isinstance(outcome.get("exception"), Exception):
            error = outcome["exception"]
        elif not _may_pass(status):
            raise refuse(
                action.get("routing", action["_id"]),
                str(dict(outcome.get("error") or {}).get("type", status)),
            )
        failed.append(action)
    return failed, error


def _may_pass(status: object) -> bool:
    return isinstance(status, int) and (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS
    )
