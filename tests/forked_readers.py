"""Forks the servers of confined readers from commands that were forked: a start is a third of a second.

A command that was forked (`tests/forked.py`) has the readers imported. A server that it would start as a new
process of Python is forked from it instead: its child, at the head of a session, with an environment of its
own and no open files but those that it is given. How such a server starts is tested in
`tests/ingest/sandbox/`, and by the commands in new processes (`command` in `tests/cli/commands.py`).
"""

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from archive.ingest.sandbox import processes, server

_SERVER = processes.command("archive.ingest.sandbox.server")


class ReadersForked(subprocess.Popen[Any]):
    """A process; servers of confined readers are forked, all others are started as usual."""

    def _execute_child(self, args: Any, *options: Any) -> None:
        """Start it; a Popen calls this when its pipes are made."""
        command: list[Any] = [args] if isinstance(args, str | bytes | os.PathLike) else list(args)
        if command[: len(_SERVER)] != _SERVER:
            super()._execute_child(args, *options)  # type: ignore[misc] # typeshed has only what is public
            return
        _, _, _, given, folder, environment, *_ = options
        self.pid = os.fork()
        if self.pid == 0:
            _serve(command[len(_SERVER) - 1 :], given, folder, environment)
        self._child_created = True


def fork_readers() -> None:
    """Fork the servers that this process starts from now on."""
    subprocess.Popen = ReadersForked  # type: ignore[misc]


def _serve(argv: Sequence[str], given: Collection[int], folder: Path, environment: dict[str, str]) -> None:
    """Be the server, in a process that was just forked."""
    code = 1
    try:
        os.setsid()
        _keep_open(given)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = list(argv)
        server.main()
        code = 0
    finally:
        os._exit(code)


def _keep_open(given: Collection[int]) -> None:
    """Close all files but those given, and let 0, 1 and 2 lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    for number in (int(file.name) for file in Path("/proc/self/fd").iterdir()):
        if number > 2 and number not in given:
            with suppress(OSError):
                os.close(number)
