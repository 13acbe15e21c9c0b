"""Files are sent as they are: whole, in part, or not at all where the client has them (RFC 9110)."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from archive.web.http.sending import file_response, tag_and_compress
from tests.web.conftest import Client

BYTES = bytes(range(100))
SENDERS: dict[str, Callable[[Path], Response]] = {
    "path": lambda path: file_response(path, "text/html", "d1", "å b.html"),
    "open": lambda path: file_response(io.BytesIO(path.read_bytes()), "text/html", "d1", "å b.html"),
}


@pytest.fixture(params=SENDERS)
def client(request: pytest.FixtureRequest, tmp_path: Path) -> FlaskClient:
    path = tmp_path / "file"
    path.write_bytes(BYTES)
    app = Flask("files")
    tag_and_compress(app)
    app.add_url_rule("/file", "file", lambda: SENDERS[request.param](path))
    app.register_error_handler(HTTPException, lambda error: error.get_response())
    app.test_client_class = Client
    return app.test_client()


def test_whole_file_is_sent_as_it_is(client: FlaskClient) -> None:
    answer = client.get("/file", headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.data) == (200, BYTES)
    assert answer.headers["ETag"] == '"d1"'
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == "100"
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"a b.html\"; filename*=UTF-8''%C3%A5%20b.html"
    )


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("BYTES=90-", 90, 100),
        ("bytes=-7", 93, 100),
        ("bytes=-700", 0, 100),
        ("bytes=50-99999999999999999", 50, 100),
    ],
)
def test_range_is_sent(client: FlaskClient, asked: str, start: int, stop: int) -> None:
    answer = client.get("/file", headers={"Range": asked})
    assert (answer.status_code, answer.data) == (206, BYTES[start:stop])
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/100"
    assert answer.headers["Content-Length"] == str(stop - start)
    assert answer.headers["ETag"] == '"d1"'


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "abc",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=5",
            "bytes=20-10",
            "pages=1-2",
            "bytes=٣-",
        ),
        *("bytes=0-1,5-6", "bytes=0-,0-,0-", "bytes=" + "0-," * 2000 + "0-", "bytes=" + "9" * 5000 + "-"),
    ],
)
def test_what_is_no_single_range_is_ignored(client: FlaskClient, asked: str) -> None:
    answer = client.get("/file", headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, BYTES)
    assert "Content-Range" not in answer.headers


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_range_beyond_the_end_is_refused(client: FlaskClient, asked: str) -> None:
    answer = client.get("/file", headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */100"


def test_range_of_other_bytes_than_the_client_has_is_ignored(client: FlaskClient) -> None:
    ranges = {"Range": "bytes=0-9"}
    assert client.get("/file", headers={**ranges, "If-Range": '"d1"'}).status_code == 206
    for other in ('"d2"', 'W/"d1"', "Sat, 28 Nov 2026 00:00:00 GMT", "d1"):
        assert client.get("/file", headers={**ranges, "If-Range": other}).data == BYTES


def test_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    for known in ('"d1"', 'W/"d1"', '"x", "d1"', "*"):
        answer = client.get("/file", headers={"If-None-Match": known, "Range": "bytes=0-9"})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", '"d1"')
    assert client.get("/file", headers={"If-None-Match": '"d2"'}).data == BYTES


def test_size_is_told_without_the_file_and_a_range_is_only_for_getting(client: FlaskClient) -> None:
    answer = client.head("/file", headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (200, b"", "100")
