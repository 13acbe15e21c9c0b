"""Workers and indexers of one archive on a server: processes of their own, some of them killed."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.catalogue import jobs
from archive.ingest.progress import Silent
from archive.model.processes import ProcessKind
from archive.settings.settings import load_settings
from tests.cli.commands import SMALL, Run
from tests.filled_archive import ask, found
from tests.forked import Forked
from tests.ingest.ingests import lease, report, take
from tests.waiting import HANG_S, wait_until

pytestmark = [pytest.mark.long, pytest.mark.postgresql]

_SETTINGS = """
database_url = "{url}"
[database]
heartbeat_s = 0.3
dead_after_s = 2.0
"""


@pytest.fixture
def archive(data: Path, postgres_url: str) -> Iterator[Archive]:
    """An archive on PostgreSQL that this process only reads and puts files into."""
    data.mkdir()
    (data / "archive.toml").write_text(_SETTINGS.format(url=postgres_url))
    with open_archive(load_settings(data)) as archive:
        yield archive


@contextmanager
def _running(archive: Archive, *names: str) -> Iterator[list[Forked]]:
    """Run commands beside, `worker` or `indexer`, until they say that they work."""
    environment = {**os.environ, **SMALL}
    processes = [Forked("--data", archive.settings.data, name, env=environment) for name in names]
    try:
        for process in processes:
            assert process.stdout.readline() in ("Working.\n", "Following.\n")
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def _pending(archive: Archive) -> int:
    with archive.database.read() as session:
        return sum(jobs.pending(session).values())


def _is_found(archive: Archive, word: str) -> bool:
    return bool(found(ask(archive, word)))


def test_workers_and_indexers_find_each_other_and_take_over(
    archive: Archive, tmp_path: Path, run: Run
) -> None:
    with (
        _running(archive, "indexer") as (first_indexer,),
        _running(archive, "indexer", "worker") as (second_indexer, worker),
    ):
        take(archive, report(tmp_path / "a.pdf", "Gruvnäring"))
        wait_until(lambda: _is_found(archive, "gruvnäring"), "the worker has read it, an indexer followed")
        wait_until(lambda: _pending(archive) == 0, "the pictures are made")
        status = run("status", "--json").json
        listed = {(one["kind"], one["pid"], one["alive"]) for one in status["processes"]}
        assert listed == {
            ("indexer", first_indexer.pid, True),
            ("indexer", second_indexer.pid, True),
            ("worker", worker.pid, True),
        }
        assert status["index"]["changes_behind"] == 0
        assert status["index"]["seconds_behind"] == 0

        worker_name = next(one["name"] for one in status["processes"] if one["kind"] == "worker")
        for killed in (first_indexer, worker):  # this indexer began first, so it had the turn
            killed.send_signal(signal.SIGKILL)
            killed.wait(HANG_S)
        take(archive, report(tmp_path / "b.pdf", "Vindkraft"))
        lease(archive, f"{worker_name}/0")  # as if it had been killed over it
        wait_until(lambda: "gone" in run("status").out, "staff see that they are gone")
        with archive.workers(Silent(), kind=ProcessKind.WORKER):
            wait_until(lambda: _is_found(archive, "vindkraft"), "others do the work of the killed ones")
        second_indexer.send_signal(signal.SIGTERM)
        assert second_indexer.wait(HANG_S) == 0
