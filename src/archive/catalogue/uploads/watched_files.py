"""Files in watched folders: which were taken in, as what, and how that ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.catalogue.tables.watching import WatchedFileRow
from archive.catalogue.taken_out import tombstone
from archive.model.documents import WithdrawalReason
from archive.model.extraction import Outcome

READ = frozenset({Outcome.OK, Outcome.OK_PARTIAL, Outcome.EMPTY_NEEDS_OCR})
"""How a reading ends that gives a document to look at."""


class WatchedState(StrEnum):
    """What became of a file in a watched folder."""

    TAKEN = "taken"
    """It is safe in the archive and waits to be read."""
    READ = "read"
    """It was read, in part at least."""
    FAILED = "failed"
    """It was refused or could not be read; the message says why."""


@dataclass(frozen=True, slots=True)
class WatchedFile:
    """A file, or a seminar's folder, in a watched folder, as it was when it was taken in."""

    path: str
    folder: str
    size_bytes: int
    mtime_ns: int
    state: WatchedState
    message: str = ""
    document_ids: tuple[str, ...] = ()
    version_ids: tuple[str, ...] = ()


def of_folder(session: Session, folder: str) -> dict[str, WatchedFile]:
    """Return the files of a watched folder by path."""
    rows = session.scalars(select(WatchedFileRow).where(WatchedFileRow.folder == folder))
    return {row.path: _file(row) for row in rows}


def save(session: Session, file: WatchedFile) -> None:
    """Remember a file as it is now."""
    row = session.get(WatchedFileRow, file.path)
    if row is None:
        row = WatchedFileRow(path=file.path)
        session.add(row)
    row.folder, row.state, row.message = file.folder, file.state.value, file.message
    row.size_bytes, row.mtime_ns = file.size_bytes, file.mtime_ns
    row.document_ids, row.version_ids = list(file.document_ids), list(file.version_ids)
    row.at = datetime.now(UTC)
    session.flush()


def forget(session: Session, path: str) -> None:
    """Forget a file."""
    row = session.get(WatchedFileRow, path)
    if row is not None:
        session.delete(row)


def endings(session: Session, version_ids: Sequence[str]) -> list[tuple[str, Outcome | None, str]]:
    """Return name, outcome (None: not read yet) and message of versions."""
    rows = session.execute(
        select(VersionRow.filename, VersionRow.category, VersionRow.message)
        .where(VersionRow.id.in_(version_ids))
        .order_by(VersionRow.filename)
    )
    return [(name, Outcome(category) if category else None, message) for name, category, message in rows]


def withdraw(session: Session, document_ids: Sequence[str], actor: str) -> int:
    """Withdraw documents whose file is gone until it is there again; return how many were withdrawn."""
    rows = session.scalars(
        select(DocumentRow).where(DocumentRow.id.in_(document_ids), DocumentRow.withdrawn_at.is_(None))
    ).all()
    for row in rows:
        tombstone(session, row, WithdrawalReason.LEFT_OUT, actor)
    return len(rows)


def counts(session: Session) -> dict[tuple[str, WatchedState], int]:
    """Return how many files each watched folder has in each state."""
    rows = session.execute(
        select(WatchedFileRow.folder, WatchedFileRow.state, func.count()).group_by(
            WatchedFileRow.folder, WatchedFileRow.state
        )
    )
    return {(folder, WatchedState(state)): count for folder, state, count in rows}


def _file(row: WatchedFileRow) -> WatchedFile:
    return WatchedFile(
        row.path,
        row.folder,
        row.size_bytes,
        row.mtime_ns,
        WatchedState(row.state),
        row.message,
        tuple(row.document_ids),
        tuple(row.version_ids),
    )
