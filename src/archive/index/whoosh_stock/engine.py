"""The stock engine: the contract of `archive.index.engine` over Whoosh's own postings."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from archive.index.query import Query
from archive.index.schema import TextField
from archive.index.search import Scope, SearchAnswer, SearchRequest
from archive.index.whoosh.directory.errors import index_failures
from archive.index.whoosh.directory.generations import Generations
from archive.index.whoosh.generational import GenerationalEngine
from archive.index.whoosh.searcher.trees import check_tree
from archive.index.whoosh.writer import merge_policy
from archive.index.whoosh.writer.commit import IndexFormat, SegmentBuilder
from archive.index.whoosh.writer.validation import usable
from archive.index.whoosh_stock import asking, writing
from archive.index.whoosh_stock.expansion import Expansion
from archive.index.whoosh_stock.inspection import check_generation
from archive.index.whoosh_stock.schema import make_schema
from archive.index.whoosh_stock.snapshot import Snapshot, StockSnapshots
from archive.index.whoosh_stock.vocabulary import StockVocabulary

_MAKING: Final = IndexFormat(
    make_schema, writing.StockWriting, usable, check_generation, lambda: merge_policy.MAX_SEGMENT_PAGES
)


def open_part(folder: Path, _process_count: int) -> SegmentBuilder:
    """Open a part of a new index."""
    with index_failures():
        return SegmentBuilder(_MAKING, folder, _MAKING.max_segment_pages)


class WhooshStockEngine(GenerationalEngine[Snapshot]):
    """An index in files, for one machine, searched page by page."""

    name = "whoosh-stock"

    _snapshots: StockSnapshots

    def _make_snapshots(self, generations: Generations) -> StockSnapshots:
        return StockSnapshots(generations)

    def _make_format(self) -> IndexFormat:
        return _MAKING

    def compact(self, _should_stop: Callable[[], bool]) -> bool:
        """Do nothing: Whoosh's own segments are merged by commits alone."""
        return False

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer one search from a single committed state of the index."""
        check_tree(request.query)
        empty = SearchAnswer((), 0, 0, dict.fromkeys(request.facets, ()))
        with index_failures():
            return self._snapshots.ask(
                lambda snapshot, leaves: asking.search(snapshot, leaves, request), empty
            )

    def matching_pages(self, query: Query, scope: Scope, document: str) -> tuple[int, ...]:
        """Return the numbers of one document's pages that match, in reading order."""
        check_tree(query)
        with index_failures():
            return self._snapshots.ask(
                lambda snapshot, leaves: asking.matching_pages(snapshot, leaves, query, scope, document), ()
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
            return self._snapshots.ask(
                lambda snapshot, leaves: Expansion(snapshot, leaves).visible_terms(
                    field, prefix, max_rank, masked, limit
                ),
                (),
            )

    def vocabulary(self, max_rank: int) -> StockVocabulary:
        """Return the terms of all pages of ranks up to `max_rank`."""
        return StockVocabulary(self._snapshots, max_rank)
