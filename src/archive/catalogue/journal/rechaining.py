"""Taking words out of the journal: from the first edit that had them on, the chain is made anew.

The hash of content is not kept as it was: of a name it would be a fingerprint that anybody can compare with
a guess. What the chain's end was before is kept with the erasure (`catalogue/erasing/erasures.py`), so that
whoever has noted it elsewhere finds why it is another now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.journal import chain
from archive.catalogue.tables.edits import EditRow, RowChangeRow

_EDITS_A_BATCH = 500


@dataclass(frozen=True, slots=True)
class Rechained:
    """Which edits had words in them, and the ends of the chain before and after."""

    edits: tuple[int, ...]
    end_before: str
    end_after: str


def rechain(session: Session, masked: Callable[[str, Any], Any]) -> Rechained:
    """Replace what `masked` (column, value) changes in all edits; make the chain anew from there on."""
    end_before, found = chain.last(session)[1], []
    previous, after = chain.FIRST, 0
    while edits := session.scalars(
        select(EditRow).where(EditRow.id > after).order_by(EditRow.id).limit(_EDITS_A_BATCH)
    ).all():
        for edit in edits:
            if _mask(session, edit, masked):
                found.append(edit.id)
            if found:
                edit.previous_sha256 = previous
                edit.sha256 = chain.edit_hash(edit, _told(session, edit))
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
            row.content_sha256 = chain.content_hash(chain.as_text(row.before), chain.as_text(row.after))
    return is_changed


def _rows(session: Session, edit: EditRow) -> list[RowChangeRow]:
    statement = select(RowChangeRow).where(RowChangeRow.edit_id == edit.id)
    return list(session.scalars(statement.order_by(RowChangeRow.position)))


def _told(session: Session, edit: EditRow) -> list[tuple[str, str, str]]:
    return [(row.table_name, row.row_key, row.content_sha256) for row in _rows(session, edit)]
