"""The terms behind a prefix: for prefix search and for suggestions, with bounded work."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.index.whoosh.arrayfile import Array
from archive.index.whoosh.postings import FieldPostings
from archive.index.whoosh.snapshot import Snapshot
from archive.index.whoosh.visibility import Visibility
from archive.text.terms import TextField

MAX_TERMS_READ: Final = 5_000
"""Terms looked at per segment: of more that begin so, the most frequent."""
_MAX_CANDIDATES = 500
_MAX_CACHED = 64

_Fields = Sequence[FieldPostings | None]


class Expansion:
    """The terms that begin with a prefix, at most 500, most frequent first, then by letter. Thread-safe.

    Where a single segment has such terms, only those are read that are asked for.
    """

    def __init__(self, fields: _Fields, prefix: bytes) -> None:
        self._fields = fields
        self._ranges = [one.terms.prefix_range(prefix) if one else (0, 0) for one in fields]
        held = [nth for nth, (start, end) in enumerate(self._ranges) if end > start]
        self._only = held[0] if len(held) == 1 else None
        self._terms: list[bytes] = []
        self._places: Array = np.empty(0, np.int64)
        if self._only is None:
            self._join(held)
        else:
            self._places, self._counts = self._most_frequent(self._only, _MAX_CANDIDATES)

    def __len__(self) -> int:
        return int(self._counts.size)

    def term(self, rank: int) -> tuple[str, int]:
        """Return the term of a rank (from 0) and how many pages hold it, removed ones included."""
        return self._raw(rank).decode("utf-8"), int(self._counts[rank])

    def places(self, nth: int, limit: int) -> Array:
        """Return the places of the first `limit` terms in the table of segment `nth`, -1 for none."""
        if self._only is not None:
            found = self._places[: max(limit, 0)]
            return found if nth == self._only else np.full(found.size, -1)
        field, (start, end) = self._fields[nth], self._ranges[nth]
        terms = self._terms[: max(limit, 0)]
        if field is None or end == start:
            return np.full(len(terms), -1)
        return np.array([field.terms.find(term, start, end) for term in terms], np.int64)

    def frequencies(self, limit: int) -> NDArray[np.int64]:
        """Return how many pages hold each of the first `limit` terms, removed ones included."""
        if self._only is not None:
            return self._counts[: max(limit, 0)].astype(np.int64)
        total = np.zeros(min(len(self), max(limit, 0)), np.int64)
        for nth, field in enumerate(self._fields):
            places = self.places(nth, limit)
            held = places >= 0
            if field is not None and held.any():
                total[held] += field.frequencies(places[held])
        return total

    def _raw(self, rank: int) -> bytes:
        field = None if self._only is None else self._fields[self._only]
        return self._terms[rank] if field is None else field.terms.raw(int(self._places[rank]))

    def _join(self, held: Sequence[int]) -> None:
        counts: dict[bytes, int] = {}
        for nth in held:
            field = self._fields[nth]
            places, frequencies = self._most_frequent(nth, MAX_TERMS_READ)
            for place, frequency in zip(places.tolist(), frequencies.tolist(), strict=True):
                term = field.terms.raw(place) if field else b""
                counts[term] = counts.get(term, 0) + frequency
        # Terms in the order of their bytes are in the order of their letters.
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MAX_CANDIDATES]
        self._terms = [term for term, _ in ordered]
        self._counts = np.array([count for _, count in ordered], np.int32)

    def _most_frequent(self, nth: int, limit: int) -> tuple[Array, NDArray[np.int32]]:
        """Return the places and frequencies of a segment's most frequent terms, of equal ones the first."""
        field, (start, end) = self._fields[nth], self._ranges[nth]
        places = np.arange(start, end)
        if field is None:
            return places, np.zeros(places.size, np.int32)
        frequencies = field.frequencies(places).astype(np.int32)
        order = np.argsort(-frequencies, kind="stable")[:limit]
        return places[order], frequencies[order]


def expansion(snapshot: Snapshot, field: TextField, prefix: str) -> Expansion:
    """Return what a prefix stands for."""
    cache = snapshot.expansions
    found = cache.get((field, prefix))
    if found is None:
        fields = [view.segment.fields.get(field) for view in snapshot.views]
        found = Expansion(fields, prefix.encode("utf-8", "surrogatepass"))
        if len(cache) >= _MAX_CACHED:
            cache.clear()
        cache[field, prefix] = found
    made: Expansion = found
    return made


def visible_terms(
    snapshot: Snapshot, field: TextField, prefix: str, max_rank: int, masked: frozenset[str], limit: int
) -> tuple[str, ...]:
    """Return the terms that begin with `prefix`, with only the pages counted that a visitor may see; no term
    that is on none.
    """
    visibilities = [Visibility(view, max_rank, masked) for view in snapshot.views]
    seen: list[tuple[int, str]] = []
    found = expansion(snapshot, field, prefix)
    for rank in range(len(found)):
        term, most = found.term(rank)
        # A term is never on more visible pages than on all, so the rest cannot do better.
        if sum(count > most for count, _ in seen) >= limit:
            break
        count = sum(one.count(field, term) for one in visibilities)
        if count:
            seen.append((count, term))
    seen.sort(key=lambda one: (-one[0], one[1]))
    return tuple(term for _, term in seen[:limit])
