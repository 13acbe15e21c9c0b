"""Lets downloads read in turn, one at a time, and steps aside for searches: these must not notice.

Python runs one thread at a time. A download that reads as fast as it can would take half of that from a
search; ten would take nearly all. So only one of them works at any moment, and while anybody waits for an
answer it rests nine times as long as it works.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_REST_TIMES: Final = 9
"""While others wait for an answer, a download rests so many times as long as it has worked."""
_REST_MIN_S: Final = 0.002
"""Shorter rests are saved up: to sleep and to wake takes time, too."""


class Traffic:
    """Counts the requests that are being answered. Thread-safe."""

    def __init__(self) -> None:
        self._quiet = threading.Condition()
        self._count = 0

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Count a request while the context lasts."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        """Count a request that is being answered from now on."""
        with self._quiet:
            self._count += 1

    def end(self) -> None:
        """Count it no more."""
        with self._quiet:
            self._count -= 1
            if not self._count:
                self._quiet.notify_all()

    @property
    def is_quiet(self) -> bool:
        """Return whether nobody waits for an answer."""
        return not self._count

    def wait_until_quiet(self, timeout_s: float) -> None:
        """Wait until nobody waits for an answer, `timeout_s` at most."""
        with self._quiet:
            self._quiet.wait_for(lambda: not self._count, timeout_s)


class Turns:
    """The turns of all downloads of a process, and the traffic that they step aside for. Thread-safe."""

    def __init__(self) -> None:
        self.traffic = Traffic()
        self._waiting: deque[object] = deque()
        self._next = threading.Condition()
        self._began_s = 0.0

    @property
    def waiting_count(self) -> int:
        """Return how many work or wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, first come, first served; others wait while the context lasts."""
        me = object()
        with self._next:
            self._waiting.append(me)
        try:
            with self._next:
                self._next.wait_for(lambda: self._waiting[0] is me)
            self._began_s = time.monotonic()
            yield
        finally:
            with self._next:
                self._waiting.remove(me)
                self._next.notify_all()

    def step_aside(self) -> None:
        """Rest, in one's turn, where others wait for an answer. Called often: for each row."""
        if self.traffic.is_quiet:
            return
        rest_s = _REST_TIMES * (time.monotonic() - self._began_s)
        if rest_s >= _REST_MIN_S:
            self.traffic.wait_until_quiet(rest_s)
            self._began_s = time.monotonic()
