"""The terms behind a prefix: for prefix search and for suggestions, with bounded work."""

from typing import Final

import numpy as np

from archive.index.whoosh.postings import FieldPostings
from archive.index.whoosh.snapshot import Snapshot
from archive.index.whoosh.visibility import Visibility
from archive.text.terms import TextField

MAX_TERMS_READ: Final = 5_000
"""Terms looked at per segment: of more that begin so, the most frequent."""
_MAX_CANDIDATES = 500
_MAX_CACHED = 64


def frequent_terms(snapshot: Snapshot, field: TextField, prefix: str, limit: int) -> tuple[str, ...]:
    """Return the terms that begin with `prefix`, at most 500, most frequent first, then by letter."""
    return tuple(term for term, _ in _counted(snapshot, field, prefix)[: max(limit, 0)])


def visible_terms(
    snapshot: Snapshot, field: TextField, prefix: str, max_rank: int, masked: frozenset[str], limit: int
) -> tuple[str, ...]:
    """Return the same with only the pages counted that a visitor may see; no term that is on none."""
    visibilities = [Visibility(view, max_rank, masked) for view in snapshot.views]
    seen: list[tuple[int, str]] = []
    for term, most in _counted(snapshot, field, prefix):
        # A term is never on more visible pages than on all, so the rest cannot do better.
        if sum(count > most for count, _ in seen) >= limit:
            break
        count = sum(one.count(field, term) for one in visibilities)
        if count:
            seen.append((count, term))
    seen.sort(key=lambda one: (-one[0], one[1]))
    return tuple(term for _, term in seen[:limit])


def _counted(snapshot: Snapshot, field: TextField, prefix: str) -> list[tuple[str, int]]:
    cache = snapshot.expansions
    found = cache.get((field, prefix))
    if found is None:
        counts: dict[bytes, int] = {}
        raw = prefix.encode("utf-8", "surrogatepass")
        held = [view.segment.fields[field] for view in snapshot.views if field in view.segment.fields]
        keep = _MAX_CANDIDATES if len(held) == 1 else MAX_TERMS_READ
        for one in held:
            _count(one, raw, keep, counts)
        # Terms in the order of their bytes are in the order of their letters.
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MAX_CANDIDATES]
        found = [(term.decode("utf-8"), count) for term, count in ordered]
        if len(cache) >= _MAX_CACHED:
            cache.clear()
        cache[field, prefix] = found
    return found


def _count(field: FieldPostings, prefix: bytes, keep: int, counts: dict[bytes, int]) -> None:
    """Add the frequencies of the most frequent terms that begin with `prefix`."""
    start, end = field.terms.prefix_range(prefix)
    frequencies = np.diff(field.starts[start : end + 1].astype(np.int64))
    if frequencies.size <= keep:
        terms = field.terms.raw_range(start, end)
    else:
        # Equally frequent ones stay in the order of their letters.
        chosen = np.sort(np.argsort(-frequencies, kind="stable")[:keep])
        terms = [field.terms.raw(start + place) for place in chosen.tolist()]
        frequencies = frequencies[chosen]
    for term, frequency in zip(terms, frequencies.tolist(), strict=True):
        counts[term] = counts.get(term, 0) + frequency
