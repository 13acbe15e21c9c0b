"""Write documents: batches into the index in use, or a whole new index beside it."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex
from whoosh.writing import NO_MERGE

from archive.index.base import Batch, IndexDocument, Watermark
from archive.index.whoosh.failures import damaged, index_failures
from archive.index.whoosh.generations import Generations
from archive.index.whoosh.inspection import check_generation
from archive.index.whoosh.merging import MAX_SEGMENT_PAGES, merge_segments
from archive.index.whoosh.schema import DOCUMENT, NUMBER, RANK, UNIT, WATERMARK_ID, make_schema
from archive.index.whoosh.snapshot import INDEX_NAME
from archive.index.whoosh.storage import DurableStorage
from archive.index.whoosh.units import encode_unit, encode_watermark
from archive.index.whoosh.validation import usable


def create_index(folder: Path) -> None:
    """Make an empty index in a new generation's folder."""
    storage = DurableStorage(folder)
    try:
        FileIndex.create(storage, make_schema(), INDEX_NAME)
    except BaseException:
        storage.discard_created()
        raise


def write_batch(folder: Path, batch: Batch) -> None:
    """Replace the batch's documents in a generation and set its watermark, in one commit."""
    documents = usable(batch.documents)
    writing = _Writing(folder)
    try:
        for document in documents:
            writing.remove(document.id)
        writing.remove(WATERMARK_ID)
        for document in documents:
            writing.add(document)
        writing.add_watermark(batch.watermark)
        writing.commit(merge_segments)
    except BaseException:
        writing.cancel()
        raise


class _Writing:
    """One commit in the making."""

    def __init__(self, folder: Path) -> None:
        self._storage = DurableStorage(folder)
        try:
            # Without Whoosh's own lock, which stays held when a full disk stops a writer from being made.
            self._writer = FileIndex(self._storage, make_schema(), INDEX_NAME).writer(_lk=False)
        except BaseException:
            self._storage.discard_created()
            raise
        self.page_count = 0

    def remove(self, document: str) -> None:
        self._writer.delete_by_term(DOCUMENT, document)

    def add(self, document: IndexDocument) -> None:
        units = {page.language: encode_unit(document, page.language) for page in document.pages}
        for page in document.pages:
            words = {name.value: tokens for name, tokens in page.terms.items() if tokens}
            columns = {UNIT: units[page.language], NUMBER: page.number, RANK: page.rank}
            self._writer.add_document(**{DOCUMENT: document.id}, **columns, **words)
        self.page_count += len(document.pages)

    def add_watermark(self, watermark: Watermark) -> None:
        self._writer.add_document(**{DOCUMENT: WATERMARK_ID, UNIT: encode_watermark(watermark)})

    def commit(self, merge: Any) -> None:
        self._writer.commit(mergetype=merge)

    def cancel(self) -> None:
        # Where the disk is full even giving up fails; what is left is removed here and by the next commit.
        with suppress(Exception):
            self._writer.cancel()
        self._storage.discard_created()


class WhooshRebuild:
    """A new generation being filled. The caller holds the writer lock and calls `close` at the end."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._folder = generations.create()
        self._seen: set[str] = set()
        self._is_published = False
        self._writing: _Writing | None = None
        try:
            create_index(self._folder)
            self._writing = _Writing(self._folder)
        except BaseException:
            self.close()
            raise

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, each identifier once. Raises IndexUnusable where one cannot be indexed."""
        with index_failures():
            checked = usable(documents)
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
            last.commit(NO_MERGE)
            self._writing = None
            check_generation(self._folder)
            self._generations.publish(self._folder)
            self._is_published = True

    def close(self) -> None:
        """Drop the new generation, unless it was published."""
        if self._writing:
            self._writing.cancel()
            self._writing = None
        if not self._is_published:
            self._generations.drop(self._folder)

    def _room_for(self, page_count: int) -> _Writing:
        if self._writing is None:
            raise damaged("a rebuild was used after its end")
        if self._writing.page_count and self._writing.page_count + page_count > MAX_SEGMENT_PAGES:
            self._writing.commit(NO_MERGE)
            self._writing = None
            self._writing = _Writing(self._folder)
        return self._writing
