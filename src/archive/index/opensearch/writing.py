"""Replace the documents of a batch, so that searches see all of it or nothing."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from opensearchpy import OpenSearch

from archive.errors import IndexUnusable
from archive.index.documents import Batch, IndexDocument, Watermark
from archive.index.opensearch.bulk import Target, page_actions, send, tombstones
from archive.index.opensearch.connection import patiently
from archive.index.opensearch.listing import in_documents
from archive.index.opensearch.pages import checked
from archive.index.opensearch.state import IndexState, opening, version_of, write_state
from archive.index.search import PageRef
from archive.settings.opensearch import OpenSearchSettings

_PORTION: Final = 5_000


class BatchWriter:
    """Writes batches, one after the other; it knows whether its last one was completed."""

    def __init__(self, client: OpenSearch, settings: OpenSearchSettings) -> None:
        self._client = client
        self._settings = settings
        self._completed: tuple[str, Watermark] | None = None

    def write(self, state: IndexState, batch: Batch) -> None:
        """Write a batch into an index that is in this state.

        Everything may be sent twice, since each page has the change's number as its version: what was written
        in part is completed by writing it again. The watermark follows when all of it is acknowledged.

        Raises:
            IndexUnusable: A document cannot be indexed, or the index is of another catalogue or analysis.
            SearchAway: The server was away for too long.
            Busy: Another machine writes, too.
        """
        if not _is_due(state.watermark, batch.watermark):
            return
        documents = checked(list(batch.documents))
        if self._completed != (state.index, state.watermark):
            # Somebody may have been killed in the middle: its pages are found only when they show.
            self._refresh(state.index)
        self._completed = None
        target = Target(state.index, version_of(batch.watermark))
        self._send(target, documents, state.watermark)
        self._refresh(state.index)
        write = partial(write_state, self._client, target.index, batch.watermark, target.version)
        patiently(write, self._settings.write_retry_s)
        self._completed = (state.index, batch.watermark)

    def _send(self, target: Target, documents: Sequence[IndexDocument], watermark: Watermark) -> None:
        new = {PageRef(document.id, page.number) for document in documents for page in document.pages}
        gone = patiently(lambda: self._pages_of(target.index, documents), self._settings.write_retry_s) - new
        actions = [*page_actions(target, documents), *tombstones(target, sorted(gone, key=_place))]
        # The last to be sent: from here on searches may see the batch at any moment.
        actions.append(opening(target, watermark))
        send(self._client, self._settings, actions)

    def _pages_of(self, index: str, documents: Sequence[IndexDocument]) -> set[PageRef]:
        """Return the pages of some documents that the index has."""
        found: set[PageRef] = set()
        if not documents:
            return found
        body: dict[str, Any] = {
            "query": in_documents({"exists": {"field": "rank"}}, [document.id for document in documents]),
            "size": _PORTION,
            "sort": [{"document": "asc"}, {"number": "asc"}],
            "docvalue_fields": ["document", "number"],
            "_source": False,
        }
        while True:
            hits = self._client.search(
                index=index, body=body, params={"allow_partial_search_results": "false"}
            )["hits"]["hits"]
            found.update(
                PageRef(str(hit["fields"]["document"][0]), int(hit["fields"]["number"][0])) for hit in hits
            )
            if len(hits) < _PORTION:
                return found
            body["search_after"] = hits[-1]["sort"]

    def _refresh(self, index: str) -> None:
        patiently(lambda: refresh(self._client, index), self._settings.write_retry_s)


def refresh(client: OpenSearch, index: str) -> None:
    """Have searches see all that was written. Raises SearchAway where a shard does not."""
    answer = client.indices.refresh(index=index)
    if answer["_shards"]["failed"]:
        raise IndexUnusable("A part of the search index cannot be read. Run `archive rebuild`.")


def _is_due(held: Watermark, offered: Watermark) -> bool:
    if (held.epoch, held.fingerprint) != (offered.epoch, offered.fingerprint):
        raise IndexUnusable(
            "The search index was made from another catalogue or with another way of indexing words. "
            "Run `archive rebuild` to make it anew."
        )
    return offered.seq > held.seq


def _place(ref: PageRef) -> tuple[str, int]:
    return ref.document, ref.number
