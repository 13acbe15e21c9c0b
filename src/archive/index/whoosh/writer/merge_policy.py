"""When segments are merged: few to search, and removed pages do not pile up.

A commit merges small segments only, so that its work stays in proportion to what it adds; the rest is merged
when there is nothing else to do (`compaction.py`).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

MAX_SEGMENT_PAGES: Final = 50_000
"""No merged segment grows beyond this, so that no merge takes long: it is some 20 µs of CPU a page."""
SEGMENTS_PER_TIER: Final = 8
"""Segments of about one size that a commit merges into one."""
MIN_REWRITTEN_PAGES: Final = 1_000
MAX_REWRITTEN_SHARE: Final = 8
"""A commit rewrites at most so many pages for each that it adds, or the minimum where that is more."""
MAX_SIZE_RATIO: Final = 2
"""Compaction merges a segment with all smaller ones that have more than half its pages together: a page is
rewritten at most log₁.₅ n times, and each segment left is twice as large as all smaller ones together."""


def max_rewritten_pages(added: int) -> int:
    """Return how many pages of other segments a commit that adds `added` pages may rewrite."""
    return min(max(MIN_REWRITTEN_PAGES, MAX_REWRITTEN_SHARE * added), MAX_SEGMENT_PAGES - added)


def due(segments: Sequence[Any], added: int) -> list[Any]:
    """Return the segments (as Whoosh keeps them) that a commit of `added` pages merges with its own."""
    room = max_rewritten_pages(added)
    chosen: list[Any] = []
    tiers: dict[int, list[Any]] = defaultdict(list)
    for segment in _by_size(segments):
        live = segment.doc_count()
        if segment.deleted_count() <= live:
            tiers[(live.bit_length() - 1) // 3].append(segment)
        elif live <= room:
            chosen.append(segment)
            room -= live
    for tier in sorted(tiers):
        fitting = _fitting(tiers[tier], room)
        # Few large ones, again and again, would be much work for little.
        if len(tiers[tier]) >= SEGMENTS_PER_TIER and len(fitting) >= SEGMENTS_PER_TIER // 2:
            chosen += fitting
            room -= sum(segment.doc_count() for segment in fitting)
    return chosen


def to_compact(segments: Sequence[Any]) -> list[Any]:
    """Return the segments that one step of compaction makes into one; none where there are few enough."""
    fitting = _fitting(_by_size(segments), MAX_SEGMENT_PAGES)
    end = smaller = 0
    for place, segment in enumerate(fitting):
        if segment.doc_count() < MAX_SIZE_RATIO * smaller:
            end = place + 1
        smaller += segment.doc_count()
    if end:
        return fitting[:end]
    half_empty = [
        segment for segment in _by_size(segments) if 2 * segment.deleted_count() > segment.doc_count()
    ]
    return _fitting(half_empty, MAX_SEGMENT_PAGES)


def _by_size(segments: Sequence[Any]) -> list[Any]:
    return sorted(
        (segment for segment in segments if segment.doc_count()), key=lambda segment: segment.doc_count()
    )


def _fitting(by_size: Sequence[Any], room: int) -> list[Any]:
    """Return the smallest segments, as many as have no more than `room` pages together."""
    fitting = []
    for segment in by_size:
        room -= segment.doc_count()
        if room < 0:
            break
        fitting.append(segment)
    return fitting


def without(segments: Sequence[Any], merged: Sequence[Any]) -> list[Any]:
    """Return the segments that are left when some are merged; empty ones go as well."""
    gone = {segment.segment_id() for segment in merged}
    return [segment for segment in segments if segment.doc_count() and segment.segment_id() not in gone]
