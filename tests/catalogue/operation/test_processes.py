"""Which processes work, on SQLite and on PostgreSQL."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from archive.catalogue import jobs
from archive.catalogue.database import clock
from archive.catalogue.operation import processes
from archive.catalogue.tables.processes import ProcessRow
from archive.model.jobs import JobKind
from archive.model.processes import ProcessKind
from tests.catalogue.conftest import put


def _seen_before(session: Session, name: str, seconds: float) -> None:
    seen_at = clock.now(session) - timedelta(seconds=seconds)
    session.execute(update(ProcessRow).where(ProcessRow.name == name).values(seen_at=seen_at))


def _silent(session: Session, names: Collection[str]) -> Collection[str]:
    return processes.silent(session, names, 30)


def test_process_is_listed_with_its_leases_until_it_ends(session: Session) -> None:
    put(session, filename="a.pptx")
    processes.note(session, "worker-1", ProcessKind.WORKER)
    session.flush()
    job = jobs.lease(session, "worker-1/0", (JobKind.EXTRACT,), clock.now(session), 60, 3)
    (listed,) = processes.listed(session, _silent)
    assert job
    assert (listed.kind, listed.is_alive, listed.pid > 0) == (ProcessKind.WORKER, True, True)
    assert [(one.kind, one.filename, one.attempts) for one in listed.jobs] == [(JobKind.EXTRACT, "a.pptx", 1)]
    processes.forget(session, ["worker-1"])
    assert processes.listed(session, _silent) == []


def test_silent_process_is_gone_and_one_that_is_heard_again_is_not(session: Session) -> None:
    for name in ("one", "two"):
        processes.note(session, name, ProcessKind.INDEXER)
    session.flush()
    _seen_before(session, "one", 31)
    assert processes.silent(session, ["one", "two", "unknown"], 30) == {"one", "unknown"}
    assert {one.name: one.is_alive for one in processes.listed(session, _silent)} == {
        "one": False,
        "two": True,
    }
    session.expire_all()
    processes.note(session, "one", ProcessKind.INDEXER)
    session.flush()
    assert processes.silent(session, ["one", "two"], 30) == set()


def test_process_that_ended_long_ago_is_not_listed_any_more(session: Session) -> None:
    for name in ("lately", "long ago"):
        processes.note(session, name, ProcessKind.SERVE)
    session.flush()
    _seen_before(session, "lately", 60)
    _seen_before(session, "long ago", 3600)
    processes.forget_old(session, 30)
    assert processes.names(session) == ("lately",)
