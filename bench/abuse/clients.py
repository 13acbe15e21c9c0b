"""Clients that abuse a server, and honest ones that ask meanwhile."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from bench.load import Answers, ask_all

_ANSWER_TIME_S = 60.0
_DRIP_EVERY_S = 2.0
_ON_DEMAND = (b"/slide.pdf", b"/zoom.webp", b"/document.pdf")


def status_of(port: int, request: bytes) -> int:
    """Send a request and read the answer to its end.

    Returns:
        The status; 0 where the server ended the connection without one, -1 where it did neither in a minute.
    """
    try:
        connection = socket.create_connection(("127.0.0.1", port), timeout=_ANSWER_TIME_S)
    except OSError:
        return -1
    with connection:
        answer = b""
        try:
            with suppress(ConnectionError):
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)  # where more of a body was promised, none comes
            while part := connection.recv(1 << 16):
                answer = (answer + part)[:100]
        except TimeoutError:
            return -1
        except ConnectionError:
            pass
    words = answer.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit() else 0


def _may_be_busy(status: int, request: bytes) -> bool:
    """Return whether 503 is a good answer: files that are made on demand are made one at a time."""
    return status == 503 and any(name in request for name in _ON_DEMAND)


def statuses(port: int, requests: Sequence[bytes], clients: int) -> "tuple[Counter[int], list[bytes]]":
    """Send all requests, `clients` at a time; return how often each status came, and what failed."""
    counted: Counter[int] = Counter()
    failed: list[bytes] = []
    waiting, lock = iter(requests), threading.Lock()

    def work() -> None:
        while True:
            with lock:
                request = next(waiting, None)
            if request is None:
                return
            status = status_of(port, request)
            with lock:
                counted[status] += 1
                if status < 0 or (status >= 500 and status != 501 and not _may_be_busy(status, request)):
                    failed.append(request)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counted, failed


@dataclass
class SlowClients:
    """Clients that send a request byte by byte, or ask for much and never read; cut off, they come again."""

    port: int
    count: int
    unread_path: str
    opened: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin: one half drips, the other does not read; a quarter comes from other addresses."""
        for number in range(self.count):
            source = f"127.0.{1 + number % 3}.{1 + number % 250}" if number % 4 == 0 else "127.0.0.1"
            thread = threading.Thread(target=self._abuse, args=(number % 2 == 0, source), daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Close all connections."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _abuse(self, drips: bool, source: str) -> None:
        while not self._ended.is_set():
            with suppress(OSError), self._connect(source) as connection:
                self.opened += 1
                if drips:
                    self._drip(connection)
                else:
                    self._leave_unread(connection)
            self._ended.wait(0.2)

    def _connect(self, source: str) -> socket.socket:
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # so that the server keeps the rest
        connection.settimeout(_ANSWER_TIME_S)
        connection.bind((source, 0))
        connection.connect(("127.0.0.1", self.port))
        return connection

    def _drip(self, connection: socket.socket) -> None:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        while not self._ended.wait(_DRIP_EVERY_S):
            connection.sendall(b"x")

    def _leave_unread(self, connection: socket.socket) -> None:
        connection.sendall(f"GET {self.unread_path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        while not self._ended.wait(_DRIP_EVERY_S):
            connection.sendall(b" ")  # fails once the server has ended the connection


def honest_beside(slow: SlowClients, addresses: Sequence[str], clients: int, settle_s: float) -> Answers:
    """Ask for pages as honest clients do while the slow ones are at work."""
    slow.start()
    try:
        time.sleep(settle_s)
        return ask_all(slow.port, addresses, clients)
    finally:
        slow.stop()
