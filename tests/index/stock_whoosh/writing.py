"""Write documents with Whoosh's own writer."""

from collections.abc import Sequence
from contextlib import closing
from math import isfinite
from pathlib import Path
from typing import Any, Final

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import NO_MERGE

from archive.errors import IndexUnusable
from archive.index.documents import Batch, IndexDocument, Watermark
from archive.index.schema import WATERMARK_ID
from archive.index.validation import MAX_POSITION, is_term, unusable, usable
from archive.index.whoosh.directory.generations import INDEX_NAME, Generations
from archive.index.whoosh.segment.schema import DOCUMENT
from archive.index.whoosh.writer.merge_policy import due, without
from tests.index.stock_whoosh.columns import NUMBER, RANK, UNIT, encode_unit, encode_watermark, make_schema

MAX_SEGMENT_PAGES: Final = 50_000
"""Whoosh's column of units holds 65,535 different values and drops the rest."""


def create_index(folder: Path) -> None:
    """Make an empty index in a folder."""
    FileIndex.create(FileStorage(str(folder)), make_schema(), INDEX_NAME)


def write_batch(folder: Path, batch: Batch) -> None:
    """Replace the batch's documents in an index and set its watermark, in one commit."""
    documents = _checked(batch.documents)
    writer = _writer(folder)
    try:
        for identifier in [WATERMARK_ID, *(document.id for document in documents)]:
            writer.delete_by_term(DOCUMENT, identifier)
        for document in documents:
            _add(writer, document)
        _add_watermark(writer, batch.watermark)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_merge_due)


def _merge_due(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Merge what the product's engine would: until then both count removed pages in their statistics."""
    chosen = due(segments, writer.doc_count())
    for segment in chosen:
        with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
            writer.add_reader(reader)
    return without(segments, chosen)


def _checked(documents: Sequence[IndexDocument]) -> list[IndexDocument]:
    """Return each document once, words and all checked first: a failed `add_document` leaks its words."""
    checked = usable(documents)
    for document in checked:
        for page in document.pages:
            for tokens in page.terms.values():
                if not all(
                    0 <= token.position <= MAX_POSITION
                    and isfinite(token.boost)
                    and token.boost > 0
                    and is_term(token.term)
                    for token in tokens
                ):
                    raise unusable(document, f"a word of page {page.number} is not usable")
    return checked


def _writer(folder: Path) -> Any:
    return FileIndex(FileStorage(str(folder)), make_schema(), INDEX_NAME).writer(_lk=False)


def _add(writer: Any, document: IndexDocument) -> None:
    units = {page.language: encode_unit(document, page.language) for page in document.pages}
    for page in document.pages:
        words = {name.value: tokens for name, tokens in page.terms.items() if tokens}
        columns = {UNIT: units[page.language], NUMBER: page.number, RANK: page.rank}
        writer.add_document(**{DOCUMENT: document.id}, **columns, **words)


def _add_watermark(writer: Any, watermark: Watermark) -> None:
    writer.add_document(**{DOCUMENT: WATERMARK_ID, UNIT: encode_watermark(watermark)})


class StockRebuild:
    """A new generation that is being filled."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._folder = generations.create()
        self._is_published = False
        create_index(self._folder)
        self._writer = _writer(self._folder)
        self._page_count = 0

    def make_part(self) -> str:
        """Refuse: the oracle is filled by one process."""
        raise IndexUnusable("The oracle has no parts.")

    def adopt(self, part: str) -> None:
        """Refuse: the oracle is filled by one process."""
        raise IndexUnusable(f"The oracle has no parts such as {part}.")

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, each identifier once."""
        for document in _checked(documents):
            if self._page_count and self._page_count + len(document.pages) > MAX_SEGMENT_PAGES:
                self._writer.commit(mergetype=NO_MERGE)
                self._writer = _writer(self._folder)
                self._page_count = 0
            _add(self._writer, document)
            self._page_count += len(document.pages)

    def publish(self, watermark: Watermark) -> None:
        """Let the new index take the old one's place."""
        _add_watermark(self._writer, watermark)
        self._writer.commit(mergetype=NO_MERGE)
        self._generations.publish(self._folder)
        self._is_published = True

    def close(self) -> None:
        """Drop the new generation, unless it was published."""
        if not self._is_published:
            self._writer.cancel()
            self._generations.drop(self._folder)
