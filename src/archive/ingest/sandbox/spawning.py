"""The sandbox that starts a fresh interpreter for each file: slower, but it needs nothing of the kernel."""

import os
import select
import subprocess
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import IO

from archive.errors import PartMissing, PathError
from archive.ingest.sandbox import processes
from archive.ingest.sandbox.base import Limits, Request, encode_request
from archive.ingest.sandbox.children import ChildSandbox

_CHUNK_BYTES = 256 * 1024
_START_TIMEOUT_S = 60.0


class FreshSandbox(ChildSandbox):
    """Reads each file in a Python process of its own.

    The child confines itself with whatever the system offers; `reduced` is True only where Landlock or
    seccomp is missing, so on a current Linux it is as tight as `forking.ForkingSandbox`.
    """

    name = "fresh"

    def close(self) -> None:
        """Do nothing: each child ends with its file."""

    def _start(self, request: Request, file: Path, limits: Limits) -> "_FreshChild":
        try:
            document = file.open("rb")
        except OSError as error:
            raise PathError(f"{file.name} cannot be opened; check that it is there and readable.") from error
        source, sink = os.pipe()
        with document, os.fdopen(sink, "wb", buffering=0) as pipe:
            command = processes.command(
                "archive.ingest.sandbox.run_once", str(source), self._registry, *self._import_folders
            )
            try:
                child = _FreshChild(_popen(command, document, source))
            finally:
                os.close(source)
            _hand_over(pipe, encode_request(request, limits))
        return child


def _hand_over(pipe: FileIO, message: bytes) -> None:
    """Write a request for a child; one that does not read it in time finds it cut short, and fails."""
    os.set_blocking(pipe.fileno(), False)
    poll = select.poll()
    poll.register(pipe, select.POLLOUT)
    deadline_s = time.monotonic() + _START_TIMEOUT_S
    rest = memoryview(message)
    with suppress(BrokenPipeError):  # it has ended, which its exit code tells
        while rest and poll.poll(max(0.0, deadline_s - time.monotonic()) * 1000):
            rest = rest[pipe.write(rest) or 0 :]


def _popen(command: list[str], document: IO[bytes], source: int) -> subprocess.Popen[bytes]:
    try:
        return processes.start(
            command, Path(os.sep), stdin=document, stdout=subprocess.PIPE, pass_fds=(source,)
        )
    except OSError as error:
        message = "The process that reads files cannot be started; install the program anew."
        raise PartMissing(message) from error


class _FreshChild:
    """One fresh process, as `protocol.Child`."""

    def __init__(self, started: subprocess.Popen[bytes]) -> None:
        assert started.stdout is not None
        self._process = started
        self._output = started.stdout

    def read(self, timeout_s: float) -> bytes | None:
        if not processes.is_readable(self._output.fileno(), timeout_s):
            return None
        return os.read(self._output.fileno(), _CHUNK_BYTES)

    def exit_code(self, timeout_s: float) -> int | None:
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        if self._process.poll() is None:
            processes.end_session(self._process)
        self._output.close()
