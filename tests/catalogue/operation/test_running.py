"""What is at work, waiting, or set aside."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from archive.catalogue import jobs
from archive.catalogue.operation import running
from archive.model.jobs import JobKind
from tests.catalogue.conftest import put

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
TRIES = 3


def test_job_at_work_tells_its_document_and_since_when(session: Session) -> None:
    document_id = put(session, "ett", "/in/a.pptx")
    job = jobs.lease(session, "p/1", tuple(JobKind), NOW, 60, TRIES)
    assert job is not None
    jobs.renew(session, job, NOW + timedelta(seconds=50), 60)
    (one,) = running.running(session, NOW + timedelta(seconds=70))
    assert (one.kind, one.document_id, one.filename) == (JobKind.EXTRACT, document_id, "a.pptx")
    assert (one.since, one.attempts, one.is_running) == (NOW, 1, True)


def test_waiting_jobs_are_counted_by_kind_with_the_oldest(session: Session) -> None:
    before = datetime.now(UTC)
    for number in range(3):
        put(session, str(number), f"/in/{number}.pptx")
    jobs.lease(session, "p/1", tuple(JobKind), NOW, 60, TRIES)
    extract, render, ocr = running.waiting(session, NOW, TRIES)
    assert (extract.count, render.count, ocr.count) == (2, 3, 0)
    assert extract.oldest_at is not None
    assert before <= extract.oldest_at <= datetime.now(UTC)
    assert ocr.oldest_at is None


def test_job_that_ended_its_worker_three_times_is_set_aside(session: Session) -> None:
    put(session, "ett", "/in/a.pptx")
    now = NOW
    for _ in range(TRIES):
        assert jobs.lease(session, "p/1", (JobKind.EXTRACT,), now, 60, TRIES)
        now += timedelta(seconds=61)
    (one,) = running.set_aside(session, now, TRIES)
    assert (one.filename, one.attempts, one.is_running) == ("a.pptx", TRIES, False)
    assert running.running(session, now) == ()
    assert running.waiting(session, now, TRIES)[0].count == 0


def test_job_that_was_given_back_waits_since_it_was_asked_for(session: Session) -> None:
    document_id = put(session, "ett", "/in/a.pptx")
    job = jobs.lease(session, "p/1", (JobKind.EXTRACT,), NOW, 60, TRIES)
    assert job is not None
    jobs.release(session, job)
    found = running.of_document(session, document_id, NOW)
    assert [(one.kind, one.attempts, one.is_running) for one in found] == [
        (JobKind.EXTRACT, 0, False),
        (JobKind.RENDER, 0, False),
    ]
    assert found[0].since != NOW
