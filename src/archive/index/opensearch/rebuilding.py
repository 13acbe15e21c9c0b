"""Fill a new index beside the one that is searched; several processes may do so at once."""

from collections.abc import Sequence

from opensearchpy import OpenSearch

from archive.index.documents import IndexDocument, Watermark
from archive.index.opensearch.bulk import Target, page_actions, send
from archive.index.opensearch.connection import open_client, patiently
from archive.index.opensearch.generations import RemoteGenerations
from archive.index.opensearch.pages import checked
from archive.index.opensearch.state import FIRST_VERSION, version_of, write_state
from archive.index.opensearch.writing import refresh
from archive.settings.opensearch import OpenSearchSettings


class ServerRebuild:
    """A new index that is being filled; parts are written straight into it."""

    def __init__(
        self, client: OpenSearch, generations: RemoteGenerations, settings: OpenSearchSettings
    ) -> None:
        self._client = client
        self._generations = generations
        self._settings = settings
        self._is_published = False
        self._index = patiently(generations.create, settings.write_retry_s)

    def make_part(self) -> str:
        """Return the name of the new index: whoever opens it as a part writes there."""
        return self._index

    def adopt(self, part: str) -> None:
        """Do nothing: what was written to the part is in the new index."""
        del part

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, each identifier once. Raises IndexUnusable where one cannot be indexed."""
        write_new(self._client, self._settings, self._index, documents)

    def publish(self, watermark: Watermark) -> None:
        """Let the new index take the old one's place. The rebuild ends here."""
        patiently(lambda: self._complete(watermark), self._settings.write_retry_s)
        self._is_published = True

    def _complete(self, watermark: Watermark) -> None:
        refresh(self._client, self._index)
        # A node that ends now need not read all of it again from its log.
        self._client.indices.flush(index=self._index)
        write_state(self._client, self._index, watermark, version_of(watermark))
        self._generations.publish(self._index)

    def close(self) -> None:
        """Delete the new index, unless it was published."""
        if not self._is_published:
            patiently(lambda: self._generations.drop(self._index), self._settings.search_retry_s)


class ServerPart:
    """Writes documents into a new index from a process of its own."""

    def __init__(self, settings: OpenSearchSettings, index: str) -> None:
        self._settings = settings
        self._client = open_client(settings)
        self._index = index

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents (each identifier once in the whole rebuild)."""
        write_new(self._client, self._settings, self._index, documents)

    def finish(self) -> None:
        """Do nothing: each write was acknowledged when it returned."""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def write_new(
    client: OpenSearch, settings: OpenSearchSettings, index: str, documents: Sequence[IndexDocument]
) -> None:
    """Add documents to an index that has none of them."""
    target = Target(index, FIRST_VERSION)
    send(client, settings, page_actions(target, checked(list(documents))))
