"""What the journal tells: the newest edits, those of a group, and what became of one record.

What a change of many did is read without its ten thousand rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue.journal.recorded_tables import in_order
from archive.catalogue.tables.edits import EditRow, RowChangeRow
from archive.errors import NotFound
from archive.model.edits import Author, Edit, Reason, RowChange, Values

PARTS = {
    "event": ("event", "event_focus_area", "film"),
    "talk": ("presentation", "contribution", "presentation_region", "film"),
    "person": ("person", "person_spelling", "former_person", "distinct_people"),
    "organisation": (
        "organisation",
        "organisation_spelling",
        "former_organisation",
        "distinct_organisations",
    ),
    "focus_area": ("focus_area",),
    "document": ("document", "page_choice"),
}
"""Kinds of records, each with the tables that its rows are in.

Their keys begin with its identifier, but for films: one is a talk's or an event's, as its columns say.
"""

_FILM_OWNERS = {"event": "event_id", "talk": "presentation_id"}


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which edits are asked for; "" and None ask for all."""

    actor: str = ""
    reason: str = ""
    kind: str = ""
    column: str = ""
    group: str = ""
    since: datetime | None = None
    until: datetime | None = None


def last_edit_id(session: Session) -> int:
    """Return the number of the newest edit, 0 where there is none."""
    return session.scalar(select(EditRow.id).order_by(EditRow.id.desc()).limit(1)) or 0


def edits(session: Session, asked: HistoryQuery, limit: int, before: int | None = None) -> Sequence[Edit]:
    """Return the edits that are asked for with all their rows, newest first.

    `before`: only those of a lower number. `column` is looked for among what changed.
    """
    statement = _select(asked)
    found: list[Edit] = []
    while len(found) < limit:
        older = statement if before is None else statement.where(EditRow.id < before)
        rows = session.scalars(older.limit(limit)).all()
        if not rows:
            break
        before = rows[-1].id
        found += [edit for edit in _with_changes(session, rows) if _has_column(edit, asked.column)]
    return found[:limit]


def edits_by_id(session: Session, numbers: Iterable[int]) -> dict[int, Edit]:
    """Return the edits of these numbers that there are."""
    found: dict[int, Edit] = {}
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), 400):
        statement = select(EditRow).where(EditRow.id.in_(wanted[start : start + 400]))
        found |= {edit.id: edit for edit in _with_changes(session, session.scalars(statement).all())}
    return found


def edits_of_group(session: Session, group: str) -> Sequence[Edit]:
    """Return the edits of a group (an import, a bulk edit), newest first."""
    statement = select(EditRow).where(EditRow.group_id == group).order_by(EditRow.id.desc())
    return _with_changes(session, session.scalars(statement).all())


def numbers_of_group(session: Session, group: str) -> dict[int, int | None]:
    """Return the numbers of a group's edits, newest first, each with that of the edit that took it back."""
    statement = select(EditRow.id, EditRow.undone_by).where(EditRow.group_id == group)
    rows = session.execute(statement.order_by(EditRow.id.desc())).all()
    return {row.id: row.undone_by for row in rows}


def history(session: Session, kind: str, identifier: str, after: int = 0) -> Sequence[Edit]:
    """Return the edits of one record, newest first, each with the record's own rows alone.

    Args:
        session: A session that reads.
        kind: One of `PARTS`.
        identifier: The record's.
        after: Only edits of a higher number.
    """
    of_record = _of_record(kind, identifier)
    statement = (
        select(EditRow)
        .where(EditRow.id.in_(select(RowChangeRow.edit_id).where(of_record)), EditRow.id > after)
        .order_by(EditRow.id.desc())
    )
    return _with_changes(session, session.scalars(statement).all(), of_record)


def compare(
    session: Session, kind: str, identifier: str, earlier: int, later: int | None = None
) -> tuple[RowChange, ...]:
    """Return in what the rows of a record differ between the state after one edit and after another.

    Args:
        session: A session that reads.
        kind: One of `PARTS`.
        identifier: The record's.
        earlier: The number of an edit; 0 for the state before the first.
        later: The number of another; None for the state now.
    """
    oldest_first = list(reversed(history(session, kind, identifier)))
    old = _state(oldest_first, earlier)
    new = _state(oldest_first, oldest_first[-1].id if later is None and oldest_first else later or 0)
    return tuple(
        RowChange(*key, old[key], new[key]) for key in sorted(old.keys() | new.keys()) if old[key] != new[key]
    )


def _state(oldest_first: Sequence[Edit], number: int) -> dict[tuple[str, str], Values | None]:
    """Return the rows that were ever changed as they were after an edit."""
    state: dict[tuple[str, str], Values | None] = {}
    for edit in oldest_first:
        for change in edit.changes:
            key = (change.table, change.key)
            if edit.id <= number:
                state[key] = change.after
            else:
                state.setdefault(key, change.before)
    return state


def _of_record(kind: str, identifier: str) -> ColumnElement[bool]:
    key = RowChangeRow.row_key
    own = and_(
        RowChangeRow.table_name.in_(PARTS[kind]),
        or_(key == identifier, and_(key > f"{identifier}/", key < f"{identifier}0")),
    )
    owner = _FILM_OWNERS.get(kind)
    if owner is None:
        return own
    sides = (RowChangeRow.before, RowChangeRow.after)
    is_its = or_(*(side[owner].as_string() == identifier for side in sides))
    return or_(own, and_(RowChangeRow.table_name == "film", is_its))


def _select(asked: HistoryQuery) -> Select[EditRow]:
    statement = select(EditRow).order_by(EditRow.id.desc())
    if asked.actor:
        statement = statement.where(EditRow.actor == asked.actor)
    if asked.reason:
        statement = statement.where(EditRow.reason == asked.reason)
    if asked.group:
        statement = statement.where(EditRow.group_id == asked.group)
    if asked.since:
        statement = statement.where(EditRow.at >= asked.since)
    if asked.until:
        statement = statement.where(EditRow.at < asked.until)
    if asked.kind:
        of_kind = select(RowChangeRow.edit_id).where(RowChangeRow.table_name.in_(PARTS[asked.kind]))
        statement = statement.where(EditRow.id.in_(of_kind))
    return statement


def _has_column(edit: Edit, column: str) -> bool:
    return not column or any(column in change.columns for change in edit.changes)


def _with_changes(
    session: Session, rows: Sequence[EditRow], condition: ColumnElement[bool] | None = None
) -> list[Edit]:
    part = RowChangeRow
    statement = select(part.edit_id, part.table_name, part.row_key, part.before, part.after)
    statement = statement.where(part.edit_id.in_([row.id for row in rows]))
    if condition is not None:
        statement = statement.where(condition)
    by_edit: dict[int, list[RowChange]] = {}
    for edit_id, table, key, before, after in session.execute(
        statement.order_by(part.edit_id, part.position)
    ).all():
        change = RowChange(table, key, in_order(table, before), in_order(table, after))
        by_edit.setdefault(edit_id, []).append(change)
    return [_edit(row, tuple(by_edit.get(row.id, ()))) for row in rows]


def _edit(row: EditRow, changes: tuple[RowChange, ...]) -> Edit:
    author = Author(row.actor, Reason(row.reason), row.summary, row.group_id, row.request_id)
    return Edit(row.id, row.at, author, changes, tuple(row.undoes), row.undone_by)


@dataclass(frozen=True, slots=True)
class BulkDone:
    """A change of many; `changed_since`: how many rows of it have been changed by others since."""

    edit: int
    at: datetime
    actor: str
    summary: str
    changed_since: int
    is_undone: bool


def bulk_done(session: Session, group: str) -> BulkDone:
    """Return what the newest edit of a group did. Raises NotFound."""
    row = session.scalar(
        select(EditRow).where(EditRow.group_id == group).order_by(EditRow.id.desc()).limit(1)
    )
    if row is None:
        raise NotFound("There is no such group of edits in the journal.")
    own, later = aliased(RowChangeRow), aliased(RowChangeRow)
    count = select(func.count()).select_from(own).where(own.edit_id == row.id)
    is_later = and_(later.table_name == own.table_name, later.row_key == own.row_key, later.edit_id > row.id)
    changed = session.scalar(count.where(exists().where(is_later))) or 0
    return BulkDone(row.id, row.at, row.actor, row.summary, changed, row.undone_by is not None)
