"""How much there is, and how many documents have which outcome, read from few rows.

It is for the metrics, for the page of jobs, and for how full the disk is. Outcomes are counted once and kept,
then only what was changed is read again.
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue import audit, changes
from archive.catalogue.operation import failed
from archive.catalogue.tables.accounts import LoginSessionRow
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, PictureRow, VersionRow
from archive.catalogue.tables.journal import AuditEventRow, ChangeRow
from archive.model.extraction import Outcome

WAITING = "waiting"
_SAMPLE = 100

Counts = dict[Outcome, tuple[int, int]]
"""How many documents have an outcome, and how many of them ended their reader each time."""

_State = tuple[int, int]
_Failures = dict[str, tuple[Outcome, bool]]
_Read = Callable[[Session, Collection[str] | None], _Failures]


@dataclass(frozen=True, slots=True)
class DocumentTotals:
    """Live documents and the pages of their newest versions, by outcome ("waiting": not read yet)."""

    documents: dict[str, int]
    pages: dict[str, int]


@dataclass(frozen=True, slots=True)
class StoredTotals:
    """How many bytes the originals have, how many pages have pictures, and some of these pictures' names.

    `drawn_count` versions have a PDF that was drawn from, of which `drawn` names some.
    """

    originals_bytes: int
    pictured_pages: int
    pictures: tuple[tuple[str, str], ...]
    drawn_count: int
    drawn: tuple[str, ...]


def document_totals(session: Session) -> DocumentTotals:
    """Return how many documents and pages there are of each outcome."""
    # Not by the index of outcomes, which would look up nearly all rows one by one.
    category = func.coalesce(VersionRow.category, WAITING)
    statement = _newest(category, func.count(), func.sum(VersionRow.page_count)).group_by(category)
    rows = session.execute(statement).all()
    return DocumentTotals(
        {category: count for category, count, _ in rows},
        {category: int(pages or 0) for category, _, pages in rows},
    )


def stored_totals(session: Session) -> StoredTotals:
    """Return what the catalogue knows of the room that originals and pictures take.

    The sizes of pictures are not in the catalogue. Identifiers are random, so the first in their order are a
    fair sample of all.
    """
    pictured = select(func.coalesce(func.sum(VersionRow.page_count), 0)).where(
        VersionRow.pictures_done.is_(True), VersionRow.picture_message == ""
    )
    pictures = session.execute(
        select(PictureRow.large_sha256, PictureRow.small_sha256)
        .order_by(PictureRow.version_id, PictureRow.number)
        .limit(_SAMPLE)
    )
    is_drawn = VersionRow.drawn_sha256 != ""
    drawn = session.scalars(
        select(VersionRow.drawn_sha256).where(is_drawn).order_by(VersionRow.id).limit(_SAMPLE)
    )
    return StoredTotals(
        int(session.scalar(select(func.coalesce(func.sum(OriginalRow.size_bytes), 0))) or 0),
        int(session.scalar(pictured) or 0),
        tuple((large, small) for large, small in pictures),
        session.scalar(select(func.count()).select_from(VersionRow).where(is_drawn)) or 0,
        tuple(drawn),
    )


def unfollowed_since(session: Session, seq: int) -> datetime | None:
    """Return when the first change after `seq` was made, None where there is none."""
    return session.scalar(select(ChangeRow.at).where(ChangeRow.seq > seq).order_by(ChangeRow.seq).limit(1))


def session_count(session: Session, now: datetime) -> int:
    """Return how many sessions of people who have signed in have not come to their end."""
    lasting = select(func.count()).select_from(LoginSessionRow).where(LoginSessionRow.ends_at > now)
    return session.scalar(lasting) or 0


def _newest(*columns: Any) -> Select[*tuple[Any, ...]]:
    later = aliased(VersionRow)
    is_replaced = exists().where(
        later.document_id == VersionRow.document_id, later.number > VersionRow.number
    )
    return (
        select(*columns)
        .select_from(VersionRow)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(DocumentRow.withdrawn_at.is_(None), not_(is_replaced))
    )


class FailedCounts:
    """Counts of one catalogue. Safe for several threads.

    Whatever changes how a document was read, or whether it is there, is in the journal of changes or the
    audit.
    """

    def __init__(self, read: _Read = failed.failures, changed_max: int = 400) -> None:
        """Take what reads failures, of some documents or all.

        Args:
            read: reads those of some documents, or (None) of all.
            changed_max: after more changes all are counted anew, which is then as quick.
        """
        self._read = read
        self._changed_max = changed_max
        self._lock = threading.Lock()
        self._known: tuple[_State, _Failures] | None = None

    def counts(self, session: Session) -> Counts:
        """Return the counts of what a session sees; outcomes that no document has are left out."""
        state = changes.last_seq(session), audit.last_id(session)
        with self._lock:
            known = self._known
        if known is None or known[0] != state:
            known = state, self._failures(session, known, state)
            with self._lock:
                if self._known is None or self._known[0] <= state:  # another thread may have seen more by now
                    self._known = known
        return _counted(known[1])

    def _failures(self, session: Session, known: tuple[_State, _Failures] | None, state: _State) -> _Failures:
        if known is None or known[0][0] > state[0] or known[0][1] > state[1]:
            return self._read(session, None)
        changed = _changed_since(session, known[0], self._changed_max + 1)
        if len(changed) > self._changed_max:
            return self._read(session, None)
        kept = {document_id: one for document_id, one in known[1].items() if document_id not in changed}
        return kept | self._read(session, changed)


def _changed_since(session: Session, state: _State, most: int) -> frozenset[str]:
    """Return what was changed since, documents and others: `most` or more where there is more."""
    of_changes = select(ChangeRow.document_id).where(ChangeRow.seq > state[0]).distinct().limit(most)
    of_audit = select(AuditEventRow.subject).where(AuditEventRow.id > state[1]).distinct().limit(most)
    return frozenset((*session.scalars(of_changes), *session.scalars(of_audit)))


def _counted(failures: _Failures) -> Counts:
    counts: Counts = {}
    for outcome, is_stopped in failures.values():
        count, stopped = counts.get(outcome, (0, 0))
        counts[outcome] = count + 1, stopped + is_stopped
    return counts
