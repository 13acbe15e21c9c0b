"""Queries that the evaluator does not know, answered by Whoosh's own matchers over our codec."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import scoring
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import MultiReader, SegmentReader
from whoosh.searching import Searcher

from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.queries import WhooshQuery
from archive.index.whoosh.searcher.statistics import K1, B, Statistics
from archive.index.whoosh.segment.schema import make_schema


class _Counted(Searcher):
    """A searcher of Whoosh's that weighs terms by our statistics."""

    counts: Statistics  # of the whole; those of single segments ask it

    def idf(self, fieldname: str, text: Any) -> float:
        """Return a term's idf."""
        return self.counts.idf(fieldname, text.decode("utf-8") if isinstance(text, bytes) else text)

    def avg_field_length(self, fieldname: str, default: float | None = None) -> float:
        """Return the average length of a field."""
        del default
        return self.counts.average_length(fieldname)


class StockQueries:
    """Answers queries page by page; for one search, in one thread."""

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics
        self._snapshot = statistics.snapshot
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
            self._searcher = _Counted(reader, weighting=scoring.BM25F(B=B, K1=K1))
            self._searcher.counts = self._statistics
        return self._searcher
