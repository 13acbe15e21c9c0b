"""Connections to one address that was looked at before, cut when their time is over.

The name stays that of the address: it is asked for (`Host`), and TLS checks the certificate against it.
"""

import socket
import ssl
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from urllib3.connection import HTTPConnection, HTTPSConnection

from archive.imports.fetching.address import WebAddress


class Deadline:
    """The time that a fetch may take in whole, whatever it does meanwhile.

    A timeout of a socket begins anew with each byte; this one cuts the connection.
    """

    def __init__(self, total_s: float) -> None:
        self._ends_s = time.monotonic() + total_s
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(total_s, self._cut)
        self._timer.daemon = True
        self.is_over = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for watched in self._sockets:
                watched.close()
            self._sockets.clear()

    @property
    def remaining_s(self) -> float:
        """Return how much time is left, never nothing: a socket takes 0 for "do not wait"."""
        return max(self._ends_s - time.monotonic(), 0.001)

    def watch(self, connected: socket.socket) -> None:
        """Cut this connection, too, when the time is over."""
        # TLS takes the handle away from the socket, so the connection is held by one of its own.
        handle = connected.dup()
        with self._lock:
            self._sockets.append(handle)
            if self.is_over:
                _shut(handle)

    def _cut(self) -> None:
        with self._lock:
            self.is_over = True
            for watched in self._sockets:
                _shut(watched)


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):  # the other side may have closed it
        handle.shutdown(socket.SHUT_RDWR)


def connect(
    address: WebAddress, pinned: str, deadline: Deadline, tls: ssl.SSLContext | None = None
) -> HTTPConnection:
    """Return a connection to `pinned` for what is at `address`, not opened yet; `tls` None: the system's."""
    if address.scheme == "https":
        return _PinnedTlsConnection(address, pinned, deadline, tls)
    return _PinnedConnection(address, pinned, deadline)


class _PinnedConnection(HTTPConnection):
    def __init__(self, address: WebAddress, pinned: str, deadline: Deadline) -> None:
        super().__init__(address.host, address.port, timeout=deadline.remaining_s)
        self._pinned = pinned
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        return _opened(self._pinned, self.port, self._deadline)


class _PinnedTlsConnection(HTTPSConnection):
    def __init__(
        self, address: WebAddress, pinned: str, deadline: Deadline, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(
            address.host,
            address.port,
            timeout=deadline.remaining_s,
            ssl_context=tls or ssl.create_default_context(),
        )
        self._pinned = pinned
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        return _opened(self._pinned, self.port, self._deadline)


def _opened(pinned: str, port: int, deadline: Deadline) -> socket.socket:
    connected = socket.create_connection((pinned, port), deadline.remaining_s)
    deadline.watch(connected)
    connected.settimeout(deadline.remaining_s)
    return connected
