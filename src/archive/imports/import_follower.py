"""The threads that read what is to be imported and fetch what imports link to, while a server runs."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from archive.errors import ArchiveError

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 1.0
_STOP_S = 30.0


class Taking(Protocol):
    """Does what is waited for."""

    def take_all(self, is_stopping: Callable[[], bool] = ...) -> int:
        """Do all there is to do, until `is_stopping`; return how much has come to an end."""
        ...


class ImportFollower:
    """Does what is queued of imports, soon after it is queued.

    Args:
        taking: does it.
        name: of the thread, such as "links".
        taken: are called after something was taken in: there are jobs to do and changes to index.
    """

    def __init__(self, taking: Taking, name: str, taken: Sequence[Callable[[], None]]) -> None:
        self._taking = taking
        self._taken = taken
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name=f"import-{name}", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread after what it is at; where that takes long, its lease runs out."""
        self._stopping.set()
        self._thread.join(_STOP_S)

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._taking.take_all(self._stopping.is_set):
                    for call in self._taken:
                        call()
            except ArchiveError as error:
                logger.warning("Imports cannot be worked on just now: %s", error.message)
            except Exception:
                logger.exception("Imports could not be worked on.")
            self._stopping.wait(_LOOK_EVERY_S)
