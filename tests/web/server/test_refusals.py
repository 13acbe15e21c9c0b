"""What the server refuses by itself: in plain words, with the headers of every page."""

import pytest

from archive.web.http.security import HEADERS
from tests.web.server.serving import get, read_all, serving

TWO = get("/", "Content-Length: 5", "Transfer-Encoding: chunked", method="POST") + b"0\r\n\r\n"
REFUSED = {
    "both lengths": (TWO, 400),
    "chunks in HTTP/1.0": (TWO.replace(b"1.1", b"1.0").replace(b"Content-Length: 5\r\n", b""), 400),
    "two lengths": (get("/", "Content-Length: 5", "Content-Length: 6"), 400),
    "endless length": (get("/", f"Content-Length: {'9' * 6000}"), 400),
    "no request": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "large body": (get("/", "Content-Length: 5000000", method="POST") + b"x" * 500_000, 413),
    "large chunks": (get("/", "Transfer-Encoding: chunked") + b"ffffff\r\n" + b"x" * 500_000, 413),
    "large head": (get("/", f"X-Long: {'x' * 60_000}"), 431),
    "long address": (get("/?" + "q" * 60_000), 431),
    "unknown coding": (get("/", "Transfer-Encoding: gzip"), 501),
}


@pytest.mark.parametrize(("request_bytes", "status"), REFUSED.values(), ids=REFUSED)
def test_refusal_is_plain_and_has_the_headers_of_every_page(request_bytes: bytes, status: int) -> None:
    with serving(base_url="https://arkiv.example.org") as served:
        head, _, body = read_all(served.send(request_bytes)).decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert first.split()[1] == str(status)
    assert HEADERS.items() <= headers.items()
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Connection"] == "close"
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    swedish, english = body.splitlines()
    assert swedish.endswith(".")
    assert english.endswith(".")
    assert "waitress" not in head.lower() + body.lower()
    assert len(body.encode()) == int(headers["Content-Length"])


def test_refusal_of_a_head_request_has_no_body() -> None:
    with serving() as served:
        answer = read_all(served.send(get("/", "Transfer-Encoding: gzip", method="HEAD")))
    assert answer.startswith(b"HTTP/1.1 501 ")
    assert answer.endswith(b"\r\n\r\n")


def test_requests_sent_ahead_are_not_taken() -> None:
    with serving() as served:
        answer = read_all(served.send(get("/") * 50))
    assert answer.count(b"HTTP/1.1 200 OK") == 1
    assert b"Connection: close" in answer


def test_requests_may_follow_each_other_on_a_connection() -> None:
    with serving() as served, served.connect() as connection:
        for _ in range(3):
            connection.sendall(get("/") + b"\r\n")
            answer = b""
            while not answer.endswith(b"hej"):
                answer += connection.recv(1000)
