"""What one client may take of the server, and for how long it has kept it waiting.

The reckoning is told of what happens; it never looks at a clock.
"""

import resource
from collections.abc import Callable
from dataclasses import dataclass

from archive.settings.sections import WebSettings

# The catalogue, the index, logs, pipes of children; each connection may have a file open that it is sent.
_OTHER_FILES = 256
_FILES_EACH = 2
_WANTED_FILES = 4096
_LOOK_EVERY_S = 1.0

# What must get through in `response_time_s`: with 20 s a telephone on a 2G network is quick enough.
PROGRESS_MIN_BYTES = 32 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """Times and numbers, see `WebSettings`. `is_proxy` tells whose connections are many visitors'."""

    request_time_s: float
    response_time_s: float
    idle_time_s: float
    connections_max: int
    connections_per_address_max: int
    is_proxy: Callable[[str], bool]

    @property
    def look_every_s(self) -> float:
        """Return how often times are looked at."""
        return min(_LOOK_EVERY_S, self.request_time_s, self.response_time_s, self.idle_time_s)


def bounds_of(web: WebSettings, is_proxy: Callable[[str], bool]) -> Bounds:
    """Return the bounds of a site; fewer connections where the process may not open as many files."""
    return Bounds(
        web.request_time_s,
        web.response_time_s,
        web.idle_time_s,
        min(web.connections_max, max(1, (_open_files_max() - _OTHER_FILES) // _FILES_EACH)),
        web.connections_per_address_max,
        is_proxy,
    )


def _open_files_max() -> int:
    """Raise the soft limit of open files as far as the server has use for; return it.

    1024 is the usual one, kept low for programs that use `select`, which nothing here does.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return _WANTED_FILES
    wanted = _WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, _WANTED_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(soft, wanted)


class Patience:
    """The times of one connection, all in seconds of the monotonic clock."""

    def __init__(self, now_s: float) -> None:
        self._opened_s = self._request_s = self._sent_s = self._window_s = now_s
        self._window_bytes = 0
        self._is_body_large = False

    def request_began(self, now_s: float) -> None:
        """Note that the first byte of a request has come."""
        self._request_s = now_s
        self._is_body_large = False

    def large_body_came(self, size_bytes: int, now_s: float) -> None:
        """Note that some bytes of a body came that may take as long as it gets on."""
        if not self._is_body_large:
            self._is_body_large, self._window_s, self._window_bytes = True, now_s, 0
        self._window_bytes += size_bytes

    def response_began(self, now_s: float) -> None:
        """Note that there is something to send again."""
        self._window_s, self._window_bytes = now_s, 0

    def sent(self, size_bytes: int, now_s: float) -> None:
        """Note that the client took some bytes."""
        self._window_bytes += size_bytes
        self._sent_s = now_s

    def since(self, unsent_bytes: int, is_reading: bool) -> float:
        """Return since when the client is waited for.

        Args:
            unsent_bytes: what is still to be sent.
            is_reading: whether a part of a request has come.
        """
        if unsent_bytes or (is_reading and self._is_body_large):
            return self._window_s
        return self._request_s if is_reading else self._sent_s

    def is_used_up(self, unsent_bytes: int, is_reading: bool, bounds: Bounds, now_s: float) -> bool:
        """Return whether the client has had its time; arguments as in `since`."""
        if unsent_bytes:
            return self._is_slow(unsent_bytes, bounds.response_time_s, now_s)
        if is_reading and self._is_body_large:
            return self._is_slow(PROGRESS_MIN_BYTES, bounds.response_time_s, now_s)
        has_asked = self._sent_s > self._opened_s
        is_idle = has_asked and not is_reading
        return now_s - self.since(0, is_reading) >= (bounds.idle_time_s if is_idle else bounds.request_time_s)

    def _is_slow(self, unsent_bytes: int, response_time_s: float, now_s: float) -> bool:
        """Return whether less than the least got through in the last `response_time_s`."""
        if now_s - self._window_s < response_time_s:
            return False
        is_slow = self._window_bytes < min(PROGRESS_MIN_BYTES, unsent_bytes)
        self.response_began(now_s)
        return is_slow
