"""The sandbox with a forking server: a clean confined process for each file at the price of a fork."""

import os
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from archive.errors import Busy, PartMissing, PathError
from archive.ingest.sandbox import processes
from archive.ingest.sandbox.base import Limits, Request, encode_request
from archive.ingest.sandbox.children import ChildSandbox
from archive.ingest.sandbox.processes import is_readable
from archive.ingest.sandbox.protocol import server_gone
from archive.ingest.sandbox.server import EXIT_CODE, KILL, READY, STARTED

_START_TIMEOUT_S = 60.0
_KILL_TIMEOUT_S = 5.0
_CLOSE_TIMEOUT_S = 10.0


class ServerLink:
    """A running forking server. Not for two threads at once."""

    def __init__(self, registry: str, import_folders: Sequence[str]) -> None:
        """Start the server and wait until it is ready. Raises PartMissing if it cannot be."""
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = processes.command(
            "archive.ingest.sandbox.server", str(theirs.fileno()), registry, *import_folders
        )
        with theirs:
            self._server = processes.start(command, Path(os.sep), pass_fds=(theirs.fileno(),))
        if self._receive(_START_TIMEOUT_S) != READY:
            self.close()
            raise PartMissing("The process that reads files cannot be started; install the program anew.")

    def is_alive(self) -> bool:
        """Return whether the server runs."""
        return self._server.poll() is None

    def submit(self, request: bytes, document: int, answer: int) -> None:
        """Have a child forked for the open file `document`, with `answer` to write to.

        Raises OSError if no child was started.
        """
        socket.send_fds(self._socket, [request], [document, answer])
        if self._receive(_START_TIMEOUT_S) != STARTED:
            raise ConnectionError

    def exit_code(self, timeout_s: float) -> int | None:
        """Return the child's exit code, None if not in time. Raises FileRejected if the server ended."""
        untrusted = self._receive(timeout_s)
        if untrusted is None:
            return None
        if len(untrusted) != EXIT_CODE.size:
            self.close()
            raise server_gone()
        code: int = EXIT_CODE.unpack(untrusted)[0]
        return code

    def kill_child(self) -> None:
        """Kill the child and wait for its end; a server that does not answer is killed with it."""
        with suppress(OSError):
            self._socket.send(KILL)
        if not self._receive(_KILL_TIMEOUT_S):
            self.close()

    def close(self) -> None:
        """End the server (and with it a running child)."""
        self._socket.close()
        with suppress(subprocess.TimeoutExpired):
            self._server.wait(_KILL_TIMEOUT_S)
            return
        processes.end_session(self._server)

    def _receive(self, timeout_s: float) -> bytes | None:
        """Return one datagram, b"" if the server is gone, None if nothing came in time."""
        if self._socket.fileno() < 0:
            return b""
        if not is_readable(self._socket.fileno(), timeout_s):
            return None
        try:
            return self._socket.recv(64)
        except OSError:
            return b""


_CHUNK_BYTES = 256 * 1024


class ForkingSandbox(ChildSandbox):
    """Reads each file in a child forked from a server that has the parsers loaded."""

    name = "forking"
    _link: ServerLink | None = None

    def close(self) -> None:
        """End the server, and with it whatever still reads; the next file starts a new one."""
        with suppress(Busy), self._turns.turn(_CLOSE_TIMEOUT_S):
            pass
        self._drop()

    def _start(self, request: Request, file: Path, limits: Limits) -> "_ForkedChild":
        message = encode_request(request, limits)
        try:
            document = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise PathError(f"{file.name} cannot be opened; check that it is there and readable.") from error
        try:
            return self._submit_or_restart(message, document)
        finally:
            os.close(document)

    def _submit_or_restart(self, message: bytes, document: int) -> "_ForkedChild":
        try:
            return self._submit(message, document)
        except OSError:
            # The server ended since the last file: one fresh start, then it is an error.
            self._drop()
        try:
            return self._submit(message, document)
        except OSError as error:
            self._drop()
            message_text = (
                "No process can be started to read files; give the machine more memory or processes."
            )
            raise PartMissing(message_text) from error

    def _submit(self, message: bytes, document: int) -> "_ForkedChild":
        link = self._running()
        output, answer = os.pipe()
        try:
            link.submit(message, document, answer)
        except OSError:
            os.close(output)
            raise
        finally:
            os.close(answer)
        return _ForkedChild(link, output)

    def _running(self) -> ServerLink:
        if self._link is None or not self._link.is_alive():
            self._drop()
            self._link = ServerLink(self._registry, self._import_folders)
        return self._link

    def _drop(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None


class _ForkedChild:
    """One child of the server, as `protocol.Child`."""

    def __init__(self, link: ServerLink, output: int) -> None:
        self._link = link
        self._output = output
        self._has_ended = False

    def read(self, timeout_s: float) -> bytes | None:
        if not is_readable(self._output, timeout_s):
            return None
        return os.read(self._output, _CHUNK_BYTES)

    def exit_code(self, timeout_s: float) -> int | None:
        code = self._link.exit_code(timeout_s)
        self._has_ended = code is not None
        return code

    def stop(self) -> None:
        os.close(self._output)
        if not self._has_ended:
            self._link.kill_child()
