"""Series told as lists: each line, or row, begins with a day and names what was said then and by whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from archive.imports.reading.columns import by_rows
from archive.imports.reading.dates import FoundDate, dates_in
from archive.imports.reading.naming.names import KNOWN, names_in
from archive.imports.reading.pieces import Line, Piece
from archive.imports.reading.talks.entries import entry_of
from archive.imports.reading.words import OTHER_SECTION
from archive.model.seminar_pages.seminar_page import BlockKind

_LEAST, _GAP_DAYS, _LEVEL = 3, 3, 6
_LEAD = re.compile(
    r"\W*(?:\w{2,5}dag(?:en)?|mån|tis|ons|tors?|fre|lör|sön)?\.?,?\s?(?:den\s)?\W*", re.IGNORECASE
)
_BEHIND_DAY = re.compile(r"[\s,.:–—|-]*(?:kl\.?\s?[\d.:]+(?:\s?[–-]\s?[\d.:]+)?[\s,.:–—|-]*)?")
_ENDS_TOPIC = re.compile(r"(?<=[\w)])\.\s+(?=[A-ZÅÄÖ])|\s[–—-]\s|(?<=[?!”])\s+|\n")


def dated_lists_apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, each that begins with a day as a heading of its own, where several in a list do."""
    rows = list(by_rows(lines))
    if any(line.is_heading and line.level > 1 and dates_in(line.text) for line in lines):
        return list(lines)
    found = [(row, day) for row in rows if (day := _day_of(row)) is not None]
    if not _is_series([row for row, _ in found], [day for _, day in found]):
        return list(lines)
    begun = {id(row): day for row, day in found}
    return [line for row in rows for line in _parts(row, begun.get(id(row)))]


def _day_of(row: Sequence[Line]) -> FoundDate | None:
    """Return the day that a line, or the first cell of a row, begins with; None for other lines."""
    first = row[0]
    days = dates_in(first.text) if not first.is_heading and not OTHER_SECTION.match(first.under) else []
    if not days or _LEAD.fullmatch(first.text[: days[0].start]) is None:
        return None
    rest = first.text[days[0].end :]
    is_cell = bool(first.table) and len(row) > 1 and not re.search(r"[^\W\d]{3}", rest)
    is_line = not first.table and first.is_first and re.search(r"[^\W\d]{3}", rest) is not None
    return days[0] if is_cell or is_line else None


def _is_series(rows: Sequence[Sequence[Line]], days: Sequence[FoundDate]) -> bool:
    kinds = {(row[0].kind, row[0].level, row[0].table) for row in rows}
    places = sorted({(day.year or 0) * 372 + day.month * 31 + day.day for day in days})
    are_apart = all(other - one > _GAP_DAYS for one, other in pairwise(places))
    if len(rows) < _LEAST or len(kinds) > 1 or len(places) < len(rows) or not are_apart:
        return False
    told = sum(any(name.certainty >= KNOWN for line in row for name in names_in(line.text)) for row in rows)
    return 2 * told > len(rows)


def _parts(row: Sequence[Line], day: FoundDate | None) -> Iterator[Line]:
    if day is None:
        yield from row
    elif row[0].table:
        topic, *others = sorted(row[1:], key=lambda line: line.column)
        yield _text(topic, topic.piece, kind=BlockKind.HEADING)
        yield from (_text(line, line.piece) for line in (row[0], *others))
    else:
        line = row[0]
        begun = _BEHIND_DAY.match(line.text, day.end)
        rest = line.piece.part(begun.end() if begun else day.end)
        end = _topic_end(rest) - line.piece.start
        yield _text(line, line.piece.part(day.start, end), kind=BlockKind.HEADING)
        behind = line.piece.part(end).stripped()
        if behind.text:
            yield replace(_text(line, behind), is_first=False)
        yield from row[1:]


def _topic_end(rest: Piece) -> int:
    """Return where in the block the topic ends that a piece begins with."""
    entry = entry_of(rest)
    if entry.topic is not None and entry.people and entry.topic.start < entry.people[0].name.start:
        return entry.topic.start + len(entry.topic.text)
    ends = _ENDS_TOPIC.search(rest.text)
    return rest.start + (ends.start() if ends else len(rest.text))


def _text(line: Line, piece: Piece, *, kind: BlockKind = BlockKind.PARAGRAPH) -> Line:
    is_head = kind is BlockKind.HEADING
    links = () if is_head and not line.table else line.links
    level = _LEVEL if is_head else 0
    return replace(
        line, piece=piece, kind=kind, level=level, table=0, row=0, column=0, links=links, emphases=()
    )
