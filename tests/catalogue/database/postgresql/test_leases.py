"""Workers that ask a server for jobs at once get one each, and wait for nobody."""

import threading
from contextlib import ExitStack

from archive.catalogue import jobs
from archive.catalogue.database import clock
from archive.catalogue.database.database import Database
from archive.model.jobs import Job, JobKind
from tests.catalogue.conftest import put
from tests.catalogue.database.postgresql.conftest import Open

_EXTRACT = (JobKind.EXTRACT,)
_DOCUMENTS = 12


def _filled(open_with: Open) -> Database:
    database = open_with(write_wait_s=1)
    with database.write() as session:
        for number in range(_DOCUMENTS):
            put(session, str(number), f"/in/{number}.pptx")
    return database


def test_worker_passes_over_a_job_that_another_is_just_leasing(open_with: Open) -> None:
    database = _filled(open_with)
    with ExitStack() as stack:
        leased = []
        for number in range(3):
            session = stack.enter_context(database.write_rows())
            leased.append(jobs.lease(session, f"w{number}/0", _EXTRACT, clock.now(session), 60, 3))
        assert len({job.id for job in leased if job}) == 3


def test_many_workers_do_each_job_once_while_another_writes(open_with: Open) -> None:
    database = _filled(open_with)
    done: list[Job] = []

    def work(number: int) -> None:
        while True:
            with database.write_rows() as session:
                job = jobs.lease(session, f"w{number}/0", _EXTRACT, clock.now(session), 60, 3)
            if job is None:
                return
            done.append(job)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    with database.write() as session:
        put(session, "another", "/in/another.pptx")
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(done) == len({job.id for job in done}) == _DOCUMENTS
    assert {job.attempts for job in done} == {1}


def test_leases_go_by_the_clock_of_the_server(open_with: Open) -> None:
    with _filled(open_with).write_rows() as session:
        first = clock.now(session)
        job = jobs.lease(session, "w/0", _EXTRACT, first, 60, 3)
        assert job
        assert job.leased_until
        assert (job.leased_until - first).total_seconds() == 60
        assert clock.now(session) > first
