"""Starting, awaiting and ending child processes."""

import logging
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO
from weakref import WeakSet

logger = logging.getLogger(__name__)

_REAP_TIMEOUT_S = 10.0
# Those that `start` has started and somebody still waits for. Only these are ended with `end_children`: the
# process may have other children, of the program that it is a part of.
_started: WeakSet["subprocess.Popen[bytes]"] = WeakSet()
_adding = threading.Lock()


def command(module: str, *arguments: str) -> list[str]:
    """Return the command line that runs `module` of this package in a fresh isolated interpreter."""
    return [sys.executable, "-I", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Return an environment that holds nothing of this process's own: no key, token or address leaks."""
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def start(
    command: Sequence[str],
    folder: Path,
    *,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
    variables: Mapping[str, str] | None = None,
    pass_fds: Collection[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a process that reads somebody else's file, at the head of a session of its own.

    So Ctrl-C is for the program that owns it alone, and `end_session` ends what it has started, too.

    Args:
        command: The program and its arguments.
        folder: Its current folder.
        stdin: As in subprocess; nothing is buffered.
        stdout: As in subprocess; its errors go nowhere.
        variables: What its environment holds beside `environment()`.
        pass_fds: Open files that it gets.

    Raises:
        OSError: It cannot be started.
    """
    child = subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment() | dict(variables or {}),
        pass_fds=tuple(pass_fds),
        start_new_session=True,
        bufsize=0,
    )
    with _adding:
        _started.add(child)
    return child


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
    """Kill the processes that `start` has started, with all below them; return how many.

    Whoever waits for one sees that it has ended.
    """
    with _adding:
        running = [child.pid for child in _started if child.returncode is None]
    parents, own = dict(_parents()), os.getpid()
    # A number whose process is no child of this one has been given to another since.
    below = [child for child in running if parents.get(child) == own]
    # The upper ones first: one that sees a process below it end could start another, or end with success.
    doomed = list(below)
    while below := [child for child, parent in parents.items() if parent in below and child not in doomed]:
        doomed += below
    for child in doomed:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(child, signal.SIGKILL)
    return len(doomed)


def _parents() -> Iterator[tuple[int, int]]:
    """Yield every process with its parent (proc_pid_stat(5): the fourth field)."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError, ValueError):
                fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
                yield int(folder.name), int(fields[1])
