"""The terms behind a prefix: for prefix search and for suggestions, with bounded work."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.index.schema import TextField
from archive.index.whoosh.directory.array_file import Array
from archive.index.whoosh.searcher.docset import VisiblePages
from archive.index.whoosh.searcher.snapshot import Snapshot
from archive.index.whoosh.segment.postings import FieldPostings
from archive.index.whoosh.segment.segment import SegmentView

MAX_TERMS_READ: Final = 5_000
"""Terms read per segment without looking first whether fewer would do."""
MAX_CANDIDATES: Final = 500
"""Terms that a prefix is expanded to at most."""
_MAX_CACHED = 64


class PrefixTerms:
    """The terms that begin with a prefix, most frequent first, then by letter. Thread-safe.

    Only pages of ranks up to `max_rank` count, so that which terms there are tells nothing of others. Terms
    are read only when `term` returns them where a single segment has such terms.
    """

    def __init__(
        self, views: Sequence[SegmentView], field: TextField, prefix: bytes, max_rank: int, limit: int
    ) -> None:
        parts = [
            part
            for nth, view in enumerate(views)
            if (postings := view.segment.fields.get(field))
            and (part := _SegmentTerms(nth, view, postings, prefix, max_rank)).end > part.start
        ]
        self._segments = [part.nth for part in parts]
        self._only = parts[0] if len(parts) == 1 else None
        self._terms: Sequence[bytes] = ()
        if self._only:
            order = _most_frequent(self._only.frequencies, limit)
            order = order[self._only.frequencies[order] > 0]
            self._places, self._counts = (order + self._only.start)[None, :], self._only.frequencies[order]
        else:
            self._terms, self._places, self._counts = _join(parts, limit)

    def __len__(self) -> int:
        return int(self._counts.size)

    def term(self, rank: int) -> tuple[str, int]:
        """Return the term of a rank (from 0) and how many pages hold it."""
        raw = self._only.field.terms.raw(int(self._places[0, rank])) if self._only else self._terms[rank]
        return raw.decode("utf-8"), int(self._counts[rank])

    def places(self, nth: int) -> Array:
        """Return the places of the terms in the table of segment `nth`, -1 for none."""
        if nth not in self._segments:
            return np.full(len(self), -1)
        places: Array = self._places[self._segments.index(nth)]
        return places

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many pages hold each term."""
        return self._counts


class _SegmentTerms:
    """The terms of one segment that begin with the prefix."""

    def __init__(
        self, nth: int, view: SegmentView, field: FieldPostings, prefix: bytes, max_rank: int
    ) -> None:
        self.nth, self.field = nth, field
        self.start, self.end = field.terms.prefix_range(prefix)
        self.frequencies = view.frequencies(field, max_rank, self.start, self.end)

    def count(self, least: int) -> int:
        """Return how many are on at least so many pages."""
        return int(np.count_nonzero(self.frequencies >= least))

    def candidates(self, least: int) -> dict[bytes, int]:
        """Return the places of those on at least so many pages."""
        return self._read(np.flatnonzero(self.frequencies >= least))

    def most_frequent(self, limit: int) -> dict[bytes, int]:
        """Return the `limit` most frequent, each with its number of pages."""
        terms = self._read(np.sort(_most_frequent(self.frequencies, limit)))
        return {term: int(self.frequencies[place]) for term, place in terms.items()}

    def _read(self, places: Array) -> dict[bytes, int]:
        """Return the places, given in order, by their terms."""
        if places.size == self.end - self.start:
            terms = self.field.terms.raw_range(self.start, self.end)
        else:
            terms = [self.field.terms.raw(self.start + place) for place in places.tolist()]
        return dict(zip(terms, places.tolist(), strict=True))

    def find(self, term: bytes) -> int:
        """Return the place of a term among those of the prefix, -1 for none."""
        place = self.field.terms.find(term, self.start, self.end)
        return place - self.start if place >= 0 else -1


def _join(parts: Sequence[_SegmentTerms], limit: int) -> tuple[list[bytes], Array, NDArray[np.int64]]:
    """Return the most frequent terms of several segments, their places in each, and on how many pages.

    The last of them is on no fewer pages than the `limit`th of any segment alone. A term that is on as many
    has its share of them in some segment, so terms below that share everywhere need not be read.
    """
    worst = max((_nth_largest(part.frequencies, limit) for part in parts), default=0)
    least = _share(worst, len(parts))
    if any(part.count(least) > MAX_TERMS_READ for part in parts):
        least = _share(_worst_of_sums(parts, limit), len(parts))
    known = [part.candidates(least) for part in parts]
    terms = sorted(set().union(*known))
    places = np.full((len(parts), len(terms)), -1)
    counts = np.zeros(len(terms), np.int64)
    for row, (part, place_of) in enumerate(zip(parts, known, strict=True)):
        # With a share of one page all terms are known already.
        find = part.find if least > 1 else lambda _term: -1
        at = np.array([place_of[term] if term in place_of else find(term) for term in terms], np.int64)
        present = at >= 0
        counts[present] += part.frequencies[at[present]]
        places[row, present] = at[present] + part.start
    # Terms in the order of their bytes are in the order of their letters.
    order = _most_frequent(counts, limit)
    return [terms[place] for place in order.tolist()], places[:, order], counts[order]


def _share(count: int, parts: int) -> int:
    """Return on how many pages of some part a term is at least that is on so many of all."""
    return max(1, -(-count // max(parts, 1)))


def _worst_of_sums(parts: Sequence[_SegmentTerms], limit: int) -> int:
    """Return on how many pages the `limit`th most frequent term is at least, by those of each part."""
    sums: Counter[bytes] = Counter()
    for part in parts:
        sums.update(part.most_frequent(limit))
    return _nth_largest(np.array([*sums.values()], np.int64), limit)


def _most_frequent(frequencies: NDArray[np.int64], limit: int) -> Array:
    """Return the places of the highest numbers, highest first, of equal ones the first."""
    return np.argsort(-frequencies, kind="stable")[: max(limit, 0)]


def _nth_largest(frequencies: NDArray[np.int64], nth: int) -> int:
    if not 0 < nth <= frequencies.size:
        return 0
    return int(np.partition(frequencies, frequencies.size - nth)[frequencies.size - nth])


def expansion(
    snapshot: Snapshot, field: TextField, prefix: str, max_rank: int, limit: int = MAX_CANDIDATES
) -> PrefixTerms:
    """Return the terms that a prefix is expanded to: at most `limit`, and never more than 500.

    They are those of the pages of ranks up to `max_rank`.
    """
    cache, limit = snapshot.expansions, min(limit, MAX_CANDIDATES)
    terms: PrefixTerms | None = cache.get((field, prefix, max_rank, limit))
    if terms is None:
        raw = prefix.encode("utf-8", "surrogatepass")
        terms = PrefixTerms(snapshot.views, field, raw, max_rank, limit)
        if len(cache) >= _MAX_CACHED:
            cache.clear()
        cache[field, prefix, max_rank, limit] = terms
    return terms


def visible_terms(
    snapshot: Snapshot, field: TextField, prefix: str, max_rank: int, masked: frozenset[str], limit: int
) -> tuple[str, ...]:
    """Return the terms that begin with `prefix`, with only the pages counted that a visitor may see; no term
    that is on none.
    """
    by_segment = [VisiblePages(view, max_rank, masked) for view in snapshot.views]
    seen: list[tuple[int, str]] = []
    candidates = expansion(snapshot, field, prefix, max_rank)
    for rank in range(len(candidates)):
        term, most = candidates.term(rank)
        # A term is never on more pages than with masked documents, so the rest cannot do better.
        if sum(count > most for count, _ in seen) >= limit:
            break
        count = sum(visible.count(field, term) for visible in by_segment)
        if count:
            seen.append((count, term))
    seen.sort(key=lambda item: (-item[0], item[1]))
    return tuple(term for _, term in seen[:limit])
