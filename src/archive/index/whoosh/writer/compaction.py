"""Merges segments next to the index: the writer's lock is taken only to adopt the merged one.

A step takes segments as they are at one moment, makes one of them in a folder of its own while searches and
writes go on, and then adopts it in one commit, as safe as any. Pages that were removed meanwhile are removed
from the merged segment as well; where its sources are gone, it is dropped.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from archive.disk import own_folders
from archive.errors import Busy
from archive.index.whoosh.directory.errors import FilesVanished
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.segment import SegmentView
from archive.index.whoosh.writer.commit import Commit, create_index, no_snapshot
from archive.index.whoosh.writer.merge_policy import to_compact
from archive.index.whoosh.writer.segment_writer import Abandoned, MovedPages

_FOLDER: Final = "merging"


@dataclass(frozen=True, slots=True)
class Compaction:
    """Compaction of one index.

    Attributes:
        generations: The generations of the index.
        newest: Returns its newest snapshot.
        lock: Returns the writer's lock, to be held for the adoption.
    """

    generations: Generations
    newest: Callable[[], Snapshot | None]
    lock: Callable[[], AbstractContextManager[None]]

    def step(self, should_stop: Callable[[], bool]) -> bool:
        """Merge some segments into one; return whether that was done and there may be more to do.

        Does nothing where another process compacts, and gives up soon after `should_stop` says so.
        """
        with suppress(Busy, Abandoned, FilesVanished), ExitStack() as stack:
            stack.enter_context(self.generations.compaction_lock())
            part = self.generations.root / _FOLDER
            # Now what a killed one has left, later what this one leaves.
            own_folders.remove(part, "merging")
            stack.callback(own_folders.remove, part, "merging")
            snapshot = self.newest()
            chosen = to_compact(snapshot.stored) if snapshot else []
            if not snapshot or not chosen or should_stop():
                return False
            ids = {stored.segment_id() for stored in chosen}
            views = [view for view in snapshot.views if view.segment.id in ids]
            moved = self._merge(part, views, should_stop)
            with self.lock():
                return self._adopt(snapshot.folder, part, views, moved)
        return False

    def _merge(
        self, part: Path, views: Sequence[SegmentView], should_stop: Callable[[], bool]
    ) -> list[MovedPages]:
        """Make a part of one segment that has all pages of `views` that are not removed."""
        own_folders.make(part, "merging")
        create_index(part)
        commit = Commit(part, no_snapshot, should_stop)
        try:
            for view in views:
                if view.segment.watermark and view.segment.watermark_page not in view.removed:
                    commit.add_watermark(view.segment.watermark)
            moved = commit.copy(views)
            commit.commit(merge=False)
        except BaseException:
            commit.cancel()
            raise
        return moved

    def _adopt(
        self, folder: Path, part: Path, views: Sequence[SegmentView], moved: Sequence[MovedPages]
    ) -> bool:
        """Put the part's segment in the place of those that it was made from."""
        if self.generations.current() != folder:
            return False
        commit = Commit(folder, self.newest)
        try:
            by_id = {stored.segment_id(): stored for stored in commit.stored}
            sources = [by_id.get(view.segment.id) for view in views]
            if None in sources:
                commit.cancel()
                return False
            commit.leave_out(sources)
            merged = commit.adopt(part)[0]
            for stored, view, pages in zip(sources, views, moved, strict=True):
                _remove_late(merged, stored, view, pages)
            commit.commit(merge=False)
        except BaseException:
            commit.cancel()
            raise
        return True


def _remove_late(merged: Any, stored: Any, view: SegmentView, moved: MovedPages) -> None:
    """Remove from the merged segment what a source has lost since it was read."""
    for page in set(stored.deleted_docs()) - view.removed:
        # The watermark's page comes first in the merged segment (and is not among those that were moved).
        is_mark = page == view.segment.watermark_page
        merged.delete_document(0 if is_mark else moved.number(page))
