import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.app import open_archive
from archive.catalogue import jobs
from archive.ingest.presence import worker_lock
from archive.settings.settings import Settings
from tests.cli.commands import Result, Run, assert_one_line, run_apart, started
from tests.forked import Forked
from tests.ingest.ingests import lease, report, take
from tests.waiting import HANG_S, wait_until

pytestmark = pytest.mark.long


@dataclass
class Server:
    """A running `archive serve`."""

    address: str
    process: Forked | subprocess.Popen[str]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=HANG_S) as answer:
            assert answer.status == 200
            text: str = answer.read().decode()
            return text

    def stop(self, number: int) -> Result:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=HANG_S)
        return Result(self.process.wait(), out, err)


@contextmanager
def serving(
    data: Path,
    *arguments: str,
    ignored: Sequence[signal.Signals] = (),
    blocked: Sequence[signal.Signals] = (),
) -> Iterator[Server]:
    process = started(data, "serve", "--port", "0", "--quiet", *arguments, ignored=ignored, blocked=blocked)
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.fullmatch(r"Serving on (http://\S+:\d+)/\n", line)
        assert found, line + process.communicate(timeout=HANG_S)[1]
        yield Server(found[1], process)
    finally:
        process.kill()
        with process:
            pass


def test_pages_are_served_until_the_server_is_asked_to_stop(full: Run, data: Path) -> None:
    with serving(data) as server:
        assert '"ok"' in server.get("/healthz") or "ok" in server.get("/healthz")
        assert "Gruvnäringen i Bergslagen" in re.sub("<[^>]*>", "", server.get("/?q=gruvn%C3%A4ringen"))
        assert server.stop(signal.SIGTERM) == Result(0, "", "archive: stopped.\n")


def test_ctrl_c_stops_the_server_quietly(full: Run, data: Path) -> None:
    with serving(data, "--no-worker") as server:
        server.get("/healthz")
        assert server.stop(signal.SIGINT) == Result(0, "", "archive: stopped.\n")


def test_server_in_the_background_is_stopped_by_sigterm_and_not_by_ctrl_c(full: Run, data: Path) -> None:
    with serving(data, "--no-worker", ignored=[signal.SIGINT]) as server:
        server.process.send_signal(signal.SIGINT)
        server.get("/healthz")
        assert server.stop(signal.SIGTERM) == Result(0, "", "archive: stopped.\n")


@pytest.mark.parametrize("inherited", ["ignored", "blocked"])
def test_sigterm_stops_the_server_whatever_it_inherited(full: Run, data: Path, inherited: str) -> None:
    with serving(data, "--no-worker", **{inherited: [signal.SIGTERM]}) as server:
        server.get("/healthz")
        assert server.stop(signal.SIGTERM) == Result(0, "", "archive: stopped.\n")


def test_visitors_who_wait_for_each_other_are_not_warned_of(
    full: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_WEB__THREADS", "1")
    with serving(data, "--no-worker") as server:
        with ThreadPoolExecutor(8) as visitors:
            for page in visitors.map(server.get, ["/?q=gruvn%C3%A4ringen"] * 24):
                assert "Gruvnäringen" in page
        assert server.stop(signal.SIGTERM) == Result(0, "", "archive: stopped.\n")


def test_work_left_by_a_killed_ingest_is_done_meanwhile(data: Path, tmp_path: Path) -> None:
    with open_archive(Settings(data=data)) as archive:
        take(archive, report(tmp_path / "a.pdf", "Vindkraftverk snurrar"))
        with worker_lock(data / "workers") as killed:
            lease(archive, f"{killed}/0")
    with serving(data) as server:
        wait_until(lambda: "snurrar" in server.get("/?q=vindkraftverk"), "the job is done and searchable")


def test_without_workers_jobs_are_left_alone(data: Path, tmp_path: Path) -> None:
    with open_archive(Settings(data=data)) as archive:
        take(archive, report(tmp_path / "a.pdf", "Vindkraftverk"))
        with serving(data, "--no-worker") as server:
            server.get("/healthz")
            # A process that does jobs has a lock file before it serves.
            assert list((data / "workers").glob("*.lock")) == []
        assert lease(archive).attempts == 1
    with serving(data):
        assert len(list((data / "workers").glob("*.lock"))) == 1


def test_server_is_stopped_while_it_works_and_the_job_is_not_lost(data: Path, tmp_path: Path) -> None:
    with open_archive(Settings(data=data)) as archive:
        take(
            archive,
            *(report(tmp_path / f"{number}.pdf", f"Ord{number}", page_count=20) for number in range(8)),
        )
        with serving(data) as server:
            stopped = server.stop(signal.SIGTERM)
        assert stopped.code == 0
        assert stopped.err == "archive: stopped.\n"
        assert "Traceback" not in stopped.err
        with archive.database.read() as session:
            assert jobs.owners(session) == ()


def test_second_signal_ends_the_server_at_once(full: Run, data: Path) -> None:
    with serving(data, "--no-worker") as server:
        address = urlsplit(server.address)
        with socket.create_connection((address.hostname or "", address.port or 0)) as unread:
            unread.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            unread.recv(1)
            server.process.send_signal(signal.SIGINT)
            assert server.stop(signal.SIGTERM) == Result(0, "", "archive: stopped.\n")


def test_name_with_several_addresses_can_be_served(full: Run, data: Path) -> None:
    with serving(data, "--no-worker", "--host", "localhost") as server:
        assert server.address.startswith("http://localhost:")
        server.get("/healthz")
        assert server.stop(signal.SIGTERM).code == 0


def test_busy_port_is_told_in_one_line(full: Run, data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = run_apart(data, "serve", "--port", str(port))
    assert told.code == 2
    assert told.out == ""
    assert_one_line(told, f"Port {port} on 127.0.0.1", "--port")


@pytest.mark.parametrize("host", ["192.0.2.1", "finns.inte.invalid"])
def test_address_of_another_machine_is_told_in_one_line(full: Run, data: Path, host: str) -> None:
    told = run_apart(data, "serve", "--port", "0", "--host", host)
    assert told.code == 2
    assert_one_line(told, host)


def test_a_failed_start_leaves_signals_as_they_were(full: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_WEB__PORT", "mellan")
    before = signal.getsignal(signal.SIGTERM)
    assert_one_line(full("serve"), "web.port")
    assert signal.getsignal(signal.SIGTERM) is before
