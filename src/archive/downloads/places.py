"""How many downloads there may be: at once in all, at once by one visitor, and an hour by one visitor.

Counted in the process, not in the catalogue: what only reads waits for no writer.
"""

import threading
from collections import Counter
from collections.abc import Callable
from math import ceil
from time import time

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from archive.errors import Busy, TooMany
from archive.settings.sections import DownloadSettings

_AGAIN_S = 30
_ACCOUNT_TIMES = 10
"""An account may begin so many times as many as an address that anybody may share."""


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
            wait_s = max(1, ceil(free_at_s - time()))
            raise TooMany(f"Too many downloads in an hour. Wait {wait_s} seconds and try again.", wait_s)

    def _give_back(self, visitor: str) -> None:
        with self._lock:
            self._taken[visitor] -= 1
            if not self._taken[visitor]:
                del self._taken[visitor]
