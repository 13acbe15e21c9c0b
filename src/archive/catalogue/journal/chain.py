"""Edits as a chain: each holds the hash of the one before it, so nobody changes or removes one unseen.

Rows count by the hash of their content, so that what was in them can be erased one day and the chain still
holds (`content_sha256` stays). Where words are taken out, the chain is made anew from the first edit that had
them. The hash of content is not kept as it was: of a name it would be a fingerprint that anybody can compare
with a guess. What the chain's end was before is kept with the erasure (`catalogue/erasing/erasures.py`).
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.tables.edits import EditRow, RowChangeRow
from archive.model.edits import Values

FIRST = "0" * 64
"""What the first edit holds in place of a hash."""

_EDITS_A_QUERY = 500
_ENCODED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

_EDITS_A_BATCH = 500


def last(session: Session) -> tuple[int, str]:
    """Return the number and the hash of the newest edit; (0, FIRST) where there is none."""
    row = session.execute(select(EditRow.id, EditRow.sha256).order_by(EditRow.id.desc()).limit(1)).first()
    return (0, FIRST) if row is None else (row[0], row[1])


def as_text(values: Values | None) -> str:
    """Return a row as the JSON that its hash is made of."""
    return _ENCODED(values)


def content_hash(before: str, after: str) -> str:
    """Return the hash of a row before and after, each as `as_text` gives it."""
    return _sha256(f"[{before},{after}]")


def edit_hash(edit: EditRow, changes: Sequence[tuple[str, str, str]]) -> str:
    """Return the hash of an edit; `changes` are table, key and hash of content of each row, in order."""
    told = [edit.at.isoformat(), edit.actor, edit.reason, edit.summary, edit.group_id, edit.request_id]
    return _hash([edit.previous_sha256, *told, edit.undoes, [list(change) for change in changes]])


def problems(session: Session) -> tuple[str, ...]:
    """Return a sentence for each edit that is not as it was written, or that follows one that is gone."""
    found: list[str] = []
    previous = FIRST
    for edit, rows in _edits(session):
        if edit.previous_sha256 != previous:
            found.append(f"The journal is broken before edit {edit.id}: an edit is missing or was changed.")
        if _is_changed(edit, rows):
            found.append(f"Edit {edit.id} of the journal is not as it was written.")
        previous = edit.sha256
    return tuple(found)


def _is_changed(edit: EditRow, rows: Sequence[RowChangeRow]) -> bool:
    told = [(row.table_name, row.row_key, row.content_sha256) for row in rows]
    return edit_hash(edit, told) != edit.sha256 or any(
        content_hash(as_text(row.before), as_text(row.after)) != row.content_sha256 for row in rows
    )


def _edits(session: Session) -> Iterator[tuple[EditRow, Sequence[RowChangeRow]]]:
    after = 0
    while True:
        statement = select(EditRow).where(EditRow.id > after).order_by(EditRow.id).limit(_EDITS_A_QUERY)
        edits = session.scalars(statement).all()
        if not edits:
            return
        for edit in edits:
            of_edit = select(RowChangeRow).where(RowChangeRow.edit_id == edit.id)
            yield edit, session.scalars(of_edit.order_by(RowChangeRow.position)).all()
        after = edits[-1].id
        session.expunge_all()


def _hash(value: Any) -> str:
    return _sha256(_ENCODED(value))


def _sha256(told: str) -> str:
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Rechained:
    """Which edits had words in them, and the ends of the chain before and after."""

    edits: tuple[int, ...]
    end_before: str
    end_after: str


def rechain(session: Session, masked: Callable[[str, Any], Any]) -> Rechained:
    """Replace what `masked` (column, value) changes in all edits; make the chain anew from there on."""
    end_before, found = last(session)[1], []
    previous, after = FIRST, 0
    while edits := session.scalars(
        select(EditRow).where(EditRow.id > after).order_by(EditRow.id).limit(_EDITS_A_BATCH)
    ).all():
        for edit in edits:
            if _mask(session, edit, masked):
                found.append(edit.id)
            if found:
                edit.previous_sha256 = previous
                edit.sha256 = edit_hash(edit, _told(session, edit))
            previous = edit.sha256
        after = edits[-1].id
        session.flush()
        session.expunge_all()
    return Rechained(tuple(found), end_before, previous)


def _mask(session: Session, edit: EditRow, masked: Callable[[str, Any], Any]) -> bool:
    is_changed = False
    for row in (edit, *_rows(session, edit)):
        names = ("actor", "summary", "group_id") if row is edit else ("row_key", "before", "after")
        for name in names:
            value = getattr(row, name)
            without = masked(name, value)
            if without != value:
                setattr(row, name, without)
                is_changed = True
        if isinstance(row, RowChangeRow) and is_changed:
            row.content_sha256 = content_hash(as_text(row.before), as_text(row.after))
    return is_changed


def _rows(session: Session, edit: EditRow) -> list[RowChangeRow]:
    statement = select(RowChangeRow).where(RowChangeRow.edit_id == edit.id)
    return list(session.scalars(statement.order_by(RowChangeRow.position)))


def _told(session: Session, edit: EditRow) -> list[tuple[str, str, str]]:
    return [(row.table_name, row.row_key, row.content_sha256) for row in _rows(session, edit)]
