"""For how long one client has kept the server waiting; told of what happens, it never looks at a clock."""

from archive.web.server.bounds import Bounds

# What must get through in `response_time_s`: with 20 s a telephone on a 2G network is quick enough.
PROGRESS_MIN_BYTES = 32 * 1024


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
