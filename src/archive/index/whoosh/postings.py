"""One field's postings in one segment, as they are read from its file.

Postings stand by term, in the order of pages. Arrays of a field, each called `<field>/<name>`:

    terms, starts       the terms in order; where each one's postings begin (one more for the end)
    pages               page of each posting
    weights             its summed boosts: float32, or a code into `weight_table`
    counts, positions   fields with positions: how many each posting has, and all of them
    position_starts     where each term's positions begin
    lengths             per page Whoosh's byte for the number of tokens
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

from archive.index.whoosh.arrayfile import Array, ArrayFile
from archive.index.whoosh.strings import StringTable

LENGTHS: Final[NDArray[np.int64]] = np.array([byte_to_length(code) for code in range(256)], np.int64)
"""Whoosh's lengths by their bytes; lengths between are rounded up."""


def length_codes(lengths: Array) -> NDArray[np.uint8]:
    """Return Whoosh's bytes for numbers of tokens."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)


def spans(starts: Array, counts: Array) -> NDArray[np.int64]:
    """Return start … start + count of each pair, one after another."""
    counts = counts.astype(np.int64)
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts.astype(np.int64) - (ends - counts), counts)


class FieldPostings:
    """The postings of one field. Thread-safe: nothing in it changes."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        self.name = field
        self.terms = StringTable(file, f"{field}/terms")
        self.starts = file.array(f"{field}/starts")
        self._places = self.starts.data
        self.pages = file.array(f"{field}/pages")
        self.weights = file.array(f"{field}/weights")
        self.lengths = file.array(f"{field}/lengths")
        self.length_sum = int(file.meta["length_sums"][field])
        self.has_positions = f"{field}/positions" in file
        self.weight_table: NDArray[np.float64] | None = None
        if f"{field}/weight_table" in file:
            self.weight_table = file.array(f"{field}/weight_table").astype(np.float64)
        if self.has_positions:
            self.counts = file.array(f"{field}/counts")
            self.positions = file.array(f"{field}/positions")
            self._position_starts = file.array(f"{field}/position_starts").data

    def span(self, term: int) -> tuple[int, int]:
        """Return from … to of a term's postings."""
        return self._places[term], self._places[term + 1]

    def frequency(self, term: int) -> int:
        """Return how many pages hold a term, removed ones included."""
        return int(self._places[term + 1] - self._places[term])

    def weights_at(self, rows: "slice | Array") -> NDArray[np.float64]:
        """Return the weights of postings."""
        found = self.weights[rows] if isinstance(rows, slice) else self.weights.take(rows)
        return found.astype(np.float64) if self.weight_table is None else self.weight_table.take(found)

    def positions_at(self, term: int, rows: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the positions in a term's postings `rows` (counted from its first), each with its place in
        `rows` before it.
        """
        start, end = self.span(term)
        all_counts = self.counts[start:end]
        counts = all_counts.take(rows).astype(np.int64)
        ends = np.cumsum(all_counts, dtype=np.int64)
        firsts = ends.take(rows) - counts + self._position_starts[term]
        owners = np.arange(counts.size)
        if counts.size and counts.max() > 1:
            owners = np.repeat(owners, counts)
            firsts = (firsts - (np.cumsum(counts) - counts)).take(owners) + np.arange(owners.size)
        return owners, self.positions.take(firsts).astype(np.int64)
