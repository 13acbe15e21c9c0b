"""Runs commands in processes of their own without what takes longest in one: importing the archive.

A process beside the tests has imported everything and does nothing else (`tests/forked_imports.py`;
multiprocessing starts it); commands are forked from it. Each is a process like any other: it has memory,
environment, current folder and streams of its own, ends with an exit code, and is reached by signals to its
number alone.

The servers of confined readers that it starts are forked from it in turn (`tests/forked_readers.py`).

New processes (`command` in `tests/cli/commands.py`) are for tests of what starting is about: what is
imported, how streams are encoded and closed, which signals are inherited, what `ps` shows.
"""

import io
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from unittest.mock import patch

from archive.cli.main import main
from tests.forked_readers import fork_readers
from tests.waiting import HANG_S

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.forked_imports"])
_SERVER = {"PYTHONPATH": str(Path(__file__).parents[1]), "OPENBLAS_NUM_THREADS": "1"}
"""Where it finds the tests; and numpy begins no threads in it, since a fork takes only one along."""


@dataclass(frozen=True, slots=True)
class _Program:
    """What a forked process becomes."""

    arguments: tuple[str, ...]
    code: str | None
    environment: Mapping[str, str]
    folder: Path
    ignored: tuple[int, ...]
    blocked: tuple[int, ...]


class Forked:
    """A running `archive`, or some lines of Python. It is used as a `subprocess.Popen` with text is."""

    def __init__(
        self,
        *arguments: str | Path,
        code: str | None = None,
        env: Mapping[str, str] | None = None,
        typed: str | None = None,
        ignored: Sequence[int] = (),
        blocked: Sequence[int] = (),
    ) -> None:
        """Start it.

        Args:
            arguments: of the command, or of `code`.
            code: what is run instead of the command, as by `python -c`.
            env: its whole environment; that of this process where it is not given.
            typed: all that is on its stdin; that stays open to be written to where it is not given.
            ignored: signals that it finds ignored, as if it had inherited that.
            blocked: signals that it finds blocked.
        """
        self.args = tuple(map(str, arguments))
        self.returncode: int | None = None
        environment = dict(os.environ if env is None else env)
        program = _Program(self.args, code, environment, Path.cwd(), tuple(ignored), tuple(blocked))
        stdin, keyboard = _context.Pipe(duplex=False)
        out, stdout = _context.Pipe(duplex=False)
        err, stderr = _context.Pipe(duplex=False)
        self.stdin, self.stdout, self.stderr = _opened(keyboard, "w"), _opened(out, "r"), _opened(err, "r")
        if typed is not None:
            with self.stdin:
                self.stdin.write(typed)
        # As a daemon it is ended with the tests if one of them has left it.
        self._process = _context.Process(target=_become, args=(program, stdin, stdout, stderr), daemon=True)
        with patch.dict(os.environ, _SERVER), stdin, stdout, stderr:
            self._process.start()
        assert self._process.pid
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, negative after a signal, None while it runs."""
        if self.returncode is None:
            self.returncode = self._process.exitcode
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end. Raises TimeoutExpired."""
        self._process.join(timeout)
        if (code := self.poll()) is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0.0)
        return code

    def communicate(self, timeout: float = HANG_S) -> tuple[str, str]:
        """Return what is still to be read, and wait for the end. Raises TimeoutExpired, which ends it."""
        self._hang_up()
        with ThreadPoolExecutor(2) as readers:
            reading = [readers.submit(stream.read) for stream in (self.stdout, self.stderr)]
            try:
                out, err = (one.result(timeout) for one in reading)
            except TimeoutError:
                self.kill()
                raise subprocess.TimeoutExpired(self.args, timeout) from None
        self.stdout.close()
        self.stderr.close()
        self.wait(timeout)
        return out, err

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()
        self.stdout.close()
        self.stderr.close()
        self.wait()

    def _hang_up(self) -> None:
        with suppress(BrokenPipeError):
            self.stdin.close()


def run_forked(
    *arguments: str | Path, code: str | None = None, env: Mapping[str, str] | None = None, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the command, or `code`, to its end."""
    process = Forked(*arguments, code=code, env=env, typed=typed)
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.wait(), out, err)


def _opened(end: Connection, mode: str) -> IO[str]:
    """Return an end of a pipe as a text file."""
    with end:
        return os.fdopen(os.dup(end.fileno()), mode, encoding="utf-8", errors="replace")


def _become(program: _Program, *streams: Connection) -> None:
    """Be, in a process that was just forked, what was asked for: nothing of the tests' process is left."""
    for number, stream in enumerate(streams):
        os.dup2(stream.fileno(), number)
        stream.close()
    sys.stdin, sys.stdout, sys.stderr = (_stream(number) for number in range(3))
    os.environ.clear()
    os.environ.update(program.environment)
    time.tzset()
    os.chdir(program.folder)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)
    for number in program.ignored:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, program.blocked)
    fork_readers()
    sys.argv = ["archive" if program.code is None else "-c", *program.arguments]
    if program.code is None:
        main(list(program.arguments))
    else:
        exec(compile(program.code, "<code>", "exec"), {"__name__": "__main__"})


def _stream(number: int) -> io.TextIOWrapper:
    """Open a stream as Python does at its start."""
    errors = "backslashreplace" if number == 2 else "surrogateescape"
    raw = io.FileIO(number, "w" if number else "r", closefd=False)
    buffered = io.BufferedWriter(raw) if number else io.BufferedReader(raw)
    return io.TextIOWrapper(buffered, "utf-8", errors, line_buffering=number == 2)
