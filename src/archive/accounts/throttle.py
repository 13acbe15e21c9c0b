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
from archive.catalogue.database.sessions import Session
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
        self._database = database

    def check(self, items: tuple[RateLimitItem, ...], *key: str) -> None:
        """Raise TooMany where the key has had its attempts; count nothing."""
        with self._database.read() as session:
            limiter = _limiter(session)
            for item in items:
                if not limiter.test(item, *key):
                    ends_at_s = limiter.get_window_stats(item, *key).reset_time
                    wait_s = max(1, int(ends_at_s - time()) + 1)
                    raise TooMany(f"Too many attempts. Wait {wait_s} seconds and try again.", wait_s)

    def count(self, items: tuple[RateLimitItem, ...], *key: str) -> None:
        """Count an attempt of the key."""
        with self._database.write() as session:
            limiter = _limiter(session)
            for item in items:
                limiter.hit(item, *key)

    def forget(self, items: tuple[RateLimitItem, ...], *key: str) -> None:
        """Forget the attempts of the key."""
        with self._database.write() as session:
            limiter = _limiter(session)
            for item in items:
                limiter.clear(item, *key)


def _limiter(session: Session) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(_CatalogueStorage(session))


class _CatalogueStorage(Storage):
    """Counts in the table `rate_count`, as `limits` asks for them, all of an attempt in one transaction."""

    def __init__(self, session: Session) -> None:
        super().__init__(wrap_exceptions=False)
        self._session = session

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return ()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        return sign_in_states.add_count(self._session, key, amount, timedelta(seconds=expiry))

    def get(self, key: str) -> int:
        return sign_in_states.count(self._session, key)[0]

    def get_expiry(self, key: str) -> float:
        ends_at = sign_in_states.count(self._session, key)[1]
        return (ends_at or datetime.now(UTC)).timestamp()

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        return None

    def clear(self, key: str) -> None:
        sign_in_states.clear_count(self._session, key)
