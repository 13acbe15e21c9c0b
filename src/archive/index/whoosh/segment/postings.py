"""One field's postings in one segment, as they are read from its file.

Postings are ordered by term, then by page. Arrays of a field, each called `<field>/<name>`:

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

from archive.index.whoosh.directory.array_file import Array, ArrayFile, StringTable

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

    def frequencies(self, terms: Array) -> NDArray[np.int64]:
        """Return how many pages have each of some terms, removed ones included, shape (n_terms,)."""
        return self.starts.take(terms + 1).astype(np.int64) - self.starts.take(terms)

    def rows_of(self, terms: Array) -> NDArray[np.int64]:
        """Return the rows of the postings of some terms, one term after another, shape (n_postings,)."""
        return spans(self.starts.take(terms), self.frequencies(terms))

    def frequency(self, term: int) -> int:
        """Return how many pages have a term, removed ones included."""
        return int(self._places[term + 1] - self._places[term])

    def weights_at(self, rows: "slice | Array") -> NDArray[np.float64]:
        """Return the weights of postings, shape (n_postings,)."""
        values = self.weights[rows] if isinstance(rows, slice) else self.weights.take(rows)
        return values.astype(np.float64) if self.weight_table is None else self.weight_table.take(values)

    def position_start(self, term: int) -> int:
        """Return where a term's positions begin."""
        return int(self._position_starts[term])

    def positions_at(self, term: int, rows: Array) -> tuple[NDArray[np.int64], Array]:
        """Return the positions in a term's postings `rows` (counted from its first), each with its place in
        `rows` before it.
        """
        return TermPositions(self, term, rows).read(0, rows.size)


class TermPositions:
    """Reads a term's positions page after page; `rows` are postings counted from its first, in order.

    For one search, in one thread.
    """

    def __init__(self, field: FieldPostings, term: int, rows: Array) -> None:
        self._positions = field.positions
        self._counts = field.counts[slice(*field.span(term))]
        self._rows = rows
        self._row, self._place = 0, field.position_start(term)

    def read(self, start: int, end: int) -> tuple[NDArray[np.int64], Array]:
        """Return the positions in rows[start:end], not before those read last, each with its place from
        `start` before it.
        """
        rows = self._rows[start:end]
        first, last = int(rows[0]), int(rows[-1]) + 1
        self._place += int(self._counts[self._row : first].sum(dtype=np.int64))
        self._row = first
        all_counts = self._counts[first:last]
        ends = np.cumsum(all_counts, dtype=np.int64)
        if rows.size == all_counts.size:
            counts, firsts = all_counts, ends - all_counts
        else:
            rows = rows - first
            counts = all_counts.take(rows)
            firsts = ends.take(rows) - counts
        firsts += self._place
        owners = np.arange(counts.size)
        if counts.max() > 1:
            owners = np.repeat(owners, counts)
            before = np.cumsum(counts, dtype=np.int64) - counts
            firsts = (firsts - before).take(owners) + np.arange(owners.size)
        return owners, self._positions.take(firsts)
