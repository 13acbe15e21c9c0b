"""The parent's end of the forking server: start it, hand it work, hear how the child ended."""

import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from archive.errors import PartMissing
from archive.ingest.sandbox import processes
from archive.ingest.sandbox.processes import is_readable
from archive.ingest.sandbox.protocol import server_gone
from archive.ingest.sandbox.server import EXIT_CODE, KILL, READY, STARTED

_START_TIMEOUT_S = 60.0
_KILL_TIMEOUT_S = 5.0


class ServerLink:
    """A running forking server. Not for two threads at once."""

    def __init__(self, registry: str, import_folders: Sequence[str]) -> None:
        """Start the server and wait until it is ready. Raises PartMissing if it cannot be."""
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = processes.command(
            "archive.ingest.sandbox.server", str(theirs.fileno()), registry, *import_folders
        )
        with theirs:
            self._server = subprocess.Popen(
                command,
                pass_fds=(theirs.fileno(),),
                env=processes.environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # Ctrl-C is for the program that owns the server; the server ends with it.
                start_new_session=True,
            )
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
        self._server.kill()
        self._server.wait()

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
