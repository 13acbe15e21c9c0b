"""Leases: one worker at a time, and a dead worker's job is taken up again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import jobs
from archive.model.jobs import Job, JobKind
from tests.catalogue.conftest import put

_NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
_LATER = _NOW + timedelta(seconds=61)
_ALL = (JobKind.RENDER, JobKind.EXTRACT)


def _lease(
    session: Session, owner: str = "a", now: datetime = _NOW, kinds: tuple[JobKind, ...] = _ALL
) -> Job:
    job = jobs.lease(session, owner, kinds, now, lease_s=60, attempts_max=3)
    assert job is not None
    return job


def _read_all(session: Session) -> None:
    while job := jobs.lease(session, "reader", [JobKind.EXTRACT], _NOW, 60, 3):
        jobs.finish(session, job)


def test_extraction_comes_first_then_the_oldest(session: Session) -> None:
    for number in range(2):
        put(session, str(number), f"/in/{number}")
    found = []
    for _ in range(4):
        found.append(_lease(session))
        if found[-1].kind is JobKind.EXTRACT:
            jobs.finish(session, found[-1])
    assert [job.kind for job in found] == [JobKind.EXTRACT] * 2 + [JobKind.RENDER] * 2
    assert found[0].id < found[1].id
    assert found[2].id < found[3].id
    assert jobs.lease(session, "a", _ALL, _NOW, 60, 3) is None


def test_only_the_kinds_asked_for_are_leased(session: Session) -> None:
    put(session)
    _read_all(session)
    put(session, "två", "/in/två")
    assert _lease(session, kinds=(JobKind.RENDER,)).kind is JobKind.RENDER
    assert jobs.lease(session, "a", [JobKind.RENDER], _NOW, 60, 3) is None


def test_lease_names_owner_end_and_attempt(session: Session) -> None:
    put(session)
    job = _lease(session, "worker 1")
    assert (job.lease_owner, job.leased_until, job.attempts) == (
        "worker 1",
        _NOW + timedelta(seconds=60),
        1,
    )


def test_lost_lease_can_neither_be_renewed_nor_finished(session: Session) -> None:
    put(session)
    lost = _lease(session, "a")
    taken = _lease(session, "b", now=_LATER)
    assert taken.id == lost.id
    assert not jobs.renew(session, lost, _LATER, 60)
    assert not jobs.finish(session, lost)
    jobs.release(session, lost)
    assert jobs.renew(session, taken, _LATER, 60)
    assert jobs.finish(session, taken)
    assert jobs.pending(session)[JobKind.EXTRACT] == 0


def test_same_worker_with_an_earlier_attempt_has_lost_the_lease_too(session: Session) -> None:
    put(session)
    first = _lease(session, "a")
    _lease(session, "a", now=_LATER)
    assert not jobs.finish(session, first)


def test_renewed_lease_keeps_others_away(session: Session) -> None:
    put(session)
    job = _lease(session, kinds=(JobKind.EXTRACT,))
    assert jobs.renew(session, job, _NOW + timedelta(seconds=59), 60)
    assert jobs.lease(session, "b", [JobKind.EXTRACT], _LATER, 60, 3) is None


def test_released_job_is_free_and_the_attempt_does_not_count(session: Session) -> None:
    put(session)
    for _ in range(5):
        job = _lease(session, kinds=(JobKind.EXTRACT,))
        jobs.release(session, job)
    assert job.attempts == 1


def test_job_whose_worker_always_dies_is_exhausted(session: Session) -> None:
    put(session)
    now = _NOW
    for _ in range(3):
        job = _lease(session, now=now, kinds=(JobKind.EXTRACT,))
        assert jobs.exhausted(session, 3, now) == ()
        now += timedelta(seconds=61)
    assert jobs.lease(session, "a", [JobKind.EXTRACT], now, 60, 3) is None
    (dead,) = jobs.exhausted(session, 3, now)
    assert (dead.id, dead.version_id, dead.attempts) == (job.id, job.version_id, 3)
    assert jobs.finish(session, dead)


def test_job_numbers_are_never_used_twice(session: Session) -> None:
    put(session)
    found = []
    for _ in range(2):
        found.append(_lease(session))
        jobs.finish(session, found[-1])
    jobs.queue(session, found[0].version_id, JobKind.EXTRACT)
    assert _lease(session).id > max(job.id for job in found)


def test_same_job_is_not_queued_twice(session: Session) -> None:
    put(session)
    version_id = _lease(session).version_id
    assert not jobs.queue(session, version_id, JobKind.EXTRACT)


def test_a_point_in_time_without_zone_is_refused(session: Session) -> None:
    put(session)
    with pytest.raises(Exception, match="time zone"):
        _lease(session, now=datetime(2030, 1, 1))  # noqa: DTZ001 - what is refused
