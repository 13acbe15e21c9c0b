"""What a table that came back would change: each cell that is not as the archive has it."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from archive.catalogue.bulk import planning
from archive.catalogue.bulk.subjects import Subject, names
from archive.catalogue.bulk.table_columns import (
    READ_ONLY,
    ChangedCell,
    GivenRow,
    GivenTable,
    LineRefusal,
    RefusedCell,
    TableColumn,
    TablePlan,
)
from archive.catalogue.bulk.table_rows import KnownDocuments, known
from archive.catalogue.editing.field_types import LINE_MAX_CHARS, Text
from archive.garbage import garbage_waits
from archive.model.bulk import BulkChange, BulkKind, RefusalReason
from archive.model.events import read_date
from archive.model.visibility import Visibility

_KINDS = {
    TableColumn.TITLE: BulkKind.TITLE,
    TableColumn.EVENT_ID: BulkKind.EVENT,
    TableColumn.LANGUAGE: BulkKind.LANGUAGE,
    TableColumn.VISIBILITY: BulkKind.VISIBILITY,
    TableColumn.DATE: BulkKind.DATE,
    TableColumn.PUBLISHER: BulkKind.PUBLISHER,
}
_OF_TALKS = frozenset({TableColumn.TITLE, TableColumn.EVENT_ID, TableColumn.REGIONS, TableColumn.LANGUAGE})
_OF_THE_EVENT = frozenset({TableColumn.EVENT_ID, TableColumn.EVENT})
_MARK_CHARS = 24
_SHOWN_CHARS = 200
_TEXT: TypeAdapter[str] = TypeAdapter(Text)
_Wanted = Sequence[BulkChange] | LineRefusal


@dataclass(slots=True)
class _Reading:
    """What has been read of a table so far; `said` is what the lines say of talks and events."""

    known: KnownDocuments
    events: frozenset[str]
    refused: list[RefusedCell]
    cells: list[ChangedCell] = field(default_factory=list)
    wanted: list[tuple[str, BulkChange]] = field(default_factory=list)
    said: dict[tuple[TableColumn, str], frozenset[BulkChange]] = field(default_factory=dict)


@garbage_waits()
def plan_table(session: Session, table: GivenTable) -> TablePlan:
    """Return what a table would change, and what of it is left with its line and why."""
    counts = Counter(row.cells[TableColumn.ID].strip() for row in table.rows)
    have = known(session, list(counts))
    reading = _Reading(have, frozenset(names(session).events), list(table.refused))
    for row in table.rows:
        document = row.cells[TableColumn.ID].strip()
        why = _left_whole(have.subjects.get(document), document, counts[document])
        if why:
            reading.refused.append(RefusedCell(row.line, document[:_SHOWN_CHARS], "", "", why))
            continue
        _read_row(reading, row, have.subjects[document])
    return _planned(session, reading, len(table.rows))


def _left_whole(subject: Subject | None, document: str, count: int) -> LineRefusal | None:
    if not document:
        return LineRefusal.NO_ID
    if count > 1:
        return LineRefusal.REPEATED
    if subject is None:
        return LineRefusal.UNKNOWN
    return LineRefusal.WITHDRAWN if subject.is_withdrawn else None


def _read_row(reading: _Reading, row: GivenRow, subject: Subject) -> None:
    have = reading.known.cells[subject.id]
    changed = {
        column: cell
        for column, cell in row.cells.items()
        if column is not TableColumn.ID and cell != have[column]
    }
    for column, cell in changed.items():
        if column is TableColumn.EVENT and TableColumn.EVENT_ID in changed:
            continue  # the title of the event of before, or of the new one
        told = LineRefusal.READ_ONLY if column in READ_ONLY else _changes(reading, subject, column, cell)
        if column is TableColumn.FOCUS_AREAS and not _OF_THE_EVENT.isdisjoint(changed):
            told = LineRefusal.EVENT_MOVES
        if not isinstance(told, LineRefusal) and told and _contradicts(reading, subject, column, told):
            told = LineRefusal.CONTRADICTION
        if isinstance(told, LineRefusal):
            reading.refused.append(RefusedCell(row.line, subject.id, column.value, cell[:_SHOWN_CHARS], told))
        elif told:
            after = told[0].value if column in _KINDS else _listed(reading, column, cell)
            one = ChangedCell(row.line, subject.id, subject.title, column, have[column], after)
            reading.cells.append(one)
            reading.wanted += [(subject.id, change) for change in told]


def _changes(reading: _Reading, subject: Subject, column: TableColumn, cell: str) -> _Wanted:
    """Return the changes that make a cell so; none where only its white space or its order is another."""
    if column is TableColumn.REGIONS:
        before = reading.known.regions.get(subject.talk_id, ())
        after = reading.known.region_words.meant(cell)
        return _difference(before, after, BulkKind.ADD_REGION, BulkKind.REMOVE_REGION)
    if column is TableColumn.FOCUS_AREAS:
        before = reading.known.areas.get(subject.event_id, ())
        after = reading.known.area_words.meant(cell)
        return _difference(before, after, BulkKind.ADD_FOCUS_AREA, BulkKind.REMOVE_FOCUS_AREA)
    value = _value(column, cell)
    if isinstance(value, LineRefusal):
        return value
    if value == reading.known.cells[subject.id][column]:
        return ()
    if not _is_known(reading, column, value):
        return LineRefusal.UNKNOWN_VALUE
    return (BulkChange(_KINDS[column], value),)


def _value(column: TableColumn, cell: str) -> str | LineRefusal:
    try:
        value = _TEXT.validate_python(cell)
    except ValidationError as error:
        is_long = error.errors()[0]["type"] == "string_too_long"
        return LineRefusal.TOO_LONG if is_long else LineRefusal.UNSHOWABLE
    if len(value) > LINE_MAX_CHARS:
        return LineRefusal.TOO_LONG
    if column is TableColumn.TITLE and not value:
        return LineRefusal.EMPTY
    if column is TableColumn.DATE and value and read_date(value) is None:
        return LineRefusal.WRONG_DATE
    return value.casefold() if column in (TableColumn.LANGUAGE, TableColumn.VISIBILITY) else value


def _is_known(reading: _Reading, column: TableColumn, value: str) -> bool:
    if column is TableColumn.EVENT_ID:
        return not value or value in reading.events
    if column is TableColumn.LANGUAGE:
        return value in planning.LANGUAGES
    return column is not TableColumn.VISIBILITY or value in list(Visibility)


def _difference(
    before: Sequence[str], after: Sequence[str] | None, add: BulkKind, remove: BulkKind
) -> _Wanted:
    if after is None:
        return LineRefusal.UNKNOWN_VALUE
    gone = [BulkChange(remove, one) for one in before if one not in after]
    return [*gone, *(BulkChange(add, one) for one in after if one not in before)]


def _contradicts(
    reading: _Reading, subject: Subject, column: TableColumn, changes: Sequence[BulkChange]
) -> bool:
    """Return whether a line before says something else of the same talk or event."""
    of_talk = subject.talk_id if column in _OF_TALKS else ""
    record = subject.event_id if column is TableColumn.FOCUS_AREAS else of_talk
    if not record:
        return False
    wanted = frozenset(changes)
    return reading.said.setdefault((column, record), wanted) != wanted


def _listed(reading: _Reading, column: TableColumn, cell: str) -> str:
    words = reading.known.region_words if column is TableColumn.REGIONS else reading.known.area_words
    return words.listed(words.meant(cell) or ())


def _planned(session: Session, reading: _Reading, rows: int) -> TablePlan:
    plan = planning.plan_each(session, reading.wanted)
    left = {(one.document, _column(one.change.kind)): one.why for one in plan.refused}
    left = {key: why for key, why in left.items() if why is not RefusalReason.ALREADY}
    cells = [one for one in reading.cells if (one.document, one.column) not in left]
    refused = reading.refused + [
        RefusedCell(
            *(one.line, one.document, one.column.value, one.after[:_SHOWN_CHARS]),
            LineRefusal(left[one.document, one.column].value),
        )
        for one in reading.cells
        if (one.document, one.column) in left
    ]
    refused.sort(key=lambda one: one.line)
    seen = repr((plan.mark, cells, refused)).encode()
    mark = hashlib.sha256(seen).hexdigest()[:_MARK_CHARS]
    return TablePlan(rows, cells, refused, plan, mark)


def _column(kind: BulkKind) -> TableColumn:
    if kind in (BulkKind.ADD_REGION, BulkKind.REMOVE_REGION):
        return TableColumn.REGIONS
    if kind in (BulkKind.ADD_FOCUS_AREA, BulkKind.REMOVE_FOCUS_AREA):
        return TableColumn.FOCUS_AREAS
    return next(column for column, one in _KINDS.items() if one is kind)
