"""Batches, and new indexes that are made whole: what the engine writes, in commits."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from archive.index.documents import Batch, IndexDocument, Watermark
from archive.index.schema import WATERMARK_ID
from archive.index.validation import usable
from archive.index.whoosh.directory.errors import damaged, index_failures
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.inspection import check_generation
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.writer.commit import Commit, create_index, no_snapshot

MAX_REBUILT_PAGES: Final = 131_072
"""Pages of a segment made by a rebuild: few segments to search, and their words fit in memory together."""
MIN_PART_SEGMENT_PAGES: Final = 50_000
"""Segments of parts are no smaller than that, however many processes share the memory."""


def write_batch(folder: Path, batch: Batch, newest: Callable[[], Snapshot | None]) -> None:
    """Replace the batch's documents in a generation and set its watermark, in one commit.

    `newest` as for `Commit`.
    """
    documents = usable(batch.documents)
    commit = Commit(folder, newest)
    try:
        for document in documents:
            commit.remove(document.id)
        commit.remove(WATERMARK_ID)
        for document in documents:
            commit.add(document)
        commit.add_watermark(batch.watermark)
        commit.commit(merge=True)
    except BaseException:
        commit.cancel()
        raise


def open_part(folder: Path, process_count: int) -> "SegmentBuilder":
    """Open a part of a new index; together all parts need about the memory that one rebuild alone does."""
    share = max(MAX_REBUILT_PAGES // process_count, MIN_PART_SEGMENT_PAGES)
    with index_failures():
        return SegmentBuilder(folder, min(MAX_REBUILT_PAGES, share))


class SegmentBuilder:
    """Fills a new index in an empty folder.

    No segment has more than `max_segment_pages` pages (but for a single document that has).
    """

    def __init__(self, folder: Path, max_segment_pages: int) -> None:
        self._folder = folder
        self._max_segment_pages = max_segment_pages
        self._written_ids: set[str] = set()
        create_index(folder)
        self._commit: Commit | None = Commit(folder, no_snapshot)

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, each identifier once. Raises IndexUnusable where one cannot be indexed."""
        with index_failures():
            checked = usable(documents)
            ids = {document.id for document in checked}
            if len(checked) != len(documents) or not self._written_ids.isdisjoint(ids):
                raise damaged("a document came twice in one rebuild")
            self._written_ids |= ids
            for document in checked:
                self._with_room(len(document.pages)).add(document)

    def adopt(self, part: Path) -> None:
        """Add the segments of a part."""
        self._with_room(0).adopt(part)

    def finish(self, watermark: Watermark | None = None) -> None:
        """Complete the index; a part has no watermark."""
        with index_failures():
            last = self._with_room(1 if watermark else 0)
            if watermark:
                last.add_watermark(watermark)
            last.commit(merge=False)
            self._commit = None

    def close(self) -> None:
        """Give up what is not complete."""
        if self._commit:
            self._commit.cancel()
            self._commit = None

    def _with_room(self, page_count: int) -> Commit:
        """Return the commit that takes so many pages more; a full one is committed first."""
        if self._commit is None:
            raise damaged("a rebuild was used after its end")
        pages_before = self._commit.page_count
        if pages_before and pages_before + page_count > self._max_segment_pages:
            self._commit.commit(merge=False)
            self._commit = None
            self._commit = Commit(self._folder, no_snapshot)
        return self._commit


class WhooshRebuild:
    """A new generation that is being filled. The caller holds the writer's lock and ends with `close`."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._folder = generations.create()
        self._parts: list[Path] = []
        self._builder: SegmentBuilder | None = None
        self._is_published = False
        try:
            self._builder = SegmentBuilder(self._folder, MAX_REBUILT_PAGES)
        except BaseException:
            self.close()
            raise

    def make_part(self) -> str:
        """Make the folder of a part; it goes with the generation if that is not published."""
        with index_failures():
            # Under a name that never was: what a killed rebuild's process still writes goes nowhere.
            part = Path(tempfile.mkdtemp(prefix="part-", dir=self._folder))
            self._parts.append(part)
            return str(part)

    def adopt(self, part: str) -> None:
        """Add all documents of a part that is finished."""
        with index_failures():
            self._open().adopt(Path(part))

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, each identifier once. Raises IndexUnusable where one cannot be indexed."""
        self._open().write(documents)

    def publish(self, watermark: Watermark) -> None:
        """Check the new index and let it take the old one's place. The rebuild ends here."""
        with index_failures():
            self._open().finish(watermark)
            self._builder = None
            for part in self._parts:
                shutil.rmtree(part)
            check_generation(self._folder)
            self._generations.publish(self._folder)
            self._is_published = True

    def close(self) -> None:
        """Drop the new generation, unless it was published."""
        if self._builder:
            self._builder.close()
            self._builder = None
        if not self._is_published:
            self._generations.drop(self._folder)

    def _open(self) -> SegmentBuilder:
        if self._builder is None:
            raise damaged("a rebuild was used after its end")
        return self._builder
