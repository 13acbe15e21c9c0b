import signal
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.app import Archive
from archive.catalogue import jobs
from archive.ingest.jobs import extract
from archive.ingest.presence import worker_lock
from archive.ingest.progress import Stored
from archive.ingest.reading import convert
from archive.ingest.sandbox import processes
from archive.model.extraction import Extraction, Outcome
from tests.ingest.ingests import Notes, lease, pending, report, take, version_of, with_settings
from tests.waiting import HANG_S, wait_until


@pytest.fixture
def waiting(archive: Archive, tmp_path: Path) -> Stored:
    """A file that nobody has read."""
    (step,) = take(archive, report(tmp_path / "a.pdf", "Gruvnäring"))
    assert isinstance(step, Stored)
    return step


def wait_until_pending(archive: Archive, count: int) -> None:
    wait_until(lambda: pending(archive) == count, f"{count} jobs are left")


def dead_owner(archive: Archive) -> str:
    with worker_lock(archive.settings.data / "workers") as name:
        return name


def test_jobs_of_an_owner_that_is_gone_are_done_at_once(archive: Archive, waiting: Stored) -> None:
    lease(archive, f"{dead_owner(archive)}/0")
    notes = Notes()
    with archive.workers(notes):
        wait_until_pending(archive, 0)
    assert [step.category for step in notes.extracted] == [Outcome.OK]
    assert len(notes.drawn) == 1


def test_jobs_of_an_owner_that_ends_meanwhile_are_done_soon(archive: Archive, waiting: Stored) -> None:
    with worker_lock(archive.settings.data / "workers") as other:
        lease(archive, f"{other}/0")
        pool = archive.workers(Notes())
        pool.__enter__()
    try:
        wait_until_pending(archive, 0)
    finally:
        pool.__exit__(None, None, None)


def test_jobs_of_an_owner_that_lives_are_left_to_it(
    archive: Archive, waiting: Stored, tmp_path: Path
) -> None:
    with worker_lock(archive.settings.data / "workers") as other:
        lease(archive, f"{other}/0")
        take(archive, report(tmp_path / "b.pdf", "Vindkraft"))
        with archive.workers(Notes()):
            wait_until_pending(archive, 2)  # both jobs of the second file are done
    assert pending(archive) == 2
    assert version_of(archive, waiting.version_id).category is None


def test_jobs_of_another_machine_are_left_to_it(archive: Archive, waiting: Stored, tmp_path: Path) -> None:
    locks = archive.settings.data / "workers"
    locks.mkdir(exist_ok=True)
    (locks / "en-annan-maskin.lock").write_text("another kernel")  # written just now: its heart beats
    lease(archive, "en-annan-maskin/0")
    take(archive, report(tmp_path / "b.pdf", "Vindkraft"))
    with archive.workers(Notes()):
        wait_until_pending(archive, 2)  # both jobs of the second file are done
    assert pending(archive) == 2
    assert version_of(archive, waiting.version_id).category is None


def test_job_that_ended_its_worker_each_time_is_given_up(archive: Archive, waiting: Stored) -> None:
    name = dead_owner(archive)
    for _ in range(archive.settings.attempts_max):
        lease(archive, f"{name}/0")
        with archive.database.write() as session:
            jobs.release_owner(session, name)
    with archive.workers(Notes()):
        wait_until_pending(archive, 0)
    version = version_of(archive, waiting.version_id)
    assert version.category is Outcome.CRASH
    assert "each time" in version.message


def test_lease_that_ran_out_is_taken_over_and_the_late_result_is_dropped(
    archive: Archive, waiting: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()
    read = convert.read_original

    def slowly(*arguments: Any) -> Extraction:
        begun.set()
        may_end.wait(HANG_S)
        return read(*arguments)

    monkeypatch.setattr(extract, "read_original", slowly)
    notes = Notes()
    workers = with_settings(archive, stop_time_s=HANG_S).workers(notes)
    # The second owner lives: the job of one that is gone might be done again before the pool has stopped.
    with worker_lock(archive.settings.data / "workers") as second, workers as pool:
        assert begun.wait(HANG_S)
        later = datetime.now(UTC) + timedelta(seconds=archive.settings.lease_s + 1)
        other = lease(archive, f"{second}/0", later)
        may_end.set()
    assert pool.error is None
    assert notes.extracted == []
    assert version_of(archive, waiting.version_id).category is None
    with archive.database.write() as session:
        assert jobs.finish(session, other)


def test_unexpected_error_ends_the_job_as_a_crash_and_is_not_repeated(
    archive: Archive, waiting: Stored, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    calls = []

    def fail(*_: object) -> Extraction:
        calls.append(1)
        raise KeyError("unexpected")

    monkeypatch.setattr(extract, "read_original", fail)
    with archive.workers(Notes()):
        wait_until_pending(archive, 0)
    assert len(calls) == 1
    assert version_of(archive, waiting.version_id).category is Outcome.CRASH
    assert "A job met an unexpected error." in caplog.text


def test_pool_stops_after_the_job_at_hand(
    archive: Archive, waiting: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    read = convert.read_original

    def announce(*arguments: Any) -> Extraction:
        begun.set()
        return read(*arguments)

    monkeypatch.setattr(extract, "read_original", announce)
    with with_settings(archive, stop_time_s=HANG_S).workers(Notes()):
        assert begun.wait(HANG_S)
    assert version_of(archive, waiting.version_id).category is Outcome.OK
    assert pending(archive) == 1
    with archive.database.read() as session:
        assert jobs.owners(session) == ()


def test_job_that_does_not_end_is_broken_off_and_given_back(
    archive: Archive, waiting: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def hang(*_: Any) -> Extraction:
        started.append(processes.start(["sleep", str(10 * HANG_S)], tmp_path))
        started[0].wait()
        return Extraction(Outcome.CRASH)

    monkeypatch.setattr(extract, "read_original", hang)
    with with_settings(archive, stop_time_s=0, workers=1).workers(Notes()):
        wait_until(lambda: started, "the job is at work")
    assert started[0].returncode == -signal.SIGKILL
    assert version_of(archive, waiting.version_id).category is None
    again = lease(archive)
    assert again.version_id == waiting.version_id
    assert again.attempts == 1


def test_several_workers_do_each_job_once(archive: Archive, tmp_path: Path) -> None:
    count = 12
    take(archive, *(report(tmp_path / f"{number}.pdf", f"Ord{number}") for number in range(count)))
    notes = Notes()
    with with_settings(archive, workers=3).workers(notes):
        wait_until_pending(archive, 0)
    assert len({step.version_id for step in notes.extracted}) == len(notes.extracted) == count
    assert len({step.version_id for step in notes.drawn}) == len(notes.drawn) == count
