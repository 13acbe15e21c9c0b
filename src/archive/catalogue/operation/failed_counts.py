"""How many documents have which outcome: counted once and kept, then only what was changed is read again."""

import threading
from collections.abc import Callable, Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes
from archive.catalogue.operation import failed
from archive.catalogue.tables.journal import AuditEventRow, ChangeRow
from archive.model.extraction import Outcome

Counts = dict[Outcome, tuple[int, int]]
"""How many documents have an outcome, and how many of them ended their reader each time."""

_State = tuple[int, int]
_Failures = dict[str, tuple[Outcome, bool]]
_Read = Callable[[Session, Collection[str] | None], _Failures]


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
