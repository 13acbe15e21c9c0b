"""Lets downloads read in turn, one at a time, and steps aside for searches: these must not notice.

Python runs one thread at a time. A download that reads as fast as it can would take half of that from a
search; ten would take nearly all. So only one of them works at any moment, and while others ask and are
answered it rests nineteen times as long as it works: also between two answers, since whoever reads a page of
results is about to ask for the next, and would meet a download that has just begun a piece.

There are so many places: at once in all, at once by one visitor, and an hour by one visitor. They are counted
in the process, not in the catalogue: what only reads waits for no writer.
"""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from typing import Final

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from archive.errors import Busy, TooMany
from archive.settings.sections import DownloadSettings

_REST_TIMES: Final = 19
"""While others are answered, a download rests so many times as long as it has worked."""
_REST_MIN_S: Final = 0.02
"""Shorter rests are saved up: to sleep and to wake takes time, too."""
_CALM_S: Final = 0.25
"""So long after an answer the next is expected; later than that, downloads have the process to themselves."""

_AGAIN_S = 30
_ACCOUNT_TIMES = 10
"""An account may begin so many times as many as an address that anybody may share."""


class Traffic:
    """Counts the requests that are being answered. Thread-safe."""

    def __init__(self, calm_s: float = _CALM_S) -> None:
        """`calm_s` is how long nobody has been answered when it is calm."""
        self._quiet = threading.Condition()
        self._count = 0
        self._calm_s = calm_s
        self._calm_at_s = 0.0

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
            self._calm_at_s = time.monotonic() + self._calm_s
            if not self._count:
                self._quiet.notify_all()

    @property
    def is_calm(self) -> bool:
        """Return whether nobody waits for an answer, or has just had one."""
        return not self._count and time.monotonic() >= self._calm_at_s

    def wait_until_calm(self, timeout_s: float) -> None:
        """Wait until it is calm, `timeout_s` at most."""
        until_s = time.monotonic() + timeout_s
        with self._quiet:
            while not self.is_calm:
                left_s = until_s - time.monotonic()
                if left_s <= 0:
                    return
                calm_in_s = left_s if self._count else self._calm_at_s - time.monotonic()
                self._quiet.wait(max(0.0, min(left_s, calm_in_s)))


class DownloadTurns:
    """The turns of all downloads of a process, and the traffic that they step aside for. Thread-safe."""

    def __init__(self, traffic: Traffic | None = None) -> None:
        """Take the traffic to step aside for; None: that of a process without any yet."""
        self.traffic = traffic or Traffic()
        self._waiting: deque[object] = deque()
        self._next = threading.Condition()
        self._began_s = 0.0
        self._owed_s = 0.0

    @property
    def waiting_count(self) -> int:
        """Return how many work or wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, first come, first served; others wait while the context lasts.

        Work at the end of a turn that has not been rested from is rested from at the beginning of the next.
        """
        me = object()
        with self._next:
            self._waiting.append(me)
        try:
            with self._next:
                self._next.wait_for(lambda: self._waiting[0] is me)
            self._began_s = time.thread_time() - self._owed_s
            self.step_aside()
            yield
        finally:
            with self._next:
                if self._waiting[0] is me:
                    self._owed_s = 0.0 if self.traffic.is_calm else time.thread_time() - self._began_s
                self._waiting.remove(me)
                self._next.notify_all()

    def step_aside(self) -> None:
        """Rest, in one's turn, while others are answered. Called often: for each row."""
        if self.traffic.is_calm:
            return
        rest_s = _REST_TIMES * (time.thread_time() - self._began_s)
        if rest_s >= _REST_MIN_S:
            self.traffic.wait_until_calm(rest_s)
            self._began_s = time.thread_time()


class Places:
    """The places of all downloads of a process. Thread-safe."""

    def __init__(self, settings: DownloadSettings) -> None:
        """Take how many there may be."""
        self._settings = settings
        self._lock = threading.Lock()
        self._taken: Counter[str] = Counter()
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def take(self, visitor: str, has_account: bool) -> Callable[[], None]:
        """Take a place for a visitor; return what gives it back, which is to be called once.

        Args:
            visitor: their account, or the address of one who has not signed in; "" for a command.
            has_account: which of the two.

        Raises:
            TooMany: the visitor has had as many as one may have.
            Busy: there are too many downloads just now.
        """
        with self._lock:
            if visitor:
                self._check(visitor, has_account)
            if self._taken.total() >= self._settings.at_once_max:
                raise Busy("Too many downloads are running just now. Try again in half a minute.")
            self._taken[visitor] += 1
        return lambda: self._give_back(visitor)

    def _check(self, visitor: str, has_account: bool) -> None:
        if self._taken[visitor] >= self._settings.per_visitor_max:
            raise TooMany("Wait until one of your other downloads has ended.", _AGAIN_S)
        hourly = self._settings.per_hour_max * (_ACCOUNT_TIMES if has_account else 1)
        item = RateLimitItemPerHour(hourly)
        if not self._limiter.hit(item, visitor):
            free_at_s = self._limiter.get_window_stats(item, visitor).reset_time
            wait_s = max(1, ceil(free_at_s - time.time()))
            raise TooMany(f"Too many downloads in an hour. Wait {wait_s} seconds and try again.", wait_s)

    def _give_back(self, visitor: str) -> None:
        with self._lock:
            self._taken[visitor] -= 1
            if not self._taken[visitor]:
                del self._taken[visitor]
