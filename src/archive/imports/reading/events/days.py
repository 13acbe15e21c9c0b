"""Where an event's days stand, and days of publishing that are none of them."""

import re
from collections.abc import Sequence

from archive.imports.reading.dates import FoundDate
from archive.imports.reading.pieces import Line, Piece

_LINES_ABOVE, _ABOVE_CHARS = 40, 60


def without_publishing(
    days: list[tuple[FoundDate, Piece | None]], published_on: str
) -> list[tuple[FoundDate, Piece | None]]:
    """Return days without that on a line of its own when the page was published, where there are others."""
    told = [
        (day, piece)
        for day, piece in days
        if not (
            day.year is not None
            and day.first(None) == published_on[:10]
            and piece is not None
            and not re.search(r"[^\W\d]{2}", piece.text[: day.start] + piece.text[day.end :])
        )
    ]
    return told or days


def lines_above(lines: Sequence[Line]) -> list[Line]:
    """Return the short lines above the heading that say when: "Seminarium 2018-03-15"."""
    found: list[Line] = []
    for line in lines[:_LINES_ABOVE]:
        if line.is_heading:
            return found
        if len(line.text) < _ABOVE_CHARS and not line.links:
            found.append(line)
    return []
