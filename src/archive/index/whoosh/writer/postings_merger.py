"""One field's postings from several parts: new pages and segments that are merged."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archive.index.whoosh.directory.array_file import Array, pack_strings, smallest_type
from archive.index.whoosh.segment.postings import LENGTHS, FieldPostings, spans
from archive.index.whoosh.writer.postings_writer import PostingsPart

_MAX_CODES = 1 << 16


def part_of(field: FieldPostings, kept: NDArray[np.bool_], base: int) -> PostingsPart:
    """Return a segment's postings of the pages `kept`, which get the numbers from `base` on."""
    number = np.cumsum(kept) - 1 + base
    stays = kept[field.pages]
    all_frequencies = field.starts[1:].astype(np.int64) - field.starts[:-1]
    term = np.repeat(np.arange(len(field.terms)), all_frequencies)
    frequencies = np.bincount(term[stays], minlength=len(field.terms))
    used = np.flatnonzero(frequencies)
    names = field.terms.raw_range(0, len(field.terms))
    lengths = field.lengths[kept]
    part = PostingsPart(
        [names[place] for place in used.tolist()],
        frequencies[used],
        number[field.pages[stays]].astype(np.uint32),
        field.weights_at(np.flatnonzero(stays)).astype(np.float32),
        None,
        None,
        base,
        lengths,
        int(LENGTHS[lengths].sum()),
    )
    if not field.has_positions:
        return part
    counts = field.counts.astype(np.int64)
    return replace(part, counts=counts[stays], positions=field.positions[np.repeat(stays, counts)])


def join(parts: Sequence[PostingsPart]) -> PostingsPart:
    """Return one part from those of different pages, given in the order of their pages."""
    if len(parts) == 1:
        return parts[0]
    terms = sorted(set().union(*(part.terms for part in parts)))
    place_of = {term: place for place, term in enumerate(terms)}
    places = [np.array([place_of[term] for term in part.terms], np.int64) for part in parts]
    frequencies = np.zeros(len(terms), np.int64)
    for part, place in zip(parts, places, strict=True):
        frequencies[place] += part.frequencies
    free = np.cumsum(frequencies) - frequencies
    targets = []
    for part, place in zip(parts, places, strict=True):
        targets.append(spans(free[place], part.frequencies))
        free[place] += part.frequencies
    total = int(frequencies.sum())
    pages, weights = np.empty(total, np.uint32), np.empty(total, np.float32)
    for part, target in zip(parts, targets, strict=True):
        pages[target] = part.pages
        weights[target] = part.weights
    counts, positions = _join_positions(parts, targets, total)
    end = max(part.base + part.lengths.size for part in parts)
    lengths = np.zeros(end, np.uint8)
    for part in parts:
        lengths[part.base : part.base + part.lengths.size] = part.lengths
    length_sum = sum(part.length_sum for part in parts)
    return PostingsPart(terms, frequencies, pages, weights, counts, positions, 0, lengths, length_sum)


def _join_positions(
    parts: Sequence[PostingsPart], targets: Sequence[Array], total: int
) -> tuple[Array | None, Array | None]:
    with_positions = [
        (part.counts, part.positions, target)
        for part, target in zip(parts, targets, strict=True)
        if part.counts is not None and part.positions is not None
    ]
    if not with_positions:
        return None, None
    counts = np.empty(total, np.int64)
    for part_counts, _, target in with_positions:
        counts[target] = part_counts
    starts = np.cumsum(counts) - counts
    positions = np.empty(int(counts.sum()), np.uint32)
    for part_counts, part_positions, target in with_positions:
        positions[spans(starts[target], part_counts)] = part_positions
    return counts, positions


def field_arrays(field: str, part: PostingsPart, page_count: int) -> dict[str, Array]:
    """Return a field's arrays as a file has them; see `segment/postings.py`."""
    starts = np.concatenate(([0], np.cumsum(part.frequencies)))
    lengths = np.zeros(page_count, np.uint8)
    lengths[part.base : part.base + part.lengths.size] = part.lengths
    arrays = pack_strings(f"{field}/terms", part.terms)
    arrays[f"{field}/starts"] = _compact(starts)
    arrays[f"{field}/pages"] = part.pages.astype(smallest_type(max(page_count - 1, 0)))
    arrays |= _weight_arrays(field, part.weights)
    arrays[f"{field}/lengths"] = lengths
    if part.counts is not None and part.positions is not None:
        before = np.concatenate(([0], np.cumsum(part.counts)))
        arrays[f"{field}/counts"] = _compact(part.counts)
        arrays[f"{field}/positions"] = _compact(part.positions)
        arrays[f"{field}/position_starts"] = _compact(before[starts])
    return arrays


def _weight_arrays(field: str, weights: NDArray[np.float32]) -> dict[str, Array]:
    # np.unique hashes, which is many times slower than sorting numbers.
    different = np.sort(weights)
    different = different[np.append(True, different[1:] != different[:-1])] if different.size else different
    if different.size > _MAX_CODES:
        return {f"{field}/weights": weights}
    codes = np.searchsorted(different, weights).astype(smallest_type(max(different.size - 1, 0)))
    return {f"{field}/weights": codes, f"{field}/weight_table": different}


def _compact(values: Array) -> Array:
    return values.astype(smallest_type(int(values.max()) if values.size else 0))
