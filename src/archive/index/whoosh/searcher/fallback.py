"""Queries that the evaluator does not know, answered by Whoosh's own matchers over our codec."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import MultiReader, SegmentReader
from whoosh.searching import Searcher

from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.queries import WhooshQuery
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.searcher.statistics import LuceneBM25F
from archive.index.whoosh.segment.schema import make_schema


class StockQueries:
    """Answers queries page by page; for one search, in one thread."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._searcher: Any = None

    def answer(self, nth: int, query: WhooshQuery) -> tuple[Array, NDArray[np.float64]]:
        """Return the pages of segment `nth` that match, in order, and their scores, shape (n_pages,) each."""
        whole = self._whole()
        leaf = whole.leaf_searchers()[nth][0]
        matcher = query.matcher(leaf, whole.context(weighting=whole.weighting))
        pages, scores = [], []
        while matcher.is_active():
            pages.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
        return np.array(pages, np.int64), np.array(scores, np.float64)

    def _whole(self) -> Any:
        if self._searcher is None:
            storage, schema = FileStorage(str(self._snapshot.folder)), make_schema()
            readers = [SegmentReader(storage, schema, stored) for stored in self._snapshot.stored]
            reader = readers[0] if len(readers) == 1 else MultiReader(readers)
            self._searcher = Searcher(reader, weighting=LuceneBM25F())
        return self._searcher
