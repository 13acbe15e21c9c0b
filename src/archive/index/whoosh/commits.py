"""Commits and rebuilds, whatever the segments are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from whoosh.index import FileIndex

from archive.index.base import Batch, IndexDocument, Watermark
from archive.index.whoosh.failures import damaged, index_failures
from archive.index.whoosh.generations import Generations
from archive.index.whoosh.schema import WATERMARK_ID
from archive.index.whoosh.storage import DurableStorage
from archive.index.whoosh.tables import INDEX_NAME


class Writing(Protocol):
    """One commit in the making."""

    @property
    def page_count(self) -> int:
        """How many pages were added."""
        ...

    def remove(self, document: str) -> None:
        """Remove a document's pages as they were before this commit."""
        ...

    def add(self, document: IndexDocument) -> None:
        """Add a document's pages."""
        ...

    def add_watermark(self, watermark: Watermark) -> None:
        """Add the watermark; the old one is removed as the document WATERMARK_ID."""
        ...

    def commit(self, *, merge: bool) -> None:
        """Make it all hold; with `merge`, also merge the segments that are due."""
        ...

    def cancel(self) -> None:
        """Give it all up."""
        ...


@dataclass(frozen=True)
class Making:
    """How one kind of index is made: its schema, a commit in a folder, the check of its documents and of a
    whole generation, and the most pages of a segment made by a rebuild.
    """

    make_schema: Callable[[], Any]
    begin: Callable[[Path], Writing]
    usable: Callable[[Sequence[IndexDocument]], list[IndexDocument]]
    check: Callable[[Path], None]
    max_segment_pages: Callable[[], int]

    def create_index(self, folder: Path) -> None:
        """Make an empty index in a new generation's folder."""
        storage = DurableStorage(folder)
        try:
            FileIndex.create(storage, self.make_schema(), INDEX_NAME)
        except BaseException:
            storage.discard_created()
            raise

    def write_batch(self, folder: Path, batch: Batch) -> None:
        """Replace the batch's documents in a generation and set its watermark, in one commit."""
        documents = self.usable(batch.documents)
        writing = self.begin(folder)
        try:
            for document in documents:
                writing.remove(document.id)
            writing.remove(WATERMARK_ID)
            for document in documents:
                writing.add(document)
            writing.add_watermark(batch.watermark)
            writing.commit(merge=True)
        except BaseException:
            writing.cancel()
            raise


class WhooshRebuild:
    """A new generation being filled. The caller holds the writer lock and calls `close` at the end."""

    def __init__(self, generations: Generations, making: Making) -> None:
        self._generations = generations
        self._making = making
        self._folder = generations.create()
        self._seen: set[str] = set()
        self._is_published = False
        self._writing: Writing | None = None
        try:
            making.create_index(self._folder)
            self._writing = making.begin(self._folder)
        except BaseException:
            self.close()
            raise

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, each identifier once. Raises IndexUnusable where one cannot be indexed."""
        with index_failures():
            checked = self._making.usable(documents)
            if len(checked) != len(documents) or not self._seen.isdisjoint(one.id for one in checked):
                raise damaged("a document came twice in one rebuild")
            self._seen.update(document.id for document in checked)
            for document in checked:
                self._room_for(len(document.pages)).add(document)

    def publish(self, watermark: Watermark) -> None:
        """Check the new index and let it take the old one's place. The rebuild ends here."""
        with index_failures():
            last = self._room_for(1)
            last.add_watermark(watermark)
            last.commit(merge=False)
            self._writing = None
            self._making.check(self._folder)
            self._generations.publish(self._folder)
            self._is_published = True

    def close(self) -> None:
        """Drop the new generation, unless it was published."""
        if self._writing:
            self._writing.cancel()
            self._writing = None
        if not self._is_published:
            self._generations.drop(self._folder)

    def _room_for(self, page_count: int) -> Writing:
        if self._writing is None:
            raise damaged("a rebuild was used after its end")
        held = self._writing.page_count
        if held and held + page_count > self._making.max_segment_pages():
            self._writing.commit(merge=False)
            self._writing = None
            self._writing = self._making.begin(self._folder)
        return self._writing
