"""When segments are merged: few to search, small enough to rewrite, and removed pages do not pile up."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from whoosh.reading import SegmentReader

MAX_SEGMENT_PAGES: Final = 50_000
"""No segment grows beyond this: Whoosh's column of units holds 65,535 different values and drops the rest."""
SEGMENTS_PER_TIER: Final = 8
"""Segments of about one size that are merged into one: each page moves about log₈ n times."""


def merge_segments(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Merge into the segment being written what is due and return the others: Whoosh's `mergetype` hook."""
    chosen = _due(segments, MAX_SEGMENT_PAGES - writer.doc_count())
    for segment in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        try:
            writer.add_reader(reader)
        finally:
            reader.close()
    gone = {segment.segment_id() for segment in chosen}
    return [one for one in segments if one.doc_count() and one.segment_id() not in gone]


def _due(segments: Sequence[Any], room: int) -> list[Any]:
    tiers: dict[int, list[Any]] = defaultdict(list)
    due = []
    for segment in segments:
        live = segment.doc_count()
        if not live:
            continue
        if segment.deleted_count() > live:
            due.append(segment)
        else:
            tiers[(live.bit_length() - 1) // 3].append(segment)
    due += [one for tier in tiers.values() if len(tier) >= SEGMENTS_PER_TIER for one in tier]
    chosen = []
    for segment in sorted(due, key=lambda one: one.doc_count()):
        room -= segment.doc_count()
        if room < 0:
            break
        chosen.append(segment)
    return chosen
