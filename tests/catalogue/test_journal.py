"""Changes and the audit."""

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes
from archive.catalogue.database.database import Database
from tests.catalogue.conftest import put


def test_changes_follow_each_other(session: Session) -> None:
    assert changes.last_seq(session) == 0
    document_id = put(session)
    seqs = [changes.record(session, document_id) for _ in range(3)]
    assert seqs == [2, 3, 4]
    assert changes.last_seq(session) == 4
    assert [change.seq for change in changes.after(session, 1, limit=2)] == [2, 3]
    assert changes.after(session, 4, limit=2) == ()


def test_only_later_hiding_changes_mask(session: Session) -> None:
    document_id = put(session)
    hiding = changes.record(session, document_id, hides=True)
    changes.record(session, document_id)
    assert changes.hidden_after(session, hiding - 1) == {document_id}
    assert changes.hidden_after(session, hiding) == frozenset()


def test_numbers_of_rolled_back_changes_leave_no_trace(database: Database) -> None:
    with database.write() as session:
        document_id = put(session)

    def fail() -> None:
        with database.write() as session:
            changes.record(session, document_id)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.read() as session:
        assert changes.last_seq(session) == 1


def test_audit_is_newest_first(session: Session) -> None:
    for action in ("a", "b", "c"):
        audit.record(session, "kim", action, "x", "ok", "detail")
    assert [event.action for event in audit.latest(session, 2)] == ["c", "b"]
    newest = audit.latest(session, 1)[0]
    assert (newest.actor, newest.subject, newest.outcome, newest.detail) == ("kim", "x", "ok", "detail")
    assert newest.at.tzinfo is not None
