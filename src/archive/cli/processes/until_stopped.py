"""Lets a command run until it is told to stop."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def until_stopped() -> Iterator[threading.Event]:
    """Give an event that the first SIGTERM or Ctrl-C sets; a second one ends the process at once."""
    stopping = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        for each, handler in before.items():
            signal.signal(each, handler)
        stopping.set()

    for number, handler in before.items():
        # A job in the background is started with SIGINT ignored, and stays so.
        if handler is not signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
