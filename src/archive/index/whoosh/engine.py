"""The Whoosh engine: the contract of `archive.index.engine` over mapped arrays."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from archive.index.query import Query
from archive.index.schema import TextField
from archive.index.search import Scope, SearchAnswer, SearchRequest
from archive.index.whoosh.directory.errors import index_failures
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.generational import GenerationalEngine
from archive.index.whoosh.inspection import check_generation
from archive.index.whoosh.searcher import searcher
from archive.index.whoosh.searcher.prefix import visible_terms
from archive.index.whoosh.searcher.snapshot import Snapshot, open_snapshot
from archive.index.whoosh.searcher.snapshots import Snapshots
from archive.index.whoosh.searcher.trees import check_tree
from archive.index.whoosh.searcher.vocabulary import SnapshotVocabulary
from archive.index.whoosh.segment.schema import make_schema
from archive.index.whoosh.writer import commit
from archive.index.whoosh.writer.compaction import Compaction
from archive.index.whoosh.writer.validation import usable
from archive.index.whoosh.writer.writer import IndexFormat, SegmentBuilder

MIN_PART_SEGMENT_PAGES: Final = 50_000
"""Segments of parts are no smaller than that, however many processes share the memory."""


def open_part(folder: Path, process_count: int) -> SegmentBuilder:
    """Open a part of a new index; together all parts need about the memory that one rebuild alone does."""

    def max_pages() -> int:
        return min(
            commit.MAX_REBUILT_PAGES, max(commit.MAX_REBUILT_PAGES // process_count, MIN_PART_SEGMENT_PAGES)
        )

    with index_failures():
        return SegmentBuilder(
            _format(lambda folder: commit.ArrayWriting(folder, lambda: None)), folder, max_pages
        )


def _format(begin: Callable[[Path], commit.ArrayWriting]) -> IndexFormat:
    return IndexFormat(make_schema, begin, usable, check_generation, lambda: commit.MAX_REBUILT_PAGES)


class WhooshEngine(GenerationalEngine[Snapshot]):
    """An index in files, for one machine. All threads search the same mapped files."""

    name = "whoosh"

    def _make_snapshots(self, generations: Generations) -> Snapshots[Snapshot]:
        return Snapshots(generations, open_snapshot)

    def _make_format(self) -> IndexFormat:
        return _format(lambda folder: commit.ArrayWriting(folder, self._snapshots.newest))

    def compact(self, should_stop: Callable[[], bool]) -> bool:
        """Merge some segments into one while searches and writes go on; return whether to call again."""
        with index_failures():
            return Compaction(self._generations, self._format, self._snapshots.newest, self._writing).step(
                should_stop
            )

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer one search from a single committed state of the index."""
        check_tree(request.query)
        empty = SearchAnswer((), 0, 0, dict.fromkeys(request.facets, ()))
        with index_failures():
            return self._snapshots.look(lambda snapshot: searcher.search(snapshot, request), empty)

    def matching_pages(self, query: Query, scope: Scope, document: str) -> tuple[int, ...]:
        """Return the numbers of one document's pages that match, in reading order."""
        check_tree(query)
        with index_failures():
            return self._snapshots.look(
                lambda snapshot: searcher.matching_pages(snapshot, query, scope, document), ()
            )

    def suggest(
        self,
        prefix: str,
        field: TextField,
        max_rank: int,
        limit: int,
        masked: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return terms of `field` that begin with `prefix`, most frequent first, from visible pages only."""
        with index_failures():
            return self._snapshots.look(
                lambda snapshot: visible_terms(snapshot, field, prefix, max_rank, masked, limit), ()
            )

    def vocabulary(self, max_rank: int) -> SnapshotVocabulary:
        """Return the terms of all pages of ranks up to `max_rank`, as of the newest committed state."""
        with index_failures():
            return self._snapshots.look(
                lambda snapshot: SnapshotVocabulary(snapshot, max_rank), SnapshotVocabulary(None, max_rank)
            )
