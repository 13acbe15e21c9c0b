"""Large bodies: from staff alone, on the disk, and for as long as they get on."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.accounts.credentials import new_token
from archive.model.accounts import Role
from archive.web.factory import create_app
from archive.web.http.signed_in import COOKIE
from archive.web.server.bounds import PROGRESS_MIN_BYTES, Bounds, Patience
from tests.waiting import HANG_S
from tests.web.people import PASSWORD, add_person, post
from tests.web.server.serving import read_all
from tests.web.uploading import UploadSite, upload_site

MIB = 1024 * 1024
_BOUNDARY = "x" * 40


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UploadSite]:
    data = tmp_path_factory.mktemp("bodies") / "data"
    with upload_site(data, has_workers=False) as served:
        yield served


def ask(site: UploadSite, head: str, body: bytes = b"", cookie: str = "") -> bytes:
    """Send a request; return the answer. What the server does not read is no fault of the client."""
    connection = socket.create_connection(("127.0.0.1", site.port), timeout=HANG_S)
    lines = ["Host: localhost", "Connection: close", "Sec-Fetch-Site: same-origin"]
    if cookie:
        lines.append(f"Cookie: {COOKIE}={cookie}")
    connection.sendall("\r\n".join([head, *lines, "", ""]).encode())

    def send() -> None:
        try:
            connection.sendall(body)
        except OSError:
            return

    sender = threading.Thread(target=send)
    sender.start()
    answer = read_all(connection)
    sender.join(HANG_S)
    return answer


def form(content: bytes) -> bytes:
    return (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.pptx"\r\n\r\n'.encode()
        + content
        + f"\r\n--{_BOUNDARY}--\r\n".encode()
    )


def form_head(size_bytes: int, path: str = "/staff/uploads/form") -> str:
    return (
        f"POST {path} HTTP/1.1\r\nContent-Length: {size_bytes}\r\n"
        f"Content-Type: multipart/form-data; boundary={_BOUNDARY}"
    )


@pytest.mark.parametrize("path", ["/staff/uploads/form", "/en/staff/uploads/form"])
def test_staff_send_a_large_form(site: UploadSite, path: str) -> None:
    body = form(b"y" * (3 * MIB))
    answer = ask(site, form_head(len(body), path), body, site.cookie)
    assert answer.startswith(b"HTTP/1.1 303 ")
    kept = site.archive.receiving.store.path(site.rows()[0].upload.id)
    assert kept.read_bytes() == b"y" * (3 * MIB)


@pytest.mark.parametrize("path", ["/staff/uploads/form", f"/staff/uploads/{'0' * 32}"])
def test_strangers_are_refused_when_they_have_said_how_much_they_would_send(
    site: UploadSite, path: str
) -> None:
    method = "POST" if path.endswith("form") else "PATCH"
    member = create_app(site.archive).test_client()
    post(member, add_person(site.archive, f"{method}@example.org", Role.MEMBER), password=PASSWORD)
    found = member.get_cookie(COOKIE)
    assert found
    for cookie in ("", new_token(), found.value):
        answer = ask(site, f"{method} {path} HTTP/1.1\r\nContent-Length: {MIB}", b"", cookie)
        assert answer.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("method", "path", "size_bytes"),
    [
        ("POST", "/staff/accounts", MIB),
        ("POST", "/staff/uploads", MIB),
        ("PATCH", f"/staff/uploads/{'0' * 32}", 9 * MIB),
        ("POST", "/staff/uploads/form", 514 * MIB),
    ],
)
def test_staff_send_no_more_than_a_page_takes(
    site: UploadSite, method: str, path: str, size_bytes: int
) -> None:
    head = f"{method} {path} HTTP/1.1\r\nContent-Length: {size_bytes}"
    assert ask(site, head, b"", site.cookie).startswith(b"HTTP/1.1 413 ")


def test_body_without_room_is_refused_before_it_is_read(tmp_path: Path) -> None:
    full = {"free_min_bytes": 2**60}
    with upload_site(tmp_path / "data", has_workers=False, uploads=full) as site:
        answer = ask(site, form_head(MIB), b"", site.cookie)
    assert answer.startswith(b"HTTP/1.1 507 ")
    assert "disk är full".encode() in answer


def test_chunked_bodies_are_small_also_from_staff(site: UploadSite) -> None:
    head = "POST /staff/uploads/form HTTP/1.1\r\nTransfer-Encoding: chunked"
    body = b"".join(b"8000\r\n" + b"z" * 0x8000 + b"\r\n" for _ in range(4)) + b"0\r\n\r\n"
    assert ask(site, head, body, site.cookie).startswith(b"HTTP/1.1 413 ")


BOUNDS = Bounds(15.0, 20.0, 30.0, 10, 10, lambda _: False)


def test_large_body_may_take_as_long_as_it_gets_on() -> None:
    patience = Patience(0.0)
    patience.request_began(0.0)
    now_s = 0.0
    while now_s < 200.0:
        patience.large_body_came(PROGRESS_MIN_BYTES // 4, now_s)
        assert not patience.is_used_up(0, True, BOUNDS, now_s)
        now_s += 5.0


def test_large_body_that_does_not_get_on_is_cut() -> None:
    patience = Patience(0.0)
    patience.request_began(0.0)
    patience.large_body_came(PROGRESS_MIN_BYTES - 1, 1.0)
    assert not patience.is_used_up(0, True, BOUNDS, 20.0)
    assert patience.is_used_up(0, True, BOUNDS, 21.0)


def test_small_request_after_a_large_one_has_its_usual_time() -> None:
    patience = Patience(0.0)
    patience.request_began(0.0)
    patience.large_body_came(10 * MIB, 1.0)
    patience.request_began(2.0)
    assert not patience.is_used_up(0, True, BOUNDS, 16.0)
    assert patience.is_used_up(0, True, BOUNDS, 17.0)
