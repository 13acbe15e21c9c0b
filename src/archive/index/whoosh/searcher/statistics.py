"""Where terms are in a snapshot's segments and how common they are, worked out once a search."""

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import TextField
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.bm25 import length_norm, lucene_idf
from archive.index.whoosh.searcher.prefix import expansion
from archive.index.whoosh.searcher.queries import FrequentPrefix
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.postings import LENGTHS, FieldPostings


class Statistics:
    """Term and field statistics over all segments; for one search, in one thread.

    Like Whoosh's own they count removed pages until their segment is merged.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._places: dict[tuple[str, str], list[int]] = {}
        self._idfs: dict[tuple[str, str], float] = {}

    def _fields(self, name: str) -> list[FieldPostings | None]:
        return [view.segment.fields.get(name) for view in self.snapshot.views]

    def _all_places(self, field: str, term: str) -> list[int]:
        places = self._places.get((field, term))
        if places is None:
            raw = term.encode("utf-8", "surrogatepass")
            places = [postings.terms.find(raw) if postings else -1 for postings in self._fields(field)]
            self._places[field, term] = places
        return places

    def place(self, nth: int, field: str, term: str) -> int:
        """Return a term's place in the table of segment `nth`, -1 where the segment lacks it."""
        return self._all_places(field, term)[nth]

    def document_frequency(self, field: str, term: str) -> int:
        """Return how many pages have the term, removed ones included."""
        places = zip(self.snapshot.views, self._all_places(field, term), strict=True)
        return sum(view.segment.fields[field].frequency(place) for view, place in places if place >= 0)

    def idf(self, field: str, term: str) -> float:
        """Return a term's inverse document frequency."""
        idf = self._idfs.get((field, term))
        if idf is None:
            frequency = self.document_frequency(field, term)
            idf = self._idfs[field, term] = lucene_idf(self.snapshot.page_count or 1, frequency)
        return idf

    def norms(self, field: str) -> NDArray[np.float64]:
        """Return BM25's length norm for each of Whoosh's 256 lengths, shape (256,)."""
        norms = self.snapshot.norms.get(field)
        if norms is None:
            total = sum(postings.length_sum for postings in self._fields(field) if postings)
            average = total / (self.snapshot.page_count or 1) or 1.0
            norms = self.snapshot.norms[field] = length_norm(LENGTHS.astype(np.float64), average)
        return norms

    def expanded(self, nth: int, prefix: FrequentPrefix) -> tuple[Array, NDArray[np.float64]]:
        """Return the places in segment `nth` of a prefix's terms, and their idfs, shape (n_terms,) each."""
        terms = expansion(self.snapshot, TextField(prefix.fieldname), prefix.text, prefix.max_terms)
        places = terms.places(nth)
        present = np.flatnonzero(places >= 0)
        pages = self.snapshot.page_count or 1
        idfs = [lucene_idf(pages, frequency) for frequency in terms.counts[present].tolist()]
        return places[present], np.array(idfs, np.float64)
