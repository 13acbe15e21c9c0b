"""Commits and rebuilds, whatever the segments are made of."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from whoosh.index import FileIndex

from archive.index.documents import Batch, IndexDocument, Watermark
from archive.index.whoosh.codec.codec import ArrayCodec
from archive.index.whoosh.directory.errors import damaged, index_failures
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.directory.storage import DurableStorage
from archive.index.whoosh.directory.toc import INDEX_NAME
from archive.index.whoosh.segment.schema import WATERMARK_ID


class Commit(Protocol):
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

    def adopt(self, part: Path) -> object:
        """Add the segments of a part, which is used up; see `parts.py`."""
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
class IndexFormat:
    """How one kind of index is made: its schema, a commit in a folder, the check of its documents and of a
    whole generation, and the most pages of a segment made by a rebuild.
    """

    make_schema: Callable[[], Any]
    begin: Callable[[Path], Commit]
    usable: Callable[[Sequence[IndexDocument]], list[IndexDocument]]
    check: Callable[[Path], None]
    max_segment_pages: Callable[[], int]

    def create_index(self, folder: Path) -> None:
        """Make an empty index in a new generation's folder."""
        storage = DurableStorage(folder, ArrayCodec)
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


class SegmentBuilder:
    """A new index being filled, in a folder that is there. No segment has more than `max_segment_pages` pages
    (but for a single document that has).
    """

    def __init__(self, format_: IndexFormat, folder: Path, max_segment_pages: Callable[[], int]) -> None:
        self._format = format_
        self._folder = folder
        self._max_segment_pages = max_segment_pages
        self._seen: set[str] = set()
        format_.create_index(folder)
        self._writing: Commit | None = format_.begin(folder)

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, each identifier once. Raises IndexUnusable where one cannot be indexed."""
        with index_failures():
            checked = self._format.usable(documents)
            if len(checked) != len(documents) or not self._seen.isdisjoint(one.id for one in checked):
                raise damaged("a document came twice in one rebuild")
            self._seen.update(document.id for document in checked)
            for document in checked:
                self._room_for(len(document.pages)).add(document)

    def adopt(self, part: Path) -> None:
        """Add the segments of a part."""
        self._room_for(0).adopt(part)

    def finish(self, watermark: Watermark | None = None) -> None:
        """Complete the index; a part has no watermark."""
        with index_failures():
            last = self._room_for(1 if watermark else 0)
            if watermark:
                last.add_watermark(watermark)
            last.commit(merge=False)
            self._writing = None

    def close(self) -> None:
        """Give up what is not complete."""
        if self._writing:
            self._writing.cancel()
            self._writing = None

    def _room_for(self, page_count: int) -> Commit:
        if self._writing is None:
            raise damaged("a rebuild was used after its end")
        held = self._writing.page_count
        if held and held + page_count > self._max_segment_pages():
            self._writing.commit(merge=False)
            self._writing = None
            self._writing = self._format.begin(self._folder)
        return self._writing


class WhooshRebuild:
    """A new generation being filled. The caller holds the writer lock and calls `close` at the end."""

    def __init__(self, generations: Generations, format_: IndexFormat) -> None:
        self._generations = generations
        self._format = format_
        self._folder = generations.create()
        self._parts: list[Path] = []
        self._filling: SegmentBuilder | None = None
        self._is_published = False
        try:
            self._filling = SegmentBuilder(format_, self._folder, format_.max_segment_pages)
        except BaseException:
            self.close()
            raise

    def make_part(self) -> Path:
        """Make the folder of a part; it goes with the generation if that is not published."""
        with index_failures():
            # Under a name that never was: what a killed rebuild's process still writes goes nowhere.
            part = Path(tempfile.mkdtemp(prefix="part-", dir=self._folder))
            self._parts.append(part)
            return part

    def adopt(self, part: Path) -> None:
        """Add all documents of a part that is finished."""
        with index_failures():
            self._open().adopt(part)

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, each identifier once. Raises IndexUnusable where one cannot be indexed."""
        self._open().write(documents)

    def publish(self, watermark: Watermark) -> None:
        """Check the new index and let it take the old one's place. The rebuild ends here."""
        with index_failures():
            self._open().finish(watermark)
            self._filling = None
            for part in self._parts:
                shutil.rmtree(part)
            self._format.check(self._folder)
            self._generations.publish(self._folder)
            self._is_published = True

    def close(self) -> None:
        """Drop the new generation, unless it was published."""
        if self._filling:
            self._filling.close()
            self._filling = None
        if not self._is_published:
            self._generations.drop(self._folder)

    def _open(self) -> SegmentBuilder:
        if self._filling is None:
            raise damaged("a rebuild was used after its end")
        return self._filling
