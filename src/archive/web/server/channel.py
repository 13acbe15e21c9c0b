"""One connection: how long it may keep the server waiting, and what the server itself answers to it."""

import socket
import time
from contextlib import suppress
from copy import copy
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask

from archive.web.http.security import HEADERS
from archive.web.http.streaming import ENVIRONMENT_KEY
from archive.web.server.bounds import Bounds, Patience
from archive.web.server.parser import RequestParser

# How much one connection is sent before the others have their turn.
_TURN_BYTES = 1024 * 1024
# How much is kept of an answer that is made at the client's pace.
_AHEAD_BYTES = 1024 * 1024
# How long the rest of a refused request is read and dropped: a closed connection with unread bytes is reset,
# which takes the answer away from the client before it is read (RFC 9112, section 9.6).
_LINGER_S = 2.0
_DROP_BYTES = 64 * 1024

TEXTS: Final = {
    400: "Förfrågan gick inte att förstå.\nThe request could not be understood.\n",
    413: "Förfrågan är större än webbplatsen tar emot.\nThe request is larger than the site takes.\n",
    431: "Adressen eller huvudet är för långt.\nThe address or the header is too long.\n",
    500: "Något gick fel hos oss.\nSomething went wrong on our side.\n",
    501: "Förfrågan är gjord på ett sätt som webbplatsen inte kan läsa.\nThe site cannot read this.\n",
    507: "Arkivets disk är full just nu.\nThere is no room on the archive's disk just now.\n",
}


class Refusal(ErrorTask):  # type: ignore[misc] # Waitress has no types
    """Refuses a request in plain words, with the headers of every other response."""

    def execute(self) -> None:
        """Send the answer; the connection ends with it."""
        error = self.request.error
        body = TEXTS.get(error.code, f"{error.reason}\n").encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Cache-Control", "no-store"),
            *HEADERS.items(),
            *self.channel.server.more_headers.items(),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        if self.request_method() != "HEAD":
            self.write(body)

    def request_method(self) -> str:
        """Return the method, as far as it was read."""
        return str(getattr(self.request, "command", ""))


class Task(WSGITask):  # type: ignore[misc] # Waitress has no types
    """Gives the application the connection, for answers that are made while they are sent."""

    def get_environment(self) -> dict[str, Any]:
        """Return the environment of the request."""
        environ: dict[str, Any] = super().get_environment()
        environ[ENVIRONMENT_KEY] = self.channel
        return environ


class Channel(HTTPChannel):  # type: ignore[misc] # Waitress has no types
    """A connection with times. All is done in the server's thread but what is said to be elsewhere.

    `is_cut` where it is to be closed.
    """

    parser_class = RequestParser
    task_class = Task
    error_task_class = Refusal
    request: RequestParser | None
    adj: Any

    def __init__(self, server: Any, sock: socket.socket, addr: Any, adj: Any, map: Any) -> None:  # noqa: A002
        self._patience = Patience(time.monotonic())
        self._turn_bytes = 0
        self.is_cut = self._lingers = False
        self._linger_until_s = 0.0
        super().__init__(server, sock, addr, adj, map=map)

    def waits_since(self) -> float | None:
        """Return since when we wait for the client, by the monotonic clock; None while it waits for us."""
        if self._linger_until_s:
            return self._linger_until_s - _LINGER_S
        if self.requests and not self.total_outbufs_len:
            return None
        return self._patience.since(self.total_outbufs_len, self.request is not None)

    def is_overdue(self, bounds: Bounds) -> bool:
        """Return whether the client has used up its time."""
        now_s = time.monotonic()
        if self._linger_until_s:
            return now_s >= self._linger_until_s
        if self.requests and not self.total_outbufs_len:
            return False
        is_reading = self.request is not None
        return self._patience.is_used_up(self.total_outbufs_len, is_reading, bounds, now_s)

    def is_at_rest(self) -> bool:
        """Return whether there is nothing to answer or to send."""
        return not (self.requests or self.total_outbufs_len)

    def cut(self) -> None:
        """End the connection, whatever is still to be sent: the server's loop closes it in its next round.

        Not here: the loop may be about to ask for the descriptor, which the next connection would get.
        """
        self.is_cut = self.will_close = True
        with suppress(OSError):  # it has gone away by itself
            self.socket.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Close the connection at once; only where the loop has ended."""
        self.is_cut = True
        self.handle_close()

    def received(self, data: bytes) -> bool:
        """Take bytes that came; a request's time begins with its first one."""
        now_s = time.monotonic()
        if self.request is None:
            self._patience.request_began(now_s)
        is_taken = bool(super().received(data))
        if self.request is not None and self.request.is_large:
            self._patience.large_body_came(len(data), now_s)
        return is_taken

    def write_soon(self, data: Any) -> int:
        """Take a part of the answer (in a thread of the application)."""
        if not self.total_outbufs_len:
            self._patience.response_began(time.monotonic())
        return int(super().write_soon(data))

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what the client takes (also in a thread of the application), up to the end of this turn."""
        if self._turn_bytes >= _TURN_BYTES:
            return 0
        sent = int(super().send(data, do_close))
        if sent:
            self._turn_bytes += sent
            self._patience.sent(sent, time.monotonic())
        return sent

    def keep_pace(self) -> None:
        """Let the thread that makes this answer wait where the client has not taken what was made before."""
        self.adj = copy(self.adj)
        self.adj.outbuf_high_watermark = _AHEAD_BYTES

    def has_left(self) -> bool:
        """Return whether the client has closed its side (in a thread of the application)."""
        if not self.connected:
            return True
        try:
            return not self.socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def service(self) -> None:
        """Answer the request that was read (in a thread of the application)."""
        self.adj = self.server.adj
        request = self.requests[0]
        self._lingers = request.error is not None or request.has_surplus
        super().service()

    def handle_write(self) -> None:
        """Send on: the client takes bytes again."""
        self._turn_bytes = 0
        super().handle_write()

    def handle_close(self) -> None:
        """Close the connection; where more of a refused request may come, after it has been dropped."""
        if self._linger_until_s or self.is_cut or not self._lingers or self.total_outbufs_len:
            self._close()
            return
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self._close()
            return
        self._linger_until_s = time.monotonic() + _LINGER_S

    def readable(self) -> bool:
        """Return whether bytes of the client are wanted."""
        return bool(self._linger_until_s or super().readable())

    def writable(self) -> bool:
        """Return whether something is to be sent or done."""
        return bool(not self._linger_until_s and super().writable())

    def handle_read(self) -> None:
        """Read what came."""
        if not self._linger_until_s:
            super().handle_read()
            return
        try:
            is_over = not self.socket.recv(_DROP_BYTES)
        except BlockingIOError:
            return
        except OSError:
            is_over = True
        if is_over:
            self._close()

    def _close(self) -> None:
        """Close the connection, and let go of a request of which only a part has come."""
        super().handle_close()
        if self.request is not None:
            self.request.close()
            self.request = None
