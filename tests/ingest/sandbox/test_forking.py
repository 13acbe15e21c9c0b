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
from archive.ingest.sandbox.forking import ForkingSandbox
from archive.model.extraction import Outcome
from tests.ingest.sandbox.contract import SandboxContract
from tests.ingest.sandbox.contract_base import IMPORT_FOLDERS, LIMITS, REGISTRY
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ForkingSandbox]:
    made = ForkingSandbox(REGISTRY, IMPORT_FOLDERS)
    yield made
    made.close()


class TestForking(SandboxContract):
    pass


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "document"
    file.write_text("texten")
    return file


def _server_of(owner: int) -> int:
    """Return the process number of the server that `owner` runs for the hostile readers."""
    for folder in Path("/proc").iterdir():
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_text()
        except (OSError, ValueError, IndexError):
            continue  # no process, or one that has ended meanwhile
        if parent == owner and "archive.ingest.sandbox.server" in command and REGISTRY in command:
            return int(folder.name)
    raise AssertionError("no server runs")


def _kill_server() -> int:
    server = _server_of(os.getpid())
    os.kill(server, signal.SIGKILL)
    return server


def _has_ended(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def test_server_that_died_is_started_anew(sandbox: ForkingSandbox, document: Path) -> None:
    assert read_file(sandbox, document, "test/good", LIMITS).category is Outcome.OK
    first = _kill_server()
    assert read_file(sandbox, document, "test/good", LIMITS).category is Outcome.OK
    assert _server_of(os.getpid()) != first


def test_server_that_dies_during_a_file_is_a_crash(sandbox: ForkingSandbox, document: Path) -> None:
    with sandbox.run(Request("extract", "test/page-then-sleep"), document, LIMITS) as frames:
        next(frames)
        _kill_server()
        with pytest.raises(Exception) as caught:
            next(frames)
    assert getattr(caught.value, "category", None) is Outcome.CRASH
    assert read_file(sandbox, document, "test/good", LIMITS).category is Outcome.OK


def test_one_server_reads_many_files(sandbox: ForkingSandbox, document: Path) -> None:
    servers = set()
    for _ in range(5):
        assert read_file(sandbox, document, "test/good", LIMITS).category is Outcome.OK
        servers.add(_server_of(os.getpid()))
    assert len(servers) == 1


def test_server_can_be_used_from_a_thread_that_has_ended(sandbox: ForkingSandbox, document: Path) -> None:
    from threading import Thread

    thread = Thread(target=read_file, args=(sandbox, document, "test/good", LIMITS))
    thread.start()
    thread.join()
    server = _server_of(os.getpid())
    assert read_file(sandbox, document, "test/good", LIMITS).category is Outcome.OK
    assert _server_of(os.getpid()) == server


_OWNER = """
import sys, threading
from pathlib import Path
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.sandbox.base import Limits, Request
from archive.ingest.sandbox.forking import ForkingSandbox
sandbox = ForkingSandbox(sys.argv[3], [Path(sys.argv[1])])
limits = Limits(60.0, 30, 512 * 1024 * 1024, 1024 * 1024, ReadLimits(10, 1000))
with sandbox.run(Request("extract", "test/page-then-sleep"), Path(sys.argv[2]), limits) as frames:
    next(frames)
    print("reading", flush=True)
    threading.Event().wait()
"""


def test_server_and_child_end_with_their_owner(document: Path) -> None:
    command = [sys.executable, "-c", _OWNER, str(IMPORT_FOLDERS[0]), str(document), REGISTRY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "reading\n"
        server = _server_of(owner.pid)
        children = Path(f"/proc/{server}/task/{server}/children")
        processes = [server, *map(int, children.read_text().split() if children.exists() else ())]
        owner.kill()
    wait_until(lambda: all(map(_has_ended, processes)), "the server and its child have ended")


@pytest.fixture
def altered() -> Iterator[ForkingSandbox]:
    """A sandbox whose child finds a kernel without, or with a refusing, Landlock and seccomp."""
    made = ForkingSandbox(REGISTRY.replace("hostile_readers", "altered_kernel"), IMPORT_FOLDERS)
    yield made
    made.close()


def test_kernel_without_protections_still_reads(altered: ForkingSandbox, document: Path) -> None:
    assert read_file(altered, document, "lacking/good", LIMITS).category is Outcome.OK
    told = read_file(altered, document, "lacking/forks", LIMITS).pages[0].blocks[0].text
    assert told.startswith("done")


def test_nothing_is_read_when_the_kernel_refuses_to_confine(altered: ForkingSandbox, document: Path) -> None:
    extraction = read_file(altered, document, "refusing/good", LIMITS)
    assert extraction.category is Outcome.CRASH
    assert not extraction.pages
