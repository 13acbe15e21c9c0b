"""Answers that are made while they are sent: at the client's pace, and no longer than it is there."""

import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response

from archive.settings.sections import WebSettings
from archive.web.http import streaming
from archive.web.server.listen import listen
from tests.waiting import HANG_S, wait_until
from tests.web.server.serving import get, read_all

_PIECE = b"x" * 65_536
_BOUND_BYTES = 24 * 1024 * 1024
"""Far more than the server and the kernel keep for a client that takes nothing."""


class _Source:
    """Pieces without an end, and what became of those that take them."""

    def __init__(self) -> None:
        self.made_bytes = 0
        self.ended = threading.Semaphore(0)

    def app(self, asks_who_left: bool) -> Flask:
        app = Flask("streams")
        streaming.install(app, streams_max=2)
        app.add_url_rule("/", "word", lambda: "hej")
        app.add_url_rule("/stream", "stream", lambda: self._answer(asks_who_left))
        return app

    def _answer(self, asks_who_left: bool) -> Response:
        current = streaming.current_connection()
        current.keep_pace()
        response = Response(self._pieces(current, asks_who_left))
        response.direct_passthrough = True
        return response

    def _pieces(self, current: streaming.Connection, asks_who_left: bool) -> Iterator[bytes]:
        try:
            for nth in itertools.count():
                if asks_who_left and nth:
                    wait_until(current.has_left, "the client has left")
                    return
                self.made_bytes += len(_PIECE)
                yield _PIECE
        finally:
            self.ended.release()


@contextmanager
def _served(app: Flask, threads: int = 1) -> Iterator[int]:
    server = listen(app, WebSettings(threads=threads), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.port
    finally:
        server.stop()
        thread.join(HANG_S)
        server.close()


def _begin(port: int) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=HANG_S)
    client.sendall(get("/stream"))
    assert client.recv(1024)
    return client


def test_answer_is_made_as_it_is_taken_and_ends_with_its_client() -> None:
    source = _Source()
    with _served(source.app(asks_who_left=False)) as port:
        client = _begin(port)
        before = source.made_bytes
        for _ in range(3):  # what is taken makes room for more
            taken = 0
            while taken < _BOUND_BYTES:
                taken += len(client.recv(1024 * 1024))
        assert source.made_bytes > before
        assert source.made_bytes < 3 * _BOUND_BYTES + _BOUND_BYTES
        client.close()
        assert source.ended.acquire(timeout=HANG_S)


def test_streams_leave_threads_to_all_others() -> None:
    source = _Source()
    with _served(source.app(asks_who_left=False), threads=1) as port:
        clients = [_begin(port) for _ in range(2)]
        with socket.create_connection(("127.0.0.1", port), timeout=HANG_S) as other:
            other.sendall(get("/", "Connection: close"))
            assert read_all(other).endswith(b"hej")
        for client in clients:
            client.close()
        assert all(source.ended.acquire(timeout=HANG_S) for _ in clients)


def test_who_has_left_is_seen_although_nothing_is_sent() -> None:
    source = _Source()
    with _served(source.app(asks_who_left=True)) as port:
        client = _begin(port)
        client.close()
        assert source.ended.acquire(timeout=HANG_S)
        assert source.made_bytes == len(_PIECE)
