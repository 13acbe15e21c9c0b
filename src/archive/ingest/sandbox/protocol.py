"""Listening to a child: split its output into frames, keep the clock and the amount, judge how it ended."""

import signal
import time
from collections.abc import Generator, Iterator
from typing import Protocol

from archive.errors import FileRejected
from archive.ingest.extractors.frames import FRAME_MAX_BYTES
from archive.ingest.framing import FrameSplitter, FrameTooLarge
from archive.ingest.sandbox.base import Limits
from archive.model.extraction import Outcome

_MIB = 1024 * 1024


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


def listen(child: Child, limits: Limits) -> Generator[bytes]:
    """Yield the frames of `child` (without their lengths) as they come; stop it in any case.

    Raises FileRejected, after the last whole frame, unless the child ended by itself with exit code 0 and
    with a whole frame.
    """
    deadline_s = time.monotonic() + limits.wall_time_s
    splitter = FrameSplitter(FRAME_MAX_BYTES)
    try:
        yield from _frames(child, splitter, deadline_s, limits)
        code = child.exit_code(max(deadline_s - time.monotonic(), 0.0))
        if code is None:
            raise _timed_out(limits)
        if rejection := _rejection(code, limits):
            raise rejection
        if not splitter.is_between_frames:
            raise _bad_answer()
    finally:
        child.stop()


def _frames(child: Child, splitter: FrameSplitter, deadline_s: float, limits: Limits) -> Iterator[bytes]:
    left_bytes = limits.output_max_bytes
    while untrusted_bytes := _read(child, deadline_s, limits):
        left_bytes -= len(untrusted_bytes)
        if left_bytes < 0:
            raise _too_much_output(limits)
        try:
            yield from splitter.feed(untrusted_bytes)
        except FrameTooLarge:
            raise _bad_answer() from None


def _read(child: Child, deadline_s: float, limits: Limits) -> bytes:
    left_s = deadline_s - time.monotonic()
    untrusted_bytes = child.read(left_s) if left_s > 0 else None
    if untrusted_bytes is None:
        raise _timed_out(limits)
    return untrusted_bytes


def server_gone() -> FileRejected:
    """Return the rejection of a file during which the forking server ended."""
    message = "The process that reads files ended while it read this one; add the file again."
    return FileRejected(Outcome.CRASH, message)


def _timed_out(limits: Limits) -> FileRejected:
    message = f"Reading took longer than {limits.wall_time_s:g} s and was stopped."
    return FileRejected(Outcome.TIMEOUT, message)


def _too_much_output(limits: Limits) -> FileRejected:
    size_mib = limits.output_max_bytes // _MIB
    return FileRejected(Outcome.RESOURCE_LIMIT, f"Reading gave more than {size_mib} MiB and was stopped.")


def _bad_answer() -> FileRejected:
    return FileRejected(Outcome.CRASH, "The reader's answer broke off or is not of the agreed form.")


def _rejection(exit_code: int, limits: Limits) -> FileRejected | None:
    """Return why the file is rejected; None for exit code 0. Negative codes are signals, as in subprocess.

    A SIGKILL that the parent did not send comes from the kernel: memory ran out, or the processor time.
    """
    if exit_code == 0:
        return None
    if exit_code == -signal.SIGXCPU:
        message = f"Reading used more than {limits.cpu_time_s} s of processor time and was stopped."
        return FileRejected(Outcome.RESOURCE_LIMIT, message)
    if exit_code == -signal.SIGKILL:
        return FileRejected(Outcome.RESOURCE_LIMIT, "The system stopped the reading of this file.")
    return FileRejected(Outcome.CRASH, f"The reader crashed on this file{_signal_name(exit_code)}.")


def _signal_name(exit_code: int) -> str:
    """Return the name of the signal that ended the child, in brackets; "" if it ended by itself."""
    try:
        return f" ({signal.Signals(-exit_code).name})"
    except ValueError:
        return ""
