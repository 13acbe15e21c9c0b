"""A process says that it is there, and finds out which others are gone.

With a catalogue on a server its heartbeat there tells, wherever the process runs. With one in a file all are
on the disk that the file is on, and a locked file tells at once: each working process has a name of its own
and keeps a locked file under it. The lock goes with the process, however it ends, and a killed worker's jobs
are free again as soon as a worker looks.
"""

import logging
import os
import secrets
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.operation import processes
from archive.disk.file_lock import lock, open_lock_file, try_lock
from archive.errors import ArchiveError, StorageError
from archive.model.processes import ProcessKind
from archive.settings.database import DatabaseSettings

logger = logging.getLogger(__name__)

_STOP_S = 10.0

HEARTBEAT_EVERY_S: Final = 10.0
STALE_AFTER_S: Final = 60.0
"""Six heartbeats: a process that lives misses none but the few for which its machine or disk stands still."""
_KERNEL: Final = Path("/proc/sys/kernel/random/boot_id")  # random(4): one for each start of a kernel
_CLOCK: Final = "clock"
_KERNEL_MAX_BYTES: Final = 64


class Presence:
    """A process among those of an archive. `name` owns its leases; no other process ever has it."""

    def __init__(self, name: str, is_gone: Callable[[Session, Collection[str]], Collection[str]]) -> None:
        self.name = name
        self.gone = is_gone


def look(
    database: Database, folder: Path, bounds: DatabaseSettings
) -> Callable[[Session, Collection[str]], Collection[str]]:
    """Return what tells which of some processes are gone.

    Args:
        database: The catalogue.
        folder: Where processes lock files, with a catalogue in a file.
        bounds: How long a process may be silent.
    """
    if database.is_shared:
        return lambda session, names: processes.silent(session, names, bounds.dead_after_s)
    return lambda _, names: dead_workers(folder, list(names))


@contextmanager
def present(
    database: Database, folder: Path, kind: ProcessKind, bounds: DatabaseSettings
) -> Iterator[Presence]:
    """Be on the list of processes while the context lasts.

    Raises:
        ArchiveError: StorageError where the folder cannot be written, Busy, CatalogueUnavailable …
    """
    is_gone = look(database, folder, bounds)
    with ExitStack() as stack:
        if database.is_shared:
            name = f"{kind.value}-{secrets.token_hex(8)}"
        else:
            name = stack.enter_context(worker_lock(folder))
        with database.write_rows() as session:
            if database.is_shared:
                processes.forget_old(session, bounds.dead_after_s)
            else:
                processes.forget(session, is_gone(session, processes.names(session)))
            processes.note(session, name, kind)
        stack.callback(_leave, database, name)
        if database.is_shared:
            stack.enter_context(_heartbeat(database, name, kind, bounds.heartbeat_s))
        yield Presence(name, is_gone)


def _leave(database: Database, name: str) -> None:
    with suppress(ArchiveError), database.write_rows() as session:
        processes.forget(session, [name])


@contextmanager
def _heartbeat(database: Database, name: str, kind: ProcessKind, every_s: float) -> Iterator[None]:
    """Say again and again that this process is there; what fails is tried again next time."""
    has_ended = threading.Event()

    def beat() -> None:
        is_told = False
        while not has_ended.wait(every_s):
            try:
                with database.write_rows() as session:
                    processes.note(session, name, kind)
                is_told = False
            except ArchiveError as error:
                if not is_told:
                    logger.warning("The heartbeat of this process failed: %s", error.message)
                is_told = True

    heart = threading.Thread(target=beat, name="heartbeat", daemon=True)
    heart.start()
    try:
        yield
    finally:
        has_ended.set()
        heart.join(_STOP_S)


@contextmanager
def worker_lock(folder: Path) -> Iterator[str]:
    """Hold a lock file as an owner of jobs while the context lasts; yield the owner's name, unique for ever.

    Raises StorageError where the folder cannot be written.
    """
    name = f"worker-{secrets.token_hex(8)}"
    path = folder / f"{name}.lock"
    descriptor = _open_locked(path)
    has_ended = threading.Event()
    heart = threading.Thread(target=_beat, args=(descriptor, has_ended), name="heartbeat", daemon=True)
    heart.start()
    try:
        yield name
    finally:
        has_ended.set()
        heart.join(HEARTBEAT_EVERY_S)
        with suppress(OSError):
            path.unlink(missing_ok=True)
        if not heart.is_alive():  # else its disk does not answer, and the file stays open with it
            os.close(descriptor)


def _beat(descriptor: int, has_ended: threading.Event) -> None:
    while not has_ended.wait(HEARTBEAT_EVERY_S):
        with suppress(OSError):
            os.utime(descriptor)


def _open_locked(path: Path) -> int:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = open_lock_file(path)
        os.write(descriptor, _kernel().encode())
    except OSError as error:
        raise StorageError(
            "The archive's folder cannot be written. Free some space or mend its rights; try again."
        ) from error
    with suppress(StorageError):  # some network file systems have no locks: the heartbeat decides there
        lock(descriptor)
    return descriptor


def dead_workers(folder: Path, owners: Sequence[str]) -> list[str]:
    """Return those of `owners` that are no longer running; their files are removed."""
    return [name for name in owners if _is_dead(folder, folder / f"{name}.lock")]


def _is_dead(folder: Path, path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        return isinstance(error, FileNotFoundError)
    try:
        has_locks = True
        try:
            if not try_lock(descriptor):  # held by a process that lives
                return False
        except StorageError:
            has_locks = False
        is_of_this_kernel = os.read(descriptor, _KERNEL_MAX_BYTES).decode("ascii", "replace") == _kernel()
        if not (has_locks and is_of_this_kernel) and not _is_stale(folder, descriptor):
            return False
        path.unlink(missing_ok=True)
        return True
    except OSError:  # the disk refuses: nothing is known
        return False
    finally:
        os.close(descriptor)


def _is_stale(folder: Path, descriptor: int) -> bool:
    """Return whether a file's heartbeat has stopped, by the clock of the disk that it is on."""
    clock = folder / _CLOCK
    clock.touch(0o600)
    return clock.stat().st_mtime - os.fstat(descriptor).st_mtime > STALE_AFTER_S


@lru_cache
def _kernel() -> str:
    """Return what tells this start of this kernel from all others; where nothing does, of this process."""
    try:
        return _KERNEL.read_text("ascii").strip()
    except (OSError, ValueError):
        return f"unknown-{secrets.token_hex(8)}"
