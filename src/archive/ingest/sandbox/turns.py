"""One file at a time in one sandbox, and no thread that waits for its turn for ever."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from archive.errors import Busy

TURN_TIMEOUT_S: Final = 3600.0
"""No file may take as long (`extract.wall_time_s`, `pictures.draw_wall_time_s`): its reader is stuck."""


class Turns:
    """Lets one thread at a time use a sandbox."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, timeout_s: float = TURN_TIMEOUT_S) -> Iterator[None]:
        """Wait for one's turn and have it while the context lasts. Raises Busy after `timeout_s`."""
        if not self._lock.acquire(timeout=timeout_s):
            raise Busy("Another file is being read for longer than any may take. Try again.")
        try:
            yield
        finally:
            self._lock.release()
