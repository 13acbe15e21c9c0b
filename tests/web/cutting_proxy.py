"""A proxy that cuts connections: after so many bytes of what a client sends, whatever is under way."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class CuttingProxy:
    """Counts the bytes of bodies that clients send, and cuts a connection every `cut_every_bytes` or so."""

    def __init__(self, port: int, cut_every_bytes: int) -> None:
        self._port = port
        self._cut_every_bytes = cut_every_bytes
        self._random = random.Random(3)
        self._lock = threading.Lock()
        self._left_bytes = self._next()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.body_bytes = self.cuts = 0
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def run(self) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._port))
            self._sockets += (client, server)
            for target, args in ((self._send, (client, server)), (_copy, (server, client))):
                self._threads.append(threading.Thread(target=target, args=args, daemon=True))
                self._threads[-1].start()

    def close(self) -> None:
        """Take no more connections, and end those there are."""
        for one in (self._listener, *self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in (self._listener, *self._sockets):
            one.close()

    def _send(self, client: socket.socket, server: socket.socket) -> None:
        """Pass on requests one by one, so that only bytes of bodies are counted."""
        with suppress(OSError), client.makefile("rb", buffering=0) as stream:
            while head := _head(stream):
                server.sendall(head)
                left = _length(head)
                while left and (part := stream.read(min(left, 16_384))):
                    left -= len(part)
                    if self._is_cut(len(part)):
                        break
                    server.sendall(part)
                else:
                    continue
                break
        for end in (server, client):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_cut(self, size_bytes: int) -> bool:
        with self._lock:
            self.body_bytes += size_bytes
            self._left_bytes -= size_bytes
            if self._left_bytes > 0:
                return False
            self._left_bytes = self._next()
            self.cuts += 1
            return True

    def _next(self) -> int:
        return self._random.randint(self._cut_every_bytes, self._cut_every_bytes * 5 // 4)


@contextmanager
def cutting_proxy(port: int, cut_every_bytes: int) -> Iterator[CuttingProxy]:
    """Run a proxy before the server at a port."""
    proxy = CuttingProxy(port, cut_every_bytes)
    thread = threading.Thread(target=proxy.run, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join()


def _head(stream: socket.SocketIO) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        letter = stream.read(1)
        if not letter:
            return b""
        head += letter
    return head


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def _copy(source: socket.socket, drain: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65_536):
            drain.sendall(part)
    with suppress(OSError):
        drain.shutdown(socket.SHUT_WR)
