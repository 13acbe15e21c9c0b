"""One commit of the fast engine."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from whoosh.index import FileIndex
from whoosh.writing import NO_MERGE

from archive.index.documents import IndexDocument, Watermark
from archive.index.whoosh.codec.codec import ArrayCodec
from archive.index.whoosh.directory.storage import DurableStorage
from archive.index.whoosh.directory.toc import INDEX_NAME
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.schema import WATERMARK_ID, shared_schema
from archive.index.whoosh.segment.segment import Segment, SegmentView
from archive.index.whoosh.writer.merge_policy import due, without
from archive.index.whoosh.writer.parts import adopt_part
from archive.index.whoosh.writer.segment_writer import ArrayWriter, Moved

MAX_REBUILT_PAGES: Final = 131_072
"""Pages of a segment made by a rebuild: few segments to search, and their words fit in memory together."""


class ArrayWriting:
    """One commit in the making. `held` gives the newest state, whose open segments are used again.

    It raises Abandoned and can only be cancelled soon after `should_stop` says so.
    """

    def __init__(
        self,
        folder: Path,
        held: Callable[[], Snapshot | None],
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._folder = folder
        self._held = held
        self._segments: list[tuple[Any, Segment]] | None = None
        self._storage = DurableStorage(folder, ArrayCodec)
        try:
            self._writer = ArrayWriter(FileIndex(self._storage, shared_schema(), INDEX_NAME), should_stop)
        except BaseException:
            self._storage.discard_created()
            raise
        self.page_count = 0

    def remove(self, document: str) -> None:
        """Remove a document's pages as they were before this commit."""
        for stored, segment in self._open_segments():
            is_mark = document == WATERMARK_ID and segment.watermark_page >= 0
            pages = [segment.watermark_page] if is_mark else segment.units.pages_of(document)
            for page in pages:
                stored.delete_document(page)

    def _open_segments(self) -> list[tuple[Any, Segment]]:
        if self._segments is None:
            held = self._held()
            is_ours = held is not None and held.folder == self._folder
            known = {view.segment.id: view.segment for view in held.views} if held and is_ours else {}
            self._segments = [
                (one, known.get(one.segment_id()) or Segment(self._folder, one))
                for one in self._writer.segments
            ]
        return self._segments

    def add(self, document: IndexDocument) -> None:
        """Add a document's pages."""
        self._writer.add_pages(document)
        self.page_count += len(document.pages)

    def add_watermark(self, watermark: Watermark) -> None:
        """Add the watermark."""
        self._writer.add_watermark(watermark)

    def copy(self, views: Sequence[SegmentView]) -> list[Moved]:
        """Add the pages of segments of another folder, without their watermarks; return where they go."""
        return [self._writer.add_segment(view.segment, view.removed) for view in views]

    def adopt(self, part: Path) -> list[Any]:
        """Add the segments of a part, which is used up; return them as Whoosh keeps them."""
        adopted = adopt_part(part, self._storage, shared_schema(), ArrayCodec)
        self._writer.segments += adopted
        return adopted

    @property
    def stored(self) -> list[Any]:
        """The segments there are before this commit's own, as Whoosh keeps them."""
        return list(self._writer.segments)

    def leave_out(self, stored: Sequence[Any]) -> None:
        """Let segments go, with all their pages."""
        self._writer.segments = without(self._writer.segments, stored)

    def commit(self, *, merge: bool) -> None:
        """Write the segment and the table of contents."""
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
        # Where the disk is full even giving up fails; what is left is removed here and by the next commit.
        with suppress(Exception):
            self._writer.cancel()
        self._storage.discard_created()
