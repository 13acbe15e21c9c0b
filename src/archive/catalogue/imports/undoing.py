"""Take an import back: its documents are withdrawn, its records go or get what they said before.

What others have changed since is left and told, and so is a document that they have moved elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.database.inside import inside
from archive.catalogue.imports.imports import find_import, note_undone
from archive.catalogue.imports.links import drop_links, links_of, source_of
from archive.catalogue.journal.history import edits_of_group
from archive.catalogue.journal.recording import recording
from archive.catalogue.journal.undo import undo
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.taken_out import tombstone
from archive.errors import InputError
from archive.model.documents import WithdrawalReason
from archive.model.edits import Author, Conflict, Reason
from archive.model.seminar_pages.imports import ImportLink, ImportState
from archive.model.seminar_pages.seminar_draft import SeminarDraft

_NOT_PUBLISHED = "Nothing of this import is published, so there is nothing to take back."


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back: how many rows of records, which documents, and what was left as it is."""

    row_count: int
    withdrawn: tuple[str, ...]
    left_documents: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def undo_import(session: Session, import_id: str, actor: str, overwrite: bool = False) -> TakenBack:
    """Take back all that an import has published.

    Args:
        session: A session that writes.
        import_id: The import. Raises NotFound, and InputError where nothing of it is published.
        actor: Who takes it back.
        overwrite: Also what was changed since gets its value of before.
    """
    found = find_import(session, import_id)
    edits = [edit for edit in edits_of_group(session, found.group) if edit.undone_by is None]
    if not edits or found.published is None:
        raise InputError(_NOT_PUBLISHED)
    author = Author(actor, Reason.UNDO, found.title)
    with recording(session, author):
        withdrawn, left = _withdraw(session, drop_links(session, import_id), actor)
    outcome = undo(session, [edit.id for edit in edits], author, overwrite)
    note_undone(session, import_id, _without_identifiers(found.draft))
    audit.record(session, actor, "import.undo", import_id, "undone", found.title)
    return TakenBack(len(outcome.restored), tuple(withdrawn), tuple(left), outcome.conflicts)


def preview_undo(session: Session, import_id: str, actor: str, overwrite: bool = False) -> TakenBack:
    """Return what `undo_import` would do, and do nothing. Raises as that."""
    with session.begin_nested() as savepoint:
        outcome = undo_import(session, import_id, actor, overwrite)
        savepoint.rollback()
    session.expire_all()
    return outcome


def can_undo(session: Session, import_id: str) -> bool:
    """Return whether something of an import is published. Raises NotFound."""
    found = find_import(session, import_id)
    return found.published is not None and found.state is not ImportState.UNDONE


def documents_of(session: Session, import_id: str) -> list[str]:
    """Return the documents that came with an import."""
    return [one.document_id for one in links_of(session, import_id) if one.document_id and one.is_new]


def _withdraw(session: Session, brought: Sequence[ImportLink], actor: str) -> tuple[list[str], list[str]]:
    withdrawn: list[str] = []
    left: list[str] = []
    for one in brought:
        row = session.get(DocumentRow, one.document_id)
        if row is None or row.withdrawn_at is not None:
            continue
        if (row.event_id or "", row.talk_id or "") != (one.link.event_id, one.link.talk_id):
            left.append(row.id)
            continue
        for inner in (row, *_held_in(session, source_of(one.link), row.id)):
            tombstone(session, inner, WithdrawalReason.DISCARDED, actor)
            inner.event_id = inner.talk_id = None
            withdrawn.append(inner.id)
    return withdrawn, left


def _held_in(session: Session, source: str, document_id: str) -> list[DocumentRow]:
    """Return the other live documents that came with a file: those in a zip, or embedded in a deck."""
    statement = select(DocumentRow).where(
        inside(DocumentRow.source, source),
        DocumentRow.withdrawn_at.is_(None),
        DocumentRow.id != document_id,
    )
    return list(session.scalars(statement.order_by(DocumentRow.id)))


def _without_identifiers(draft: SeminarDraft) -> SeminarDraft:
    events = tuple(
        replace(event, event_id="", talks=tuple(replace(talk, talk_id="") for talk in event.talks))
        for event in draft.events
    )
    return replace(draft, events=events)
