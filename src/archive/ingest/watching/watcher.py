"""The thread that looks at watched folders: every few seconds always, and sooner when the system says so."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.given import Given
from archive.ingest.watching.watched_folder import WatchedFolder
from archive.ingest.watching.watched_intake import ACTOR
from archive.settings.settings import Settings
from archive.store.store import Store

logger = logging.getLogger(__name__)

# After something has come or changed: as long as a file must stay the same to be taken.
_SETTLE_S = 2.0
_STOP_S = 30.0


class Watcher:
    """Looks at folders until it is stopped."""

    def __init__(self, folders: Sequence[WatchedFolder], paths: Sequence[Path], poll_s: float) -> None:
        """Take the folders.

        Args:
            folders: what looks at each.
            paths: where they are, for the system's own events.
            poll_s: how often they are looked at in any case: network and synced folders give no events.
        """
        self._folders = folders
        self._paths = paths
        self._poll_s = poll_s
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._threads = [
            threading.Thread(target=self._watch, name="watcher", daemon=True),
            threading.Thread(target=self._listen, name="watcher-events", daemon=True),
        ]

    def start(self) -> None:
        """Begin to look."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after the present file; what was not taken in yet is taken at the next start."""
        self._stopping.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(_STOP_S)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            for folder in self._folders:
                if not self._stopping.is_set():
                    self._look(folder)
            is_waiting = any(folder.is_waiting for folder in self._folders)
            if self._wake.wait(min(_SETTLE_S, self._poll_s) if is_waiting else self._poll_s):
                self._stopping.wait(min(_SETTLE_S, self._poll_s))

    def _look(self, folder: WatchedFolder) -> None:
        try:
            folder.look()
        except Exception:
            logger.exception("Watching a folder failed; it is tried again.")

    def _listen(self) -> None:
        """Wake the other thread when the system tells of a change; without such events it polls."""
        from watchfiles import watch

        there = [path for path in self._paths if path.is_dir()]
        try:
            if there:
                for _ in watch(*there, stop_event=self._stopping, yield_on_timeout=False, rust_timeout=1000):
                    self._wake.set()
        except (OSError, RuntimeError):
            logger.info("The system tells nothing of changes in watched folders; they are looked at in turn.")


@contextmanager
def watching(
    database: Database, originals: Store, settings: Settings, taken: Callable[[], None]
) -> Iterator[None]:
    """Watch the folders of the settings while the context lasts.

    Args:
        database: where files are recorded.
        originals: where their bytes are kept.
        settings: which folders, and the bounds of files.
        taken: is called when something was taken in.
    """
    bounds = settings.extract

    def intake(given: Given) -> Intake:
        temporary = settings.data / "tmp"
        return Intake(
            database, originals, bounds.file_max_bytes, ACTOR, temporary, bounds.zip_max_bytes, given
        )

    folders = [WatchedFolder(each, database, intake, taken) for each in settings.watch.folders]
    if not folders:
        yield
        return
    watcher = Watcher(folders, [each.path for each in settings.watch.folders], settings.watch.poll_s)
    watcher.start()
    try:
        yield
    finally:
        watcher.stop()
