"""The lines of a page parted into its events, each with its title."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from archive.imports.reading.dates import FoundDate, dates_in, years_in
from archive.imports.reading.events.days import has_but_day, told_day
from archive.imports.reading.events.event_lines import EventLines
from archive.imports.reading.events.titles import (
    GENERIC_TITLE,
    dated_title,
    place_behind,
    title_piece,
    undated_title,
)
from archive.imports.reading.focus_areas import heading_is_focus_area
from archive.imports.reading.headings import STRONG_LEVEL, is_group, is_sentence, names_speaker
from archive.imports.reading.pieces import Line, Piece
from archive.imports.reading.words import DAY, DOCUMENTS, FACT, OTHER_SECTION, PAUSE, READING, TIMES
from archive.model.seminar_pages.seminar_page import BlockKind

_GAP_DAYS = 3
_FACT_LINES = 2
_DAY_LINE_CHARS = 45
_PLACE_BEHIND = re.compile(r"\s*\(([A-ZÅÄÖ][^()]{2,60})\)\W*")
_SAYS_WHEN = re.compile(
    r"^\W*(?:\w{0,30}(?:seminari|webbinari|webinar|konferens|workshop|möte|träff|föreläsning|studie(?:besök"
    r"|res))\w*"
    r"|seminar|conference|meeting)(?:,|\s(?:hölls|den|on"
    r"|held))?\s(?:\w+dag(?:en)?\s)?(?:den\s)?[\d\w\s–—,.-]{4,40}$",
    re.IGNORECASE,
)


def events_of(lines: Sequence[Line]) -> tuple[list[Line], list[EventLines]]:
    """Return the lines before the events, and the events; a page that tells of one has it whole."""
    apart = [part for line in lines for part in _bold_apart(line)]
    starts = _starts(apart)
    if starts:
        return _several(apart, starts)
    return [], [_one(lines)]


def _bold_apart(line: Line) -> list[Line]:
    """Part a line from the place in brackets behind its day in bold: "**9 maj: Jord** (Folkets hus)"."""
    end = max((last for first, last in line.emphases if first == 0), default=0)
    behind = _PLACE_BEHIND.fullmatch(line.text[end:]) if 0 < end < len(line.text.rstrip()) else None
    if behind is None or line.table or line.links or not dates_in(line.text[:end]):
        return [line]
    head = replace(line, piece=line.piece.part(0, end), emphases=((0, end),))
    place = line.piece.part(end + behind.start(1), end + behind.end(1))
    return [head, replace(line, piece=place, emphases=(), is_first=False)]


def _several(lines: Sequence[Line], starts: list[int]) -> tuple[list[Line], list[EventLines]]:
    events: list[EventLines] = []
    levels = [level_of(lines[at]) for at in starts]
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        own = list(lines[at + 1 : end])
        stop = next(
            (
                n
                for n, line in enumerate(own)
                if 0 < level_of(line) <= min(levels) and OTHER_SECTION.match(line.text)
            ),
            len(own),
        )
        title, day = dated_title(lines[at])
        if named := _title_below(lines[at], own):
            title, own = named, own[1:]
            stop = max(stop - 1, 0)
        title, place = place_behind(title) if day is not None else (title, None)
        if place is None and own and own[0].piece.block == lines[at].piece.block and not own[0].is_first:
            bracket = own[0].piece.start == lines[at].piece.start + len(lines[at].text) + 2
            place = own[0].piece if bracket else None
        if day is None:
            day = next(
                (found for line in own[:3] for found in dates_in(line.text)[:1] if len(line.text) < 60), None
            ) or _day_at(lines, at)
        own, years = _with_facts(own[:stop]), _years_above(lines, at)
        events.append(EventLines(title, own, day, heading=lines[at], place=place, years=years))
    return list(lines[: starts[0]]), events


def _years_above(lines: Sequence[Line], at: int) -> tuple[int, ...]:
    """Return the years of the nearest heading of a higher rank above one that has some."""
    above = (line.text for line in reversed(lines[:at]) if 0 < level_of(line) < level_of(lines[at]))
    return next((years for text in above if (years := tuple(years_in(text)))), ())


def _title_below(head: Line, own: Sequence[Line]) -> Piece | None:
    """Return the title on the line below a heading that is but a day; None where there is none."""
    first = own[0] if own and DAY.match(head.text) else None
    if first is None or not level_of(first) or first.links or is_group(first.text) or FACT.match(first.text):
        return None
    is_near = level_of(first) > level_of(head) or first.piece.block == head.piece.block
    is_title = is_near and not _is_about_other(first.text) and not names_speaker(first.text)
    others = [level_of(line) for line in own[1:]]
    return title_piece(first.piece) if is_title and (level_of(first) not in others) else None


def level_of(line: Line) -> int:
    """Return the level of a heading, of a line in bold one below them, 0 for other lines."""
    if line.is_heading:
        return line.level
    is_head = line.is_strong and not line.table and len(line.text) < 140 and not is_sentence(line.text)
    return STRONG_LEVEL if is_head else 0


def _starts(lines: Sequence[Line]) -> list[int]:
    """Return where the events of a page with several begin, [] where it tells of one."""
    by_level: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        level = level_of(line)
        if level > 1 and _is_dated(lines, at):
            by_level.setdefault(level, []).append(at)
    best: list[int] = []
    for starts in by_level.values():
        days = {(day.month, day.day, day.year) for at in starts if (day := _day_at(lines, at)) is not None}
        if len(days) > 1 and len(starts) > len(best) and not _are_days_of_one(lines, starts):
            best = starts
    return _with_undated(lines, best)


def _with_undated(lines: Sequence[Line], starts: list[int]) -> list[int]:
    """Add headings of the same level between dated ones: events whose day is not said."""
    if not starts:
        return starts
    level = level_of(lines[starts[0]])
    between = [
        at
        for at in range(starts[0], len(lines))
        if level_of(lines[at]) == level < STRONG_LEVEL
        and at not in starts
        and not (is_group(lines[at].text) or _is_about_other(lines[at].text))
    ]
    return sorted([*starts, *between]) if len(between) < len(starts) else starts


def _is_about_other(text: str) -> bool:
    return any(words.match(text) is not None for words in (DOCUMENTS, OTHER_SECTION, READING))


def _is_dated(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    is_other = _is_about_other(line.text) or bool(TIMES.match(line.text) or FACT.match(line.text))
    is_pause = PAUSE.match(line.text) is not None and not dates_in(line.text)
    return not (is_other or is_pause) and _day_at(lines, at) is not None


def _day_at(lines: Sequence[Line], at: int) -> FoundDate | None:
    """Return the day in a heading, or that on a short line right below it."""
    found = dates_in(lines[at].text)
    if found:
        return found[0]
    if lines[at].is_heading and (told := told_day(lines[at : at + 2])) is not None:
        return told
    for line in lines[at + 1 : at + 3]:
        if line.is_heading or (level_of(line) and not lines[at].is_heading):
            return None
        days = dates_in(line.text)
        is_said = (
            len(line.text) < _DAY_LINE_CHARS
            or FACT.match(line.text)
            or _SAYS_WHEN.match(line.text[: days[0].end] if days else "")
        )
        if days and (days[0].year is not None or has_but_day(line.text, days[0])) and is_said:
            return days[0]
    return None


def _are_days_of_one(lines: Sequence[Line], starts: list[int]) -> bool:
    """Return whether dated headings are the days of one event: nothing but days, close together."""
    days = [day for at in starts if (day := _day_at(lines, at)) is not None]
    only = sum(DAY.match(lines[at].text) is not None for at in starts)
    are_whole = all(day.year is not None for day in days)
    places = sorted({((day.year or 0) if are_whole else 0) * 372 + day.month * 31 + day.day for day in days})
    close = all(other - one <= _GAP_DAYS for one, other in pairwise(places))
    return close and (only >= len(starts) - 1 or len(places) <= 3)


def _one(lines: Sequence[Line]) -> EventLines:
    """Return the only event of a page: its title is the first heading that is no focus area and no label."""
    heads = [at for at, line in enumerate(lines) if level_of(line)]
    first = next(
        (at for at in heads if lines[at].is_heading and lines[at].level == 1), heads[0] if heads else None
    )
    if first is None:
        return EventLines(None, list(lines))
    head = lines[first]
    if heading_is_focus_area(head.text) or GENERIC_TITLE.match(head.text):
        inner = next((at for at in heads if at > first and _may_name_event(lines[at])), None)
        if inner is not None and (
            heading_is_focus_area(head.text) or not _has_talks_before(lines, first, inner)
        ):
            title, day = dated_title(lines[inner]) if dates_in(lines[inner].text) else (None, None)
            title, place = place_behind(title) if title is not None else (title, None)
            title = title or title_piece(lines[inner].piece)
            event = EventLines(title, [], day, heading=lines[inner], place=place)
            event.lines = _with_facts(lines[inner + 1 :])
            return event
    event = EventLines(undated_title(head), _with_facts(lines[first + 1 :]), heading=head)
    if (
        event.lines
        and level_of(event.lines[0]) > head.level
        and len(event.lines) > 1
        and not event.lines[1].is_heading
    ):
        follows = event.lines[0]
        if _is_subtitle(event.lines):
            event.subtitle = follows.piece
            event.lines = event.lines[1:]
    return event


def _with_facts(lines: Sequence[Line]) -> list[Line]:
    """Return the lines below a title; a heading among the first that says when and where is one of text."""
    return [
        replace(line, kind=BlockKind.PARAGRAPH, level=0, emphases=())
        if at < _FACT_LINES and level_of(line) and dates_in(line.text) and not DAY.match(line.text)
        else line
        for at, line in enumerate(lines)
    ]


def _is_subtitle(lines: Sequence[Line]) -> bool:
    """Return whether the heading below a title goes on with it: what stands below it is when and where."""
    follows = lines[0]
    return (
        (follows.is_heading or ":" not in follows.text)
        and not is_group(follows.text)
        and not DOCUMENTS.match(follows.text)
        and bool(dates_in(lines[1].text))
        and not TIMES.match(lines[1].text)
    )


def _may_name_event(line: Line) -> bool:
    text = line.text
    is_other = is_group(text) or DOCUMENTS.match(text) or OTHER_SECTION.match(text) or FACT.match(text)
    return not (is_other or heading_is_focus_area(text) or line.links)


def _has_talks_before(lines: Sequence[Line], first: int, inner: int) -> bool:
    return any(TIMES.match(line.text) for line in lines[first:inner])
