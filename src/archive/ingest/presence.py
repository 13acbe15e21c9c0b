"""A process says that it is there, and finds out which others are gone.

With a catalogue on a server its heartbeat there tells, wherever the process runs. With one in a file all are
on the disk that the file is on, and a locked file tells at once (`worker_locks`).
"""

import logging
import secrets
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.operation import processes
from archive.errors import ArchiveError
from archive.ingest.worker_locks import dead_workers, worker_lock
from archive.model.processes import ProcessKind
from archive.settings.database import DatabaseSettings

logger = logging.getLogger(__name__)

_STOP_S = 10.0


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
