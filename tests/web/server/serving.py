"""A server for a small application, and clients of real sockets that need not behave."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import Flask

from archive.settings.sections import WebSettings
from archive.web.server.listen import Server, listen
from tests.waiting import HANG_S

HUGE_BYTES = 24 * 1024 * 1024
"""More than the kernel keeps for a connection whose client does not read."""


class Served:
    """A running server, and the moment at which `/held` may be answered."""

    def __init__(self, server: Server, held: threading.Semaphore, release: threading.Event) -> None:
        self.server = server
        self.held = held
        self.release = release

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        """Open a connection, from any address of this machine's loopback network."""
        return socket.create_connection(
            ("127.0.0.1", self.server.port), timeout=HANG_S, source_address=(source, 0)
        )

    def send(self, request: bytes, source: str = "127.0.0.1") -> socket.socket:
        """Send some bytes and leave the answer unread."""
        connection = self.connect(source)
        connection.sendall(request)
        return connection

    def ask(self, path: str = "/", source: str = "127.0.0.1") -> bytes:
        """Return the whole answer to a request after which the connection ends."""
        return read_all(self.send(get(path, "Connection: close"), source))


def get(path: str, *headers: str, method: str = "GET") -> bytes:
    """Return the bytes of a request."""
    lines = (f"{method} {path} HTTP/1.1", "Host: localhost", *headers)
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_all(connection: socket.socket) -> bytes:
    """Read until the server ends the connection, however it does."""
    parts = []
    with connection, suppress(ConnectionError):
        while part := connection.recv(1024 * 1024):
            parts.append(part)
    return b"".join(parts)


def is_closed(connection: socket.socket) -> bool:
    """Return whether the server has ended a connection that it has sent nothing."""
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


@contextmanager
def serving(stop_time_s: float = 0.0, **web: object) -> Iterator[Served]:
    """Serve `/` (a word), `/huge` (more than is buffered) and `/held` (answered when released)."""
    held, release = threading.Semaphore(0), threading.Event()
    app = Flask("served")
    app.add_url_rule("/", "word", lambda: "hej")
    app.add_url_rule("/huge", "huge", lambda: "x" * HUGE_BYTES)

    def wait() -> str:
        held.release()
        assert release.wait(HANG_S)
        return "till slut"

    app.add_url_rule("/held", "held", wait)
    server = listen(app, WebSettings.model_validate(web), "127.0.0.1", 0, stop_time_s)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Served(server, held, release)
    finally:
        release.set()
        server.stop()
        thread.join(HANG_S)
        server.close()
    assert not thread.is_alive()
