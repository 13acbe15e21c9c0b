"""The contract, with children forked from a server; and what concerns the server itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ingest.reading.extract_file import read_file
from archive.ingest.sandbox.base import Request
from archive.ingest.sandbox.forking import ForkingIsolation
from archive.model.extraction import Outcome
from tests.ingest.sandbox.contract import IsolationContract
from tests.ingest.sandbox.contract_base import IMPORT_FOLDERS, LIMITS, REGISTRY
from tests.waiting import wait_until

if not sys.platform.startswith("linux"):
    pytest.skip("the forking server needs Linux", allow_module_level=True)


@pytest.fixture(scope="module")
def isolation() -> Iterator[ForkingIsolation]:
    made = ForkingIsolation(REGISTRY, IMPORT_FOLDERS)
    yield made
    made.close()


class TestForking(IsolationContract):
    pass


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "document"
    file.write_text("texten")
    return file


def _kill_server(isolation: ForkingIsolation) -> int:
    server = isolation.server_pid
    assert server is not None
    os.kill(server, signal.SIGKILL)
    return server


def _has_ended(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def test_server_that_died_is_started_anew(isolation: ForkingIsolation, document: Path) -> None:
    assert read_file(isolation, document, "test/good", LIMITS).category is Outcome.OK
    first = _kill_server(isolation)
    assert read_file(isolation, document, "test/good", LIMITS).category is Outcome.OK
    assert isolation.server_pid != first


def test_server_that_dies_during_a_file_is_a_crash(isolation: ForkingIsolation, document: Path) -> None:
    frames = isolation.run(Request("extract", "test/page-then-sleep"), document, LIMITS)
    next(frames)
    _kill_server(isolation)
    with pytest.raises(Exception) as caught:
        next(frames)
    assert getattr(caught.value, "category", None) is Outcome.CRASH
    assert read_file(isolation, document, "test/good", LIMITS).category is Outcome.OK


def test_one_server_reads_many_files(isolation: ForkingIsolation, document: Path) -> None:
    servers = set()
    for _ in range(5):
        assert read_file(isolation, document, "test/good", LIMITS).category is Outcome.OK
        servers.add(isolation.server_pid)
    assert len(servers) == 1


def test_server_can_be_used_from_a_thread_that_has_ended(isolation: ForkingIsolation, document: Path) -> None:
    from threading import Thread

    thread = Thread(target=read_file, args=(isolation, document, "test/good", LIMITS))
    thread.start()
    thread.join()
    server = isolation.server_pid
    assert read_file(isolation, document, "test/good", LIMITS).category is Outcome.OK
    assert isolation.server_pid == server


_OWNER = """
import sys, threading
from pathlib import Path
from archive.ingest.sandbox.base import Limits, Request
from archive.ingest.sandbox.forking import ForkingIsolation
isolation = ForkingIsolation(sys.argv[3], [Path(sys.argv[1])])
limits = Limits(60.0, 30, 512 * 1024 * 1024, 1024 * 1024, 10, 1000)
frames = isolation.run(Request("extract", "test/page-then-sleep"), Path(sys.argv[2]), limits)
next(frames)
children = Path(f"/proc/{isolation.server_pid}/task/{isolation.server_pid}/children")
child = children.read_text().split() if children.exists() else []
print(isolation.server_pid, *child, flush=True)
threading.Event().wait()
"""


def test_server_and_child_end_with_their_owner(document: Path) -> None:
    command = [sys.executable, "-c", _OWNER, str(IMPORT_FOLDERS[0]), str(document), REGISTRY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        processes = [int(number) for number in owner.stdout.readline().split()]
        owner.kill()
    assert processes
    wait_until(lambda: all(map(_has_ended, processes)), "the server and its child have ended")


@pytest.fixture
def altered() -> Iterator[ForkingIsolation]:
    """An isolation whose child finds a kernel without, or with a refusing, Landlock and seccomp."""
    made = ForkingIsolation(REGISTRY.replace("hostile_readers", "altered_kernel"), IMPORT_FOLDERS)
    yield made
    made.close()


def test_kernel_without_protections_still_reads(altered: ForkingIsolation, document: Path) -> None:
    assert read_file(altered, document, "lacking/good", LIMITS).category is Outcome.OK
    told = read_file(altered, document, "lacking/forks", LIMITS).pages[0].blocks[0].text
    assert told.startswith("done")


def test_nothing_is_read_when_the_kernel_refuses_to_confine(
    altered: ForkingIsolation, document: Path
) -> None:
    extraction = read_file(altered, document, "refusing/good", LIMITS)
    assert extraction.category is Outcome.CRASH
    assert not extraction.pages
