"""Locks on files exclude others, in this process and in others, and go with their process."""

import errno
import fcntl
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from archive.disk.file_lock import file_lock, open_lock_file, require_locks, try_lock, wait_for_lock
from archive.errors import Busy, StorageError
from tests.filled_archive import opened

_HOLDER = """
import sys
from pathlib import Path
from archive.disk.file_lock import file_lock
with file_lock(Path(sys.argv[1]), 0, "held"):
    print("locked", flush=True)
    sys.stdin.read()
"""


def test_second_holder_is_told_busy_and_may_come_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    with (
        file_lock(path, 0, "first"),
        pytest.raises(Busy, match="another writes"),
        file_lock(path, 0.1, "another writes"),
    ):
        pytest.fail("two hold one lock")
    with file_lock(path, 0, "second"):
        assert path.stat().st_mode & 0o777 == 0o600


def test_shared_holders_let_each_other_in_and_no_one_else(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(file_lock(path, 0, "reading", shared=True))
        descriptor = open_lock_file(path)
        assert not wait_for_lock(descriptor, 0.05)
        assert try_lock(descriptor, shared=True)
        os.close(descriptor)


def test_lock_goes_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    command = [sys.executable, "-c", _HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        with pytest.raises(Busy), file_lock(path, 0, "held"):
            pytest.fail("two hold one lock")
        holder.kill()
        holder.wait()
        with file_lock(path, 60, "held"):
            pass


def test_file_system_without_locks_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StorageError, match="no file locks"), file_lock(tmp_path / "x.lock", 0, "held"):
        pytest.fail("it was locked all the same")


def test_folder_that_is_not_there_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), file_lock(tmp_path / "none" / "x.lock", 0, "held"):
        pytest.fail("there is nothing to lock")


@pytest.mark.parametrize(
    "number", [errno.ENOLCK, errno.ENOSYS, errno.EIO, errno.EACCES, errno.EPERM, errno.EREMOTEIO]
)
def test_locks_that_are_refused_are_told_as_that_when_an_archive_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StorageError, match="no file locks that work"), opened(tmp_path):
        pass
    assert [path.name for path in (tmp_path / "data" / "tmp").glob("[!.]*")] == []


def test_locks_that_everybody_gets_are_told_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    with pytest.raises(StorageError, match="no file locks that work"):
        require_locks(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_locks_that_work_are_fine_and_leave_nothing(tmp_path: Path) -> None:
    require_locks(tmp_path)
    assert list(tmp_path.iterdir()) == []
    require_locks(tmp_path / "missing")
