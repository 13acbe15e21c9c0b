"""What one client may take of the server."""

import resource
from collections.abc import Callable
from dataclasses import dataclass

from archive.settings.sections import WebSettings

# The catalogue, the index, logs, pipes of children; each connection may have a file open that it is sent.
_OTHER_FILES = 256
_FILES_EACH = 2
_WANTED_FILES = 4096
_LOOK_EVERY_S = 1.0


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
