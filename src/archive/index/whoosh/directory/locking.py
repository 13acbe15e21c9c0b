"""One writer at a time, over all processes."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import Busy

_PAUSE_S = 0.05


@contextmanager
def writer_lock(path: Path, wait_s: float) -> Iterator[None]:
    """Hold the lock file `path`; the kernel gives it free when a process dies.

    Raises Busy where another writer (in this process or another) holds it for longer than `wait_s` seconds.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _take(descriptor, wait_s):
            raise Busy("Another process is writing the search index; try again when it has finished.")
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, wait_s: float) -> bool:
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_PAUSE_S)
        else:
            return True
