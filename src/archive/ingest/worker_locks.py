"""Which processes of this machine hold jobs. A killed worker's jobs are free again as soon as a worker looks.

Each working process keeps a locked file; the lock goes with the process, however it ends. A lease whose
owner's lock is free is over, without waiting for its time to run out. On file systems without locks only
time decides.
"""

import os
import secrets
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.errors import StorageError
from archive.file_lock import lock, open_lock_file, try_lock


def _host() -> str:
    return socket.gethostname().replace("/", "-") or "localhost"


@contextmanager
def worker_lock(folder: Path) -> Iterator[str]:
    """Hold a lock file as an owner of jobs while the context lasts; yield the owner's name, unique for ever.

    Raises StorageError where the folder cannot be written.
    """
    name = f"{_host()}-{os.getpid()}-{secrets.token_hex(4)}"
    path = folder / f"{name}.lock"
    descriptor = _open_locked(path)
    try:
        yield name
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        os.close(descriptor)


def _open_locked(path: Path) -> int:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = open_lock_file(path)
    except OSError as error:
        raise StorageError(
            "The archive's folder cannot be written. Free some space or mend its rights; try again."
        ) from error
    with suppress(StorageError):  # some network file systems have no locks: only time decides there
        lock(descriptor)
    return descriptor


def dead_workers(folder: Path, owners: Sequence[str]) -> list[str]:
    """Return those of `owners` (of this machine) that are no longer running; their files are removed."""
    this_host = f"{_host()}-"
    return [name for name in owners if name.startswith(this_host) and _is_dead(folder / f"{name}.lock")]


def _is_dead(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        return isinstance(error, FileNotFoundError)
    try:
        if not try_lock(descriptor):  # held by a process that lives
            return False
    except StorageError:  # no locks here
        return False
    else:
        path.unlink(missing_ok=True)
        return True
    finally:
        os.close(descriptor)
