"""Starting, awaiting and ending child processes."""

import logging
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

logger = logging.getLogger(__name__)

_REAP_TIMEOUT_S = 10.0


def command(module: str, *arguments: str) -> list[str]:
    """Return the command line that runs `module` of this package in a fresh isolated interpreter."""
    return [sys.executable, "-I", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Return an environment that holds nothing of this process's own: no key, token or address leaks."""
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def first_readable(descriptors: tuple[int, ...], timeout_s: float | None = None) -> frozenset[int]:
    """Return which descriptors can be read or have been closed at the other end; none after `timeout_s`.

    None as `timeout_s` waits for ever. Not by `select`, which fails where a process holds many open files.
    """
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    ready = poll.poll(None if timeout_s is None else max(0.0, timeout_s) * 1000)
    return frozenset(descriptor for descriptor, _ in ready)


def is_readable(descriptor: int, timeout_s: float) -> bool:
    """Return whether a descriptor can be read, or has been closed at the other end, within `timeout_s`."""
    return bool(first_readable((descriptor,), timeout_s))


def end_session(child: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads a session, and all that it started: one may outlive the first."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # all of them have ended
    reap(child)


def reap(child: "subprocess.Popen[bytes] | subprocess.Popen[str]") -> None:
    """Wait for a process that was killed; one that the kernel cannot end yet is left to it, and said so.

    A process that waits for a disk that does not answer ends when the disk does: nobody waits for that.
    """
    try:
        child.wait(_REAP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        logger.warning("Process %d was killed and does not end: its disk may not answer.", child.pid)


def end_children() -> int:
    """Kill the children of this process that lead a session, with all below them; return how many.

    Every child that reads somebody else's file does. Whoever waits for one sees that it has ended.
    """
    parents, own = dict(_parents()), os.getpid()
    # The upper ones first: one that sees a process below it end could start another, or end with success.
    below = [child for child, (parent, session) in parents.items() if parent == own and session == child]
    doomed = list(below)
    while below := [
        child for child, (parent, _) in parents.items() if parent in below and child not in doomed
    ]:
        doomed += below
    for child in doomed:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(child, signal.SIGKILL)
    return len(doomed)


def _parents() -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield every process with its parent and its session (proc_pid_stat(5): the fourth and sixth field)."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError, ValueError):
                fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
                yield int(folder.name), (int(fields[1]), int(fields[3]))
