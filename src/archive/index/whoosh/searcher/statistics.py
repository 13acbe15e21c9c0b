"""Where terms stand and how common they are in one snapshot, worked out once a search."""

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import TextField
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.bm25 import length_norm, lucene_idf
from archive.index.whoosh.searcher.prefix import expansion
from archive.index.whoosh.searcher.queries import FrequentPrefix
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.postings import LENGTHS


class Statistics:
    """Term and field statistics over all segments; for one search, in one thread.

    Like Whoosh's own they count removed pages until their segment is merged.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._places: dict[tuple[str, str], list[int]] = {}
        self._idfs: dict[tuple[str, str], float] = {}

    def _all_places(self, field: str, term: str) -> list[int]:
        found = self._places.get((field, term))
        if found is None:
            raw = term.encode("utf-8", "surrogatepass")
            held = [view.segment.fields.get(field) for view in self.snapshot.views]
            found = self._places[field, term] = [one.terms.find(raw) if one else -1 for one in held]
        return found

    def place(self, nth: int, field: str, term: str) -> int:
        """Return a term's place in the table of segment `nth`, -1 where it is not there."""
        return self._all_places(field, term)[nth]

    def document_frequency(self, field: str, term: str) -> int:
        """Return how many pages hold the term, removed ones included."""
        places = zip(self.snapshot.views, self._all_places(field, term), strict=True)
        return sum(view.segment.fields[field].frequency(place) for view, place in places if place >= 0)

    def idf(self, field: str, term: str) -> float:
        """Return how much a term tells."""
        found = self._idfs.get((field, term))
        if found is None:
            frequency = self.document_frequency(field, term)
            found = self._idfs[field, term] = lucene_idf(self.snapshot.page_count or 1, frequency)
        return found

    def norms(self, field: str) -> NDArray[np.float64]:
        """Return BM25's length norm for each of Whoosh's 256 lengths."""
        found = self.snapshot.norms.get(field)
        if found is None:
            held = [view.segment.fields.get(field) for view in self.snapshot.views]
            total = sum(one.length_sum for one in held if one)
            average = total / (self.snapshot.page_count or 1) or 1.0
            found = self.snapshot.norms[field] = length_norm(LENGTHS.astype(np.float64), average)
        return found

    def expanded(self, nth: int, asked: FrequentPrefix) -> tuple[Array, NDArray[np.float64]]:
        """Return the places in segment `nth` of the terms behind a prefix, and how much each tells."""
        behind = expansion(self.snapshot, TextField(asked.fieldname), asked.text, asked.max_terms)
        places, frequencies = behind.places(nth), behind.counts
        held = np.flatnonzero(places >= 0)
        pages = self.snapshot.page_count or 1
        idfs = [lucene_idf(pages, frequency) for frequency in frequencies[held].tolist()]
        return places[held], np.array(idfs, np.float64)
