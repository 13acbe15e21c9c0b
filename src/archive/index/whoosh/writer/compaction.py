"""Merges segments beside the index: the writer's lock is taken only to put the merged one in their place.

A step takes segments as they are at one moment, makes one of them in a folder of its own while searches and
writes go on, and then adopts it in one commit, as safe as any. Pages that were removed meanwhile are removed
from the merged segment as well; where its sources are no longer there, it is dropped.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.errors import Busy
from archive.index.whoosh.directory.errors import FilesVanished
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.segment import SegmentView
from archive.index.whoosh.writer.commit import ArrayWriting
from archive.index.whoosh.writer.merge_policy import to_compact
from archive.index.whoosh.writer.segment_writer import Abandoned, Moved
from archive.index.whoosh.writer.writer import IndexFormat

_FOLDER = "merging"


@dataclass(frozen=True, slots=True)
class Compaction:
    """Compaction of the index whose generations are given. `newest` returns its newest state, `lock` the
    writer's lock.
    """

    generations: Generations
    format_: IndexFormat
    newest: Callable[[], Snapshot | None]
    lock: Callable[[], AbstractContextManager[None]]

    def step(self, should_stop: Callable[[], bool]) -> bool:
        """Merge some segments into one; return whether that was done and there may be more to do.

        Does nothing where another process is at it, and gives up soon after `should_stop` says so.
        """
        with suppress(Busy, Abandoned, FilesVanished), ExitStack() as stack:
            stack.enter_context(self.generations.compaction_lock())
            part = self.generations.root / _FOLDER
            # Now what a killed one has left, later what this one leaves.
            shutil.rmtree(part, ignore_errors=True)
            stack.callback(shutil.rmtree, part, ignore_errors=True)
            state = self.newest()
            chosen = to_compact(state.stored) if state else []
            if not state or not chosen or should_stop():
                return False
            ids = {stored.segment_id() for stored in chosen}
            views = [view for view in state.views if view.segment.id in ids]
            moved = self._merge(part, views, should_stop)
            with self.lock():
                return self._adopt(state.folder, part, views, moved)
        return False

    def _merge(
        self, part: Path, views: Sequence[SegmentView], should_stop: Callable[[], bool]
    ) -> list[Moved]:
        """Make a part of one segment that has all pages of `views` that are there."""
        part.mkdir(mode=0o700)
        self.format_.create_index(part)
        writing = ArrayWriting(part, lambda: None, should_stop)
        try:
            for view in views:
                if view.segment.watermark and view.segment.watermark_page not in view.removed:
                    writing.add_watermark(view.segment.watermark)
            moved = writing.copy(views)
            writing.commit(merge=False)
        except BaseException:
            writing.cancel()
            raise
        return moved

    def _adopt(self, folder: Path, part: Path, views: Sequence[SegmentView], moved: Sequence[Moved]) -> bool:
        """Put the part's segment in the place of those that it was made from."""
        if self.generations.current() != folder:
            return False
        writing = ArrayWriting(folder, self.newest)
        try:
            there = {stored.segment_id(): stored for stored in writing.stored}
            sources = [there.get(view.segment.id) for view in views]
            if None in sources:
                writing.cancel()
                return False
            writing.leave_out(sources)
            merged = writing.adopt(part)[0]
            for stored, view, place in zip(sources, views, moved, strict=True):
                _remove_late(merged, stored, view, place)
            writing.commit(merge=False)
        except BaseException:
            writing.cancel()
            raise
        return True


def _remove_late(merged: Any, stored: Any, view: SegmentView, moved: Moved) -> None:
    """Remove from the merged segment what a source has lost since it was read."""
    for page in set(stored.deleted_docs()) - view.removed:
        # The watermark's page comes first in the merged segment (and is not among those that were moved).
        is_mark = page == view.segment.watermark_page
        merged.delete_document(0 if is_mark else moved.number(page))
