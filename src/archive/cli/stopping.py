"""Where a signal stops a command: not while something is being opened or closed.

Python runs a signal's handler between any two steps of the main thread. What is raised there while a `with`
statement enters its context, or leaves it, leaves the context open: a transaction that nobody ends holds the
catalogue, and workers wait for it in vain (Python's issue 29988).
"""

import signal
from collections.abc import Callable
from types import FrameType

Handler = Callable[[int, FrameType | None], None]

_AGAIN_S = 0.02
_ENTERING = ("__enter__", "__exit__")
# What opens and ends transactions and locks, and takes no longer than one statement.
_SHORT = ("archive.catalogue.database.", "archive.disk.file_lock", "sqlalchemy.")


def stopping_with(error: type[BaseException]) -> Handler:
    """Return a signal's handler that raises `error`, as soon as nothing is being opened or closed."""

    def handle(number: int, frame: FrameType | None) -> None:
        del number
        if _is_opening_or_closing(frame):
            signal.signal(signal.SIGALRM, handle)
            signal.setitimer(signal.ITIMER_REAL, _AGAIN_S)
        else:
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise error

    return handle


def _is_opening_or_closing(frame: FrameType | None) -> bool:
    if frame and (frame.f_code.co_name in _ENTERING or _module(frame) == "contextlib"):
        return True
    while frame:
        if _module(frame).startswith(_SHORT):
            return True
        frame = frame.f_back
    return False


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))
