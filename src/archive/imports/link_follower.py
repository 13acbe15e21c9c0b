"""The thread that fetches what imports link to, while a server or an ingest runs."""

import logging
import threading
from collections.abc import Callable, Sequence

from archive.errors import ArchiveError
from archive.imports.link_taking import LinkTaking

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 1.0
_STOP_S = 30.0


class LinkFollower:
    """Fetches links as they are queued.

    Args:
        taking: fetches them.
        taken: are called after something was taken in: there are jobs to do and changes to index.
    """

    def __init__(self, taking: LinkTaking, taken: Sequence[Callable[[], None]]) -> None:
        self._taking = taking
        self._taken = taken
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="link-follower", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread after the link that it is at; where that takes long, its lease runs out."""
        self._stopping.set()
        self._thread.join(_STOP_S)

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._taking.take_all(self._stopping.is_set):
                    for call in self._taken:
                        call()
            except ArchiveError as error:
                logger.warning("Links of imports cannot be fetched just now: %s", error.message)
            except Exception:
                logger.exception("Links of imports could not be fetched.")
            self._stopping.wait(_LOOK_EVERY_S)
