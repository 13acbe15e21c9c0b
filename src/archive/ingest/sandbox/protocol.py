"""Listening to a child: cut frames from its output, keep the clock and the amount, judge its end."""

import time
from collections.abc import Iterator
from typing import Protocol

from archive.ingest.extractors.frames import FRAME_MAX_BYTES, PREFIX
from archive.ingest.sandbox import outcome
from archive.ingest.sandbox.base import Limits


class Child(Protocol):
    """A running child process as its parent sees it."""

    def read(self, timeout_s: float) -> bytes | None:
        """Return the next untrusted bytes, b"" at the end, None if none came in time."""
        ...

    def exit_code(self, timeout_s: float) -> int | None:
        """Return how the child ended (as subprocess does), None if it did not end in time."""
        ...

    def stop(self) -> None:
        """Kill the child if it still runs, and free all that belongs to it."""
        ...


def listen(child: Child, limits: Limits) -> Iterator[bytes]:
    """Yield the frames of `child` (without their lengths) as they come; stop it in any case.

    Raises FileRejected, after the last whole frame, unless the child ended by itself with exit code 0 and
    with a whole frame.
    """
    deadline_s = time.monotonic() + limits.wall_time_s
    cutter = _Cutter(limits)
    try:
        while untrusted_bytes := _read(child, deadline_s, limits):
            yield from cutter.feed(untrusted_bytes)
        code = child.exit_code(max(deadline_s - time.monotonic(), 0.0))
        if code is None:
            raise outcome.timeout(limits)
        if rejection := outcome.rejection(code, limits):
            raise rejection
        cutter.end()
    finally:
        child.stop()


def _read(child: Child, deadline_s: float, limits: Limits) -> bytes:
    left_s = deadline_s - time.monotonic()
    untrusted_bytes = child.read(left_s) if left_s > 0 else None
    if untrusted_bytes is None:
        raise outcome.timeout(limits)
    return untrusted_bytes


class _Cutter:
    """Cuts the stream of untrusted bytes into frames and counts it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left_bytes = limits.output_max_bytes
        self._buffer = bytearray()

    def feed(self, untrusted_bytes: bytes) -> Iterator[bytes]:
        self._left_bytes -= len(untrusted_bytes)
        if self._left_bytes < 0:
            raise outcome.too_much_output(self._limits)
        self._buffer += untrusted_bytes
        start = 0
        while (end := self._frame_end(start)) <= len(self._buffer):
            yield bytes(self._buffer[start + PREFIX.size : end])
            start = end
        del self._buffer[:start]

    def _frame_end(self, start: int) -> int:
        if len(self._buffer) < start + PREFIX.size:
            return start + PREFIX.size
        (untrusted_size,) = PREFIX.unpack_from(self._buffer, start)
        if untrusted_size > FRAME_MAX_BYTES:
            raise outcome.bad_answer()
        end: int = start + PREFIX.size + untrusted_size
        return end

    def end(self) -> None:
        if self._buffer:
            raise outcome.bad_answer()
