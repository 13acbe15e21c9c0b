"""What failed is counted, listed by pages, and asked for once more."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from archive.catalogue import documents, jobs
from archive.catalogue.accept import accept
from archive.catalogue.database.database import Database
from archive.catalogue.operation import failed
from archive.catalogue.operation.remedies import ADVICE, STOPPED, what_to_do
from archive.catalogue.outcomes import NOT_WHOLE
from archive.errors import Gone, NotFound
from archive.model.extraction import Outcome
from archive.model.jobs import JobKind
from tests.catalogue.conftest import new_file, put, read
from tests.catalogue.operation.planted import end
from tests.servers.postgres.fixtures import only_on_sqlite


def test_each_outcome_but_ok_is_counted_and_has_its_remedy(session: Session) -> None:
    for number, category in enumerate(Outcome):
        end(session, f"/in/{category.value}.pdf", category, f"Message {number}.")
    assert {category: one.count for category, one in failed.summary(session).items()} == dict.fromkeys(
        NOT_WHOLE, 1
    )
    assert set(ADVICE) == set(Outcome) - {Outcome.OK}
    for category in NOT_WHOLE:
        (one,) = failed.listed(session, category)
        assert (one.category, one.filename) == (category, f"{category.value}.pdf")
        assert what_to_do(category, "").startswith(ADVICE[category])


def test_readers_own_advice_stands_alone() -> None:
    assert what_to_do(Outcome.DAMAGED, "It ends early. Save it anew.") == "It ends early. Save it anew."
    told = what_to_do(Outcome.TIMEOUT, "It took 120 s.")
    assert told == f"It took 120 s. {ADVICE[Outcome.TIMEOUT]}"


def test_withdrawn_waiting_and_replaced_ones_are_not_counted(session: Session) -> None:
    documents.withdraw(session, end(session, "/in/a.pdf", Outcome.DAMAGED), "test")
    put(session, "väntar", "/in/väntar.pdf")
    end(session, "/in/b.pdf", Outcome.DAMAGED)
    read(session, accept(session, new_file("mendad", "/in/b.pdf"), "test").newest.id, "Titel")
    assert failed.summary(session) == {}
    assert failed.count(session, Outcome.DAMAGED) == 0
    assert failed.listed(session, Outcome.DAMAGED) == []


def test_list_is_paged_and_newest_first(session: Session) -> None:
    given = [end(session, f"/in/{number}.pdf", Outcome.CRASH) for number in range(5)]
    pages = [
        [one.document_id for one in failed.listed(session, Outcome.CRASH, page, 2)] for page in (1, 2, 3)
    ]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [*pages[0], *pages[1], *pages[2]] == given[::-1]


def test_summary_has_the_first_of_each_outcome(session: Session) -> None:
    damaged = [end(session, f"/in/{number}.pdf", Outcome.DAMAGED) for number in range(4)]
    locked = end(session, "/in/locked.pdf", Outcome.PASSWORD)
    failed.retry_one(session, locked, "kim")
    found = failed.summary(session, 2)
    assert [one.document_id for one in found[Outcome.DAMAGED].first] == damaged[:1:-1]
    assert found[Outcome.DAMAGED].count == 4
    assert [(one.document_id, one.is_asked_for) for one in found[Outcome.PASSWORD].first] == [(locked, True)]


def test_set_aside_are_those_that_ended_their_reader_each_time(session: Session) -> None:
    end(session, "/in/a.pdf", Outcome.CRASH, STOPPED)
    end(session, "/in/b.pdf", Outcome.CRASH, "The reader crashed.")
    (found,) = failed.summary(session).values()
    assert (found.count, found.set_aside_count) == (2, 1)


def test_one_is_asked_for_once(session: Session) -> None:
    document_id = end(session, "/in/a.pdf", Outcome.CRASH)
    assert failed.retry_one(session, document_id, "kim")
    assert not failed.retry_one(session, document_id, "kim")
    assert jobs.pending(session)[JobKind.EXTRACT] == 1
    (one,) = failed.listed(session, Outcome.CRASH)
    assert one.is_asked_for
    with pytest.raises(NotFound):
        failed.retry_one(session, "finnsinte", "kim")
    documents.withdraw(session, document_id, "test")
    with pytest.raises(Gone):
        failed.retry_one(session, document_id, "kim")


def test_all_with_an_outcome_are_asked_for_and_no_others(database: Database) -> None:
    with database.write() as session:
        for number in range(3):
            end(session, f"/in/{number}.pdf", Outcome.TIMEOUT)
        end(session, "/in/partly.pdf", Outcome.OK_PARTIAL)
        failed.retry_one(session, end(session, "/in/asked.pdf", Outcome.TIMEOUT), "kim")
    assert failed.retry_all(database, (Outcome.TIMEOUT,), "kim") == 3
    assert failed.retry_all(database, failed.UNREAD, "kim") == 0
    with database.read() as session:
        assert jobs.pending(session)[JobKind.EXTRACT] == 4


@only_on_sqlite
def test_counting_failures_goes_by_the_index_of_outcomes(database: Database) -> None:
    plans: list[str] = []

    def explain(*given: Any) -> None:
        cursor, statement, parameters = given[1:4]
        rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.append(" | ".join(str(row[-1]) for row in rows))

    with database.read() as session:
        event.listen(session.connection(), "before_cursor_execute", explain)
        failed.summary(session)
    plan = plans[0]
    assert "ix_version_category_created_at" in plan
    assert "SCAN version" not in plan
