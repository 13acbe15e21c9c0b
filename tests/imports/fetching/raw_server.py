"""A server on loopback that sends what a test says, byte for byte, and keeps what it was asked."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answer = Callable[[socket.socket, str], None]
"""Answers a request (its head as text) on a connection."""


@dataclass
class RawServer:
    """`requests` are the heads of all requests so far."""

    port: int
    requests: list[str] = field(default_factory=list)

    @property
    def named(self) -> str:
        return f"site.test:{self.port}"

    def address(self, path: str = "/") -> str:
        return f"http://{self.named}{path}"


@contextmanager
def raw_server(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[RawServer]:
    """Serve while the context lasts, each connection in a thread."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = RawServer(listening.getsockname()[1])
    stopping = threading.Event()

    def serve(accepted: socket.socket) -> None:
        with accepted, suppress(OSError):
            connection = tls.wrap_socket(accepted, server_side=True) if tls else accepted
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(4096)
                if not piece:
                    return
                head += piece
            server.requests.append(head.decode())
            answer(connection, head.decode())
            if tls:
                connection.close()

    def accept() -> None:
        while not stopping.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stopping.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def reply(
    body: bytes = b"", status: str = "200 OK", headers: tuple[str, ...] = ("Content-Type: text/html",)
) -> bytes:
    """Return an answer as it is sent."""
    lines = (f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", "")
    return "\r\n".join(lines).encode() + body
