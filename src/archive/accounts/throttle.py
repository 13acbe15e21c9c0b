"""How often somebody may try, counted in the catalogue so that it holds over all processes.

The strategies are those of `limits` (moving and fixed windows); here is where it keeps its counts.
"""

from datetime import UTC, datetime, timedelta
from time import time

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from archive.catalogue.accounts import sign_in_states
from archive.catalogue.database.database import Database
from archive.errors import TooMany

# Ten wrong passwords in half a minute are no slip; a hundred in an hour is somebody who guesses.
GUESSES: tuple[RateLimitItem, ...] = (RateLimitItemPerSecond(10, 30), RateLimitItemPerHour(100))
"""How many failed attempts to sign in one account, or one address, may have."""

LINKS: tuple[RateLimitItem, ...] = (RateLimitItemPerHour(5),)
"""How many links one account, or one address, may ask for."""

SUBMISSIONS: tuple[RateLimitItem, ...] = (RateLimitItemPerHour(30),)
"""How often one account, or one speaker's link, may send something into the review queue."""

SPEAKERS_UPLOADS: tuple[RateLimitItem, ...] = (RateLimitItemPerHour(20),)
"""How many files may be begun by one speaker's link: who has it has not signed in."""

# A drop of 500 files and another one right after it are work; a program that runs wild begins more.
UPLOAD_STARTS: tuple[RateLimitItem, ...] = (
    RateLimitItemPerSecond(2_000, 600),
    RateLimitItemPerHour(10_000, 24),
)
"""How many uploads one account may begin."""


class Throttle:
    """Counts attempts by key; `limits` says when they are too many."""

    def __init__(self, database: Database) -> None:
        """Take the catalogue that counts."""
        self._limiter = FixedWindowRateLimiter(_CatalogueStorage(database))

    def check(self, items: tuple[RateLimitItem, ...], *key: str) -> None:
        """Raise TooMany where the key has had its attempts; count nothing."""
        for item in items:
            if not self._limiter.test(item, *key):
                ends_at_s = self._limiter.get_window_stats(item, *key).reset_time
                wait_s = max(1, int(ends_at_s - time()) + 1)
                raise TooMany(f"Too many attempts. Wait {wait_s} seconds and try again.", wait_s)

    def count(self, items: tuple[RateLimitItem, ...], *key: str) -> None:
        """Count an attempt of the key."""
        for item in items:
            self._limiter.hit(item, *key)

    def forget(self, items: tuple[RateLimitItem, ...], *key: str) -> None:
        """Forget the attempts of the key."""
        for item in items:
            self._limiter.clear(item, *key)


class _CatalogueStorage(Storage):
    """Counts in the table `rate_count`, as `limits` asks for them."""

    def __init__(self, database: Database) -> None:
        super().__init__(wrap_exceptions=False)
        self._database = database

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return ()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        with self._database.write() as session:
            return sign_in_states.add_count(session, key, amount, timedelta(seconds=expiry))

    def get(self, key: str) -> int:
        with self._database.read() as session:
            return sign_in_states.count(session, key)[0]

    def get_expiry(self, key: str) -> float:
        with self._database.read() as session:
            ends_at = sign_in_states.count(session, key)[1]
        return (ends_at or datetime.now(UTC)).timestamp()

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        return None

    def clear(self, key: str) -> None:
        with self._database.write() as session:
            sign_in_states.clear_count(session, key)
