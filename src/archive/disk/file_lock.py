"""Locks between processes on files. The kernel releases them however their process ends (flock(2))."""

import errno
import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from archive.errors import Busy, StorageError

_POLL_S: Final = 0.05


@contextmanager
def file_lock(path: Path, timeout_s: float, busy: str, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock on the file `path`, which is made where it is missing, while the context lasts.

    Two holders in one process exclude each other, too.

    Args:
        path: The lock file. It stays where it is afterwards.
        timeout_s: How long to wait for other holders, in seconds; 0 does not wait.
        busy: The message of Busy: who holds the lock, and what to do.
        shared: Whether others that ask for a shared lock may hold it as well.

    Raises:
        Busy: Another one has held it for longer than `timeout_s`.
        StorageError: The file system has no locks.
        OSError: The file cannot be made or opened.
    """
    descriptor = open_lock_file(path)
    try:
        if not wait_for_lock(descriptor, timeout_s, shared=shared):
            raise Busy(busy)
        yield
    finally:
        os.close(descriptor)


def open_lock_file(path: Path) -> int:
    """Return a descriptor of a lock file, made where it is missing; closing it releases its lock.

    Raises:
        OSError: The file cannot be made or opened.
    """
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def wait_for_lock(
    descriptor: int, timeout_s: float, *, shared: bool = False, poll_s: float = _POLL_S
) -> bool:
    """Take the lock on an open file; return False where others hold it for longer than `timeout_s` seconds.

    Raises:
        StorageError: The file system has no locks.
    """
    deadline_s = time.monotonic() + timeout_s
    while not try_lock(descriptor, shared=shared):
        if time.monotonic() >= deadline_s:
            return False
        time.sleep(poll_s)
    return True


def lock(descriptor: int, *, shared: bool = False) -> None:
    """Take the lock on an open file, however long others hold it; the kernel wakes the waiting process.

    Raises:
        StorageError: The file system has no locks.
    """
    _flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock on an open file at once; return False where others hold it.

    Raises:
        StorageError: The file system has no locks.
    """
    try:
        _flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _flock(descriptor: int, operation: int) -> None:
    try:
        fcntl.flock(descriptor, operation)
    except BlockingIOError:
        raise
    except OSError as error:
        # Network file systems refuse locks with almost any error (ENOLCK, ENOSYS, EIO, EACCES …).
        if error.errno == errno.EBADF:
            raise
        raise _no_locks() from error


def require_locks(folder: Path) -> None:
    """See that locks in a folder exclude others: some file systems grant all of them to everybody.

    A folder that cannot be written is passed over: nothing needs a lock there.

    Raises:
        StorageError: They do not.
    """
    path = folder / f"lock-{secrets.token_hex(8)}"
    try:
        first = open_lock_file(path)
    except OSError:
        return
    try:
        second = open_lock_file(path)
        try:
            if not try_lock(first) or try_lock(second):
                raise _no_locks()
        finally:
            os.close(second)
    finally:
        os.close(first)
        with suppress(OSError):
            path.unlink()


def _no_locks() -> StorageError:
    return StorageError(
        "The file system of the archive's folder has no file locks that work, without which processes would "
        "write over each other. Move the folder to a local disk, or mount it with locks."
    )
