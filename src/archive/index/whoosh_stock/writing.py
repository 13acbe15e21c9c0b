"""Write documents with Whoosh's own writer."""

from contextlib import suppress
from pathlib import Path

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.writing import NO_MERGE

from archive.index.documents import IndexDocument, Watermark
from archive.index.whoosh.directory.storage import DurableStorage
from archive.index.whoosh.directory.toc import INDEX_NAME
from archive.index.whoosh.segment.schema import DOCUMENT, WATERMARK_ID
from archive.index.whoosh.writer.merge_policy import merge_segments
from archive.index.whoosh.writer.parts import adopt_part
from archive.index.whoosh_stock.schema import NUMBER, RANK, UNIT, make_schema
from archive.index.whoosh_stock.units import encode_unit, encode_watermark


class StockWriting:
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
        """Remove a document's pages as they were before this commit."""
        self._writer.delete_by_term(DOCUMENT, document)

    def add(self, document: IndexDocument) -> None:
        """Add a document's pages."""
        units = {page.language: encode_unit(document, page.language) for page in document.pages}
        for page in document.pages:
            words = {name.value: tokens for name, tokens in page.terms.items() if tokens}
            columns = {UNIT: units[page.language], NUMBER: page.number, RANK: page.rank}
            self._writer.add_document(**{DOCUMENT: document.id}, **columns, **words)
        self.page_count += len(document.pages)

    def adopt(self, part: Path) -> None:
        """Add the segments of a part, which is used up."""
        self._writer.segments += adopt_part(part, self._storage, make_schema(), W3Codec)

    def add_watermark(self, watermark: Watermark) -> None:
        """Add the watermark's own document."""
        self._writer.add_document(**{DOCUMENT: WATERMARK_ID, UNIT: encode_watermark(watermark)})

    def commit(self, *, merge: bool) -> None:
        """Write the segment and the table of contents."""
        self._writer.commit(mergetype=merge_segments if merge else NO_MERGE)

    def cancel(self) -> None:
        """Give it all up and leave no file."""
        # Where the disk is full even giving up fails; what is left is removed here and by the next commit.
        with suppress(Exception):
            self._writer.cancel()
        self._storage.discard_created()
