"""Take edits back: what nobody has changed since gets its value of before, the rest is left and told.

An undo is an edit itself, so it can be undone. A document that came with an edit is withdrawn, never deleted:
its address stays.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from archive.catalogue.journal.history import edits_by_id
from archive.catalogue.journal.recording import recording
from archive.catalogue.journal.row_restoring import RowRestoring
from archive.catalogue.tables.edits import EditRow
from archive.errors import ChangedMeanwhile, NotFound
from archive.garbage import garbage_waits
from archive.model.edits import Author, Edit, UndoOutcome


@garbage_waits()
def undo(session: Session, edit_ids: Iterable[int], author: Author, overwrite: bool = False) -> UndoOutcome:
    """Take edits back, the newest first.

    Args:
        session: A session that writes.
        edit_ids: The edits. Raises NotFound where there is none of a number, ChangedMeanwhile where one has
            been taken back already.
        author: Who takes them back.
        overwrite: Also what was changed since gets its value of before.

    Returns:
        What was restored, and what was left alone.
    """
    edits = _to_take_back(session, edit_ids)
    with recording(session, author) as record:
        record.undoes(edit.id for edit in edits)
        run = RowRestoring(session, record, overwrite)
        for edit in edits:
            run.take_back(edit)
    own = record.edit
    if own is not None:
        _mark(session, edits, own)
    restored = () if own is None else own.changes
    return UndoOutcome(None if own is None else own.id, restored, tuple(run.conflicts))


def preview(
    session: Session, edit_ids: Iterable[int], author: Author, overwrite: bool = False
) -> UndoOutcome:
    """Return what `undo` would do, and do nothing: it is done and rolled back to where it began."""
    with session.begin_nested() as savepoint:
        outcome = undo(session, edit_ids, author, overwrite)
        savepoint.rollback()
    session.expire_all()
    return outcome


def _to_take_back(session: Session, edit_ids: Iterable[int]) -> Sequence[Edit]:
    wanted = sorted(set(edit_ids), reverse=True)
    found = edits_by_id(session, wanted)
    for number in wanted:
        if number not in found:
            raise NotFound(f"There is no edit {number} in the journal.")
        if found[number].undone_by is not None:
            raise ChangedMeanwhile(f"Edit {number} has been taken back already.")
    return [found[number] for number in wanted]


def _mark(session: Session, edits: Iterable[Edit], own: Edit) -> None:
    """Note which edit took others back; what those had taken back themselves holds again."""
    for edit in edits:
        session.get_one(EditRow, edit.id).undone_by = own.id
        for number in edit.undoes:
            session.get_one(EditRow, number).undone_by = None
    session.flush()
