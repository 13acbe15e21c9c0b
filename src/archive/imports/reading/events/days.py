"""Where an event's days stand, and days of publishing that are none of them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.dates import FoundDate, dates_in
from archive.imports.reading.pieces import Line, Piece

_LINES_ABOVE, _ABOVE_CHARS = 40, 60
_SEVERAL = 2
_PLACE_WORDS = 4
_SENTENCE_CHARS = 160
_NAMES_EVENT = re.compile(
    r"\w{0,12}(?:seminari|webbinari|konferens|möte|träff|workshop|föreläsning|studiebesök)\w*\s(?:\w+\s)?(?:19|20)\d\d",
    re.IGNORECASE,
)  # "Vårträffen 2017"
_WRITTEN_WITHIN_DAYS = 45


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
    told = told or days
    bare = [day for day, piece in told if piece is not None and _is_bare(day, piece)]
    later = [day for day in bare if any(_is_shortly_before(other, day) for other, _ in told)]
    kept = [(day, piece) for day, piece in told if day not in later]
    return [(replace(day, year=day.year or later[0].year), piece) for day, piece in kept] if later else told


def _is_bare(day: FoundDate, piece: Piece) -> bool:
    return day.year is not None and not re.search(r"\w", piece.text[: day.start] + piece.text[day.end :])


def _is_shortly_before(day: FoundDate, published: FoundDate) -> bool:
    """Return whether a day without a year was within the weeks before another: it was written about then."""
    if day.year is not None or published.year is None:
        return False
    days = (published.month - day.month) * 31 + (published.day or 0) - (day.day or 0)
    return 0 < days <= _WRITTEN_WITHIN_DAYS


def days_below_headings(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, days above the headings of one level put below: cards of "9 maj 2020", "Jord"."""
    above: dict[int, list[int]] = {}
    for at, line in enumerate(lines[1:], 1):
        if line.is_heading and line.level > 1 and _is_but_day(lines[at - 1]):
            above.setdefault(line.level, []).append(at)
    found = list(lines)
    for level, places in above.items():
        first = places[0] - 1
        alike = [
            at for at, line in enumerate(lines) if at > first and line.is_heading and line.level == level
        ]
        is_below = first > 0 and lines[first - 1].is_heading and lines[first - 1].level == level
        if len(places) < _SEVERAL or len(places) < 0.8 * len(alike) or is_below:
            continue
        for at in places:
            found[at - 1], found[at] = lines[at], lines[at - 1]
    return found


def _is_but_day(line: Line) -> bool:
    """Return whether a line of text has nothing but a day with its year."""
    days = [] if line.is_heading or line.table or line.links else dates_in(line.text)
    rest = line.text[: days[0].start] + line.text[days[0].end :] if len(days) == 1 else line.text
    return len(days) == 1 and days[0].year is not None and len(re.findall(r"\w+", rest)) <= 1


def lines_above(lines: Sequence[Line]) -> list[Line]:
    """Return the short lines above the heading that say when: "Seminarium 2018-03-15"."""
    found: list[Line] = []
    for line in lines[:_LINES_ABOVE]:
        if line.is_heading:
            return found
        if len(line.text) < _ABOVE_CHARS and not line.links:
            found.append(line)
    return []


def has_but_day(text: str, day: FoundDate) -> bool:
    """Return whether a line has nothing but a day and where: "Norrköping den 21 oktober"."""
    before = text[: day.start].split()
    return len(before) <= _PLACE_WORDS and not re.search(r"\w", text[day.end :])


def told_day(lines: Sequence[Line]) -> FoundDate | None:
    """Return the day in the text below a heading that names an event by its year: "Vårträffen 2017"."""
    if len(lines) < _SEVERAL or _NAMES_EVENT.fullmatch(lines[0].text.strip()) is None:
        return None
    days = dates_in(lines[1].text[:_SENTENCE_CHARS])
    return days[0] if days else None
