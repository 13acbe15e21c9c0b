"""The lines of one event, and what its heading says beside the title."""

from dataclasses import dataclass, field

from archive.imports.reading.dates import FoundDate
from archive.imports.reading.events.places import place_in_short
from archive.imports.reading.pieces import Line, Piece
from archive.imports.reading.words import CANCELLED

_CANCELLED_CHARS = 80


@dataclass(slots=True)
class EventLines:
    """The lines of one event. `title` is its name on the page, `day` the day in its heading.

    `years` are those of the nearest heading above it that has some: "2016" above the seminars of that year.
    """

    title: Piece | None
    lines: list[Line] = field(default_factory=list)
    day: FoundDate | None = None
    subtitle: Piece | None = None
    heading: Line | None = None
    place: Piece | None = None
    years: tuple[int, ...] = ()


def place_in_heading(own: EventLines) -> Piece | None:
    """Return the place that a heading with the day names beside the title: "Höstmötet i Umeå 9 maj: Skog"."""
    if own.heading is None or own.day is None or not own.day.start:
        return None
    behind = own.heading.piece.part(own.day.end)
    if behind.text.startswith(", ") and own.title is not None and own.title.start < behind.start:
        return behind.stripped(" \t\n,.")  # "Skog, 9 maj 2020, Umeå"
    before = own.heading.piece.part(0, own.day.start).stripped(" \t\n,.")
    is_title = own.title is None or before.start <= own.title.start < before.start + len(before.text)
    return None if is_title else place_in_short(before)


def is_cancelled(own: EventLines) -> bool:
    """Return whether an event of several was cancelled: its heading says so, or the line below."""
    if own.heading is None:
        return False
    below = own.lines[0].text if own.lines else ""
    is_below = len(below) < _CANCELLED_CHARS and CANCELLED.search(below) is not None
    return CANCELLED.search(own.heading.text) is not None or is_below
