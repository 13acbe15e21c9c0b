"""The lines of an event as items of its programme, each with what stands below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from archive.imports.reading.columns import ONLY_TIME, by_rows, column_heads, column_order, is_time, tracks_of
from archive.imports.reading.headings import (
    LABEL,
    STRONG_LEVEL,
    is_beside,
    is_group,
    is_led_group,
    is_sentence,
    labelled_talks,
    level_in,
    told_heads,
)
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.words import (
    CANCELLED,
    DOCUMENTS,
    FACT,
    MODERATOR,
    NUMBER,
    OTHER_SECTION,
    PARALLEL,
    PAUSE,
    TIMES,
)
from archive.model.seminar_pages.seminar_page import BlockKind

_BRACKET_BEHIND = re.compile(r"\s*\([^()]*\)\s*$")


class PartKind(Enum):
    """What the part of a page is that an item stands in."""

    TEXT = "text"
    PROGRAMME = "programme"
    DOCUMENTS = "documents"


@dataclass(slots=True)
class Item:
    """A point of the programme, or what may be one.

    `head` is the line that names it, without time and number; `body` are the lines below it; `level` is that
    of a heading, 0 where the item is a line, a row or an item of a list.
    """

    head: Line | None
    title: Piece | None
    section: PartKind
    level: int = 0
    time: str = ""
    slot: int = 0
    is_row: bool = False
    is_cancelled: bool = False
    is_pause: bool = False
    body: list[Line] = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)
    group: int = 0


@dataclass(slots=True)
class _State:
    talk_heads: frozenset[int] = frozenset()
    told_heads: dict[tuple[int, int], bool] = field(default_factory=dict)
    section: PartKind = PartKind.TEXT
    item: Item | None = None
    time: str = ""
    slot: int = 0
    slots: int = 0
    is_parallel: bool = False
    parallel_level: int = 0
    skipped_level: int = 0
    documents_level: int = 0
    group: int = 0
    items: list[Item] = field(default_factory=list)
    heads: dict[int, dict[int, str]] = field(default_factory=dict)


def items_of(lines: Sequence[Line]) -> list[Item]:
    """Return the items of an event's lines, in order."""
    state = _State(labelled_talks(lines), told_heads(lines))
    for group in by_rows(lines):
        first = group[0]
        if first.table:
            _row(state, group)
        elif _is_skipped(state, first):
            continue
        elif first.is_heading or _is_strong_head(state, first):
            _heading(state, first)
        else:
            _line(state, first)
    return state.items


def _is_skipped(state: _State, line: Line) -> bool:
    """Return whether a line belongs to a part about something else ("Fler seminarier")."""
    level = level_in(line)
    if state.skipped_level and level and level <= state.skipped_level:
        state.skipped_level = 0
    if not state.skipped_level and level and OTHER_SECTION.match(line.text):
        state.skipped_level, state.item = level, None
    return bool(state.skipped_level)


def _is_strong_head(state: _State, line: Line) -> bool:
    """Return whether a line in bold is a heading: it is neither time, fact nor link."""
    told = state.told_heads.get((line.piece.block, line.piece.start))
    if told is not None or (line.kind is BlockKind.ITEM and not line.is_first):
        return bool(told)
    if not line.is_strong or line.links or FACT.match(line.text) or len(line.text) > 160:
        return False
    is_timed = TIMES.match(line.text) is not None and ONLY_TIME.match(line.text) is None
    return not (is_timed or is_sentence(line.text) or _says_who_below(state.item, line))


def _says_who_below(item: Item | None, line: Line) -> bool:
    head = item.head if item is not None and item.level else None
    return item is not None and head is not None and is_beside(head, line, is_first=not item.body)


def _heading(state: _State, line: Line) -> None:
    text = line.text.strip()
    level = level_in(line) or STRONG_LEVEL
    if ONLY_TIME.match(text):
        state.time, state.item = text, None
        return
    times = TIMES.match(text)
    bare = text[times.end() :] if times else text
    if DOCUMENTS.match(bare):
        state.section, state.item, state.documents_level = PartKind.DOCUMENTS, None, level
        _end_parallel(state, level)
    elif is_group(bare) and line.piece.block not in state.talk_heads:
        is_of_files = state.section is PartKind.DOCUMENTS and level > state.documents_level
        state.section = PartKind.DOCUMENTS if is_of_files else PartKind.PROGRAMME
        state.item = None
        _group(state, bare, level)
    elif PAUSE.match(bare) and len(bare) < 60:
        _end_parallel(state, level)
        _open(state, line, level, "", times.end() if times else 0)
    else:
        _end_parallel(state, level)
        _open(state, line, level, times[1] if times else "", times.end() if times else 0)


def _group(state: _State, text: str, level: int) -> None:
    state.group += 1
    if PARALLEL.search(text):
        state.slots += 1
        state.slot, state.is_parallel, state.parallel_level = state.slots, True, level
    elif not (state.is_parallel and level > state.parallel_level):
        _end_parallel(state, level)


def _end_parallel(state: _State, level: int) -> None:
    if state.is_parallel and level <= state.parallel_level:
        state.is_parallel, state.slot = False, 0


def _open(state: _State, line: Line, level: int, time: str, start: int) -> Item:
    title = line.piece.part(start)
    number = NUMBER.match(title.text) or (LABEL.match(title.text) if level else None)
    title = title.part(number.end()) if number else title
    state.item = Item(line, title, state.section, level, time or state.time, state.slot)
    state.item.is_cancelled = CANCELLED.search(title.text) is not None
    state.item.is_pause = PAUSE.match(title.text) is not None and not re.search(r"[:?]", title.text)
    state.item.group, state.time = state.group, ""
    state.items.append(state.item)
    return state.item


def _line(state: _State, line: Line) -> None:
    text = line.text
    if ONLY_TIME.match(text):
        state.time, state.item = text.strip(), None
        return
    if (PARALLEL.search(text) or is_led_group(text)) and len(text) < 80 and not line.links:
        _group(state, text, 3)
        state.item, state.section = None, PartKind.PROGRAMME
        return
    times = TIMES.match(text)
    if times and re.search(r"\w", text[times.end() :]) and not FACT.match(text):
        if _open(state, line, 0, times[1], times.end()).is_pause:
            _end_parallel(state, 0)
        return
    if state.item is None and state.time:
        _open(state, line, 0, state.time, 0)
        return
    if state.item is not None and _is_body(state.item, line):
        state.item.body.append(line)
        return
    _open(state, line, 0, "", 0)


def _row(state: _State, row: list[Line]) -> None:
    """Take a row of a table: its time, title and everything else in it; tracks side by side are several."""
    table = row[0].table
    if begun := column_heads(row):  # not only the first row: a day may stand above it
        state.heads[table] = begun
        return
    heads = state.heads.get(table, {})
    times = [line for line in row if is_time(line, heads)]
    cells, time = [line for line in row if line not in times], times[0].text.strip() if times else ""
    if not cells:
        state.time = time
        return
    tracks = tracks_of(cells, heads)
    state.slots += len(tracks) > 1
    for track in tracks:
        item = _row_item(state, track, time, heads)
        item.slot = state.slots if len(tracks) > 1 else item.slot
    if len({line.column for line in row}) == 1 and (
        is_group(_BRACKET_BEHIND.sub("", cells[0].text)) or _names_chair(row)
    ):
        state.items.pop()


def _row_item(state: _State, cells: list[Line], time: str, heads: dict[int, str]) -> Item:
    ranked = sorted(cells, key=lambda line: (line.column, line.piece.block))
    first = min(ranked, key=lambda line: column_order(heads.get(line.column, "")))
    times = TIMES.match(first.text)
    start = times.end() if times and re.search(r"\w", first.text[times.end() :]) else 0
    item = _open(state, first, 0, time or (times[1] if times and start else ""), start)
    item.is_row = True
    item.body = [line for line in cells if line is not first]
    item.columns = heads
    state.item = None
    return item


def _names_chair(row: Sequence[Line]) -> bool:
    return any(MODERATOR.match(one.text) for line in row for one in sentences(line.piece))


def _is_body(item: Item, line: Line) -> bool:
    """Return whether a line stands below an item; of a timed pause there is no more to tell."""
    is_apart = item.head is not None and item.head.piece.block != line.piece.block and not line.links
    is_over = (item.is_pause and not item.level and is_apart) or is_next(item, line)
    return bool(item.level or item.time) and not is_over


def is_next(item: Item, line: Line) -> bool:
    """Return whether a line is the next item of the list that an item is in."""
    is_list = item.head is not None and item.head.kind is line.kind is BlockKind.ITEM
    return is_list and item.head is not None and line.is_first and line.level <= item.head.level
