import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.ingest import presence
from archive.ingest.presence import STALE_AFTER_S, dead_workers, worker_lock
from tests.waiting import wait_until

BE_OWNER = """
import sys
from pathlib import Path
from archive.ingest.presence import worker_lock
with worker_lock(Path(sys.argv[1])) as name:
    print(name, flush=True)
    sys.stdin.read()
"""


def test_owner_that_lives_is_not_dead(tmp_path: Path) -> None:
    with worker_lock(tmp_path / "workers") as name:
        assert dead_workers(tmp_path / "workers", [name]) == []
        assert (tmp_path / "workers" / f"{name}.lock").exists()


def test_owner_that_has_ended_is_dead_and_leaves_no_file(tmp_path: Path) -> None:
    with worker_lock(tmp_path) as name:
        pass
    assert dead_workers(tmp_path, [name]) == [name]
    assert list(tmp_path.iterdir()) == []


def test_killed_process_is_dead_at_once(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BE_OWNER, str(tmp_path)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        name = process.stdout.readline().strip()
        assert dead_workers(tmp_path, [name]) == []
        process.kill()
        process.wait()
        assert dead_workers(tmp_path, [name]) == [name]
    assert not (tmp_path / f"{name}.lock").exists()


def _left(folder: Path, kernel: str, silent_s: float) -> str:
    """Return the name of a worker of another kernel whose last heartbeat was so long ago."""
    path = folder / "worker-0123456789abcdef.lock"
    path.write_text(kernel)
    seen = time.time() - silent_s
    os.utime(path, (seen, seen))
    return path.stem


def test_worker_of_another_kernel_is_dead_once_its_heart_has_stopped(tmp_path: Path) -> None:
    for silent_s, is_dead in ((0.0, False), (STALE_AFTER_S / 2, False), (STALE_AFTER_S + 5, True)):
        name = _left(tmp_path, "another start of another machine", silent_s)
        assert dead_workers(tmp_path, [name]) == ([name] if is_dead else [])


def test_name_and_file_say_nothing_of_the_host(tmp_path: Path) -> None:
    with worker_lock(tmp_path) as name:
        assert socket.gethostname() not in name
        assert socket.gethostname() not in (tmp_path / f"{name}.lock").read_text()


def test_lease_of_a_worker_killed_under_another_host_name_is_free_at_once(tmp_path: Path) -> None:
    script = f"import ctypes; ctypes.CDLL(None).sethostname(b'en-annan', 8)\n{BE_OWNER}"
    with subprocess.Popen(
        ["unshare", "--uts", sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        name = process.stdout.readline().strip()
        process.kill()
        process.wait()
    if not name:
        pytest.skip("this machine does not let its user give a process a host name of its own")
    assert dead_workers(tmp_path, [name]) == [name]


def test_heart_beats_while_the_worker_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "HEARTBEAT_EVERY_S", 0.01)
    with worker_lock(tmp_path) as name:
        path = tmp_path / f"{name}.lock"
        os.utime(path, (0, 0))
        wait_until(lambda: path.stat().st_mtime > 0, "a heartbeat")


def test_names_are_unique(tmp_path: Path) -> None:
    with worker_lock(tmp_path) as first, worker_lock(tmp_path) as second:
        assert first != second


def test_where_there_are_no_locks_the_heart_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(38, "no locks here")

    monkeypatch.setattr("fcntl.flock", refuse)
    with worker_lock(tmp_path) as name:
        assert dead_workers(tmp_path, [name]) == []
        long_ago = time.time() - STALE_AFTER_S - 5
        os.utime(tmp_path / f"{name}.lock", (long_ago, long_ago))
        assert dead_workers(tmp_path, [name]) == [name]


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    with pytest.raises(StorageError), worker_lock(tmp_path / "fil" / "workers"):
        pass


def test_lock_is_not_inherited_by_children(tmp_path: Path) -> None:
    with worker_lock(tmp_path) as name:
        child = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
        )
        held = (tmp_path / f"{name}.lock").read_text()
    try:
        (tmp_path / f"{name}.lock").write_text(held)
        assert dead_workers(tmp_path, [name]) == [name]
    finally:
        child.communicate()
