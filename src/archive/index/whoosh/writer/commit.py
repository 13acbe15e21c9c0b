"""One commit of the index: documents removed and added, segments adopted and merged, all or nothing."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex
from whoosh.writing import NO_MERGE

from archive.index.documents import IndexDocument, Watermark
from archive.index.schema import WATERMARK_ID
from archive.index.whoosh.codec.codec import ArrayCodec
from archive.index.whoosh.directory.generations import INDEX_NAME, latest_toc, stored_segments
from archive.index.whoosh.directory.storage import DurableStorage
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.schema import make_schema, shared_schema
from archive.index.whoosh.segment.segment import Segment, SegmentView
from archive.index.whoosh.writer.merge_policy import due, without
from archive.index.whoosh.writer.segment_writer import ArrayWriter, MovedPages


def create_index(folder: Path) -> None:
    """Make an empty index in the folder of a new generation or of a part."""
    storage = DurableStorage(folder, ArrayCodec)
    try:
        FileIndex.create(storage, make_schema(), INDEX_NAME)
    except BaseException:
        storage.discard_created()
        raise


def no_snapshot() -> None:
    """Return no snapshot: for a folder that nobody searches."""
    return


class Commit:
    """One commit in the making; ended by `commit` or `cancel`."""

    def __init__(
        self,
        folder: Path,
        newest: Callable[[], Snapshot | None],
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """Begin a commit.

        Args:
            folder: A generation, or a part.
            newest: Returns the newest snapshot, whose open segments are used again.
            should_stop: Asked now and then while the segment is written; soon after it says so `commit`
                raises Abandoned.
        """
        self._folder = folder
        self._newest = newest
        self._segments: list[tuple[Any, Segment]] | None = None
        self._storage = DurableStorage(folder, ArrayCodec)
        try:
            self._writer = ArrayWriter(FileIndex(self._storage, shared_schema(), INDEX_NAME), should_stop)
        except BaseException:
            self._storage.discard_created()
            raise
        self.page_count = 0

    def remove(self, document: str) -> None:
        """Remove a document's pages as they were before this commit; WATERMARK_ID removes the watermark."""
        for stored, segment in self._open_segments():
            is_mark = document == WATERMARK_ID and segment.watermark_page >= 0
            pages = [segment.watermark_page] if is_mark else segment.units.pages_of(document)
            for page in pages:
                stored.delete_document(page)

    def _open_segments(self) -> list[tuple[Any, Segment]]:
        """Return the segments before this commit's own, as Whoosh keeps them and opened."""
        if self._segments is None:
            snapshot = self._newest()
            views = snapshot.views if snapshot and snapshot.folder == self._folder else ()
            opened = {view.segment.id: view.segment for view in views}
            self._segments = [
                (stored, opened.get(stored.segment_id()) or Segment(self._folder, stored))
                for stored in self._writer.segments
            ]
        return self._segments

    def add(self, document: IndexDocument) -> None:
        """Add a document's pages. Raises IndexUnusable where one of its words cannot be indexed."""
        self._writer.add_pages(document)
        self.page_count += len(document.pages)

    def add_watermark(self, watermark: Watermark) -> None:
        """Add the watermark."""
        self._writer.add_watermark(watermark)

    def copy(self, views: Sequence[SegmentView]) -> list[MovedPages]:
        """Add the pages of segments of another folder, without their watermarks; return where they go."""
        return [self._writer.add_segment(view.segment, view.removed) for view in views]

    def adopt(self, part: Path) -> list[Any]:
        """Add the segments of a part, which is used up; return them as Whoosh keeps them.

        A part is a small index of the same kind, in a folder of its own on the same disk. Its files move here
        and go with this commit, or are removed with it where it is cancelled.

        Raises:
            FilesVanished, IndexUnusable: The part is not whole.
        """
        adopted = stored_segments(part, latest_toc(part), shared_schema(), ArrayCodec)
        for segment in adopted:
            for path in sorted(part.glob(f"{segment.segment_id()}.*")):
                self._storage.take_in(path)
        self._writer.segments += adopted
        return adopted

    @property
    def stored(self) -> list[Any]:
        """The segments before this commit's own, as Whoosh keeps them."""
        return list(self._writer.segments)

    def leave_out(self, stored: Sequence[Any]) -> None:
        """Drop segments with all their pages."""
        self._writer.segments = without(self._writer.segments, stored)

    def commit(self, *, merge: bool) -> None:
        """Write the segment and the table of contents; with `merge`, merge the segments that are due."""
        self._writer.commit(mergetype=self._merge_due if merge else NO_MERGE)

    def _merge_due(self, writer: ArrayWriter, segments: Sequence[Any]) -> list[Any]:
        """Merge into the new segment what is due and return the others: Whoosh's `mergetype` hook."""
        opened = {stored.segment_id(): segment for stored, segment in self._open_segments()}
        chosen = due(segments, writer.doc_count())
        for stored in chosen:
            writer.add_segment(opened[stored.segment_id()], stored.deleted_docs())
        return without(segments, chosen)

    def cancel(self) -> None:
        """Give it all up and leave no file."""
        # On a full disk even giving up fails; what is left is removed here and by the next commit.
        with suppress(Exception):
            self._writer.cancel()
        self._storage.discard_created()
