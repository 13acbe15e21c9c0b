"""Fetching from servers that mean harm, over real sockets on loopback."""

import gzip
import io
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from archive.errors import (
    AddressRefused,
    DeadLink,
    FetchedTooLarge,
    FetchTooSlow,
    SignInNeeded,
    SiteDown,
    TooManyRedirects,
    WrongType,
)
from archive.imports.fetching.fetch import NO_CERTIFICATE, FetchBounds, Fetcher, require_page
from archive.settings.imports import ImportSettings
from tests.imports.fetching.raw_server import Answer, RawServer, raw_server, reply

BOUNDS = FetchBounds(max_bytes=100_000, time_s=10.0)


def to_loopback(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def fetcher_for(server: RawServer) -> Fetcher:
    return Fetcher(ImportSettings(internal_hosts=(server.named,)), to_loopback)


def sending(answer: bytes) -> Answer:
    return lambda connection, _: connection.sendall(answer)


def test_a_page_comes_whole_with_where_it_was_in_the_end() -> None:
    def answer(connection: socket.socket, head: str) -> None:
        moved = reply(status="301 Moved", headers=("Location: /ny/sida%20ett",))
        connection.sendall(moved if head.startswith("GET / ") else reply("<p>Hej på er</p>".encode()))

    with raw_server(answer) as server:
        fetched, body = fetcher_for(server).page(server.address())
    assert body.decode() == "<p>Hej på er</p>"
    assert fetched.address == server.address("/ny/sida%20ett")
    require_page(fetched.content_type, body)


def test_a_request_says_who_asks_and_carries_nothing_else() -> None:
    cookie = ("Set-Cookie: spy=1; Path=/", "Location: /b")

    def answer(connection: socket.socket, head: str) -> None:
        connection.sendall(
            reply(status="302 Found", headers=cookie) if "GET /a" in head else reply(b"<p>x</p>")
        )

    with raw_server(answer) as server:
        fetcher_for(server).page(server.address("/a?q=1"))
    assert len(server.requests) == 2
    for head in server.requests:
        names = {line.partition(":")[0].lower() for line in head.split("\r\n")[1:] if line}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "accept-language", "connection"}
        assert f"Host: {server.named}" in head
        assert "User-Agent: archive-import/" in head


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/",
        "http://127.0.0.1/",
        "//127.0.0.1:{port}/",
        "http://[::1]:{port}/",
        "http://2130706433/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_to_an_internal_network_is_refused_before_it_is_asked(location: str) -> None:
    def answer(connection: socket.socket, _: str) -> None:
        connection.sendall(
            reply(status="302 Found", headers=(f"Location: {location.format(port=server.port)}",))
        )

    with raw_server(answer) as server, pytest.raises(AddressRefused):
        fetcher_for(server).page(server.address())
    assert len(server.requests) == 1


def test_a_name_that_changes_its_address_between_two_looks_is_connected_to_as_it_was_looked_at() -> None:
    """DNS rebinding: the second answer leads inside; there is no second question."""
    asked: list[str] = []

    def rebind(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with raw_server(sending(reply(b"<p>x</p>"))) as server:
        fetcher = Fetcher(ImportSettings(internal_hosts=(server.named,)), rebind)
        fetcher.page(server.address())
    assert asked == ["site.test"]


def test_redirects_without_an_end_are_followed_five_times() -> None:
    with (
        raw_server(sending(reply(status="302 Found", headers=("Location: /again",)))) as server,
        pytest.raises(TooManyRedirects),
    ):
        fetcher_for(server).page(server.address())
    assert len(server.requests) == 6


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_is_cut_off_when_the_time_is_over(begin: bytes) -> None:
    def answer(connection: socket.socket, _: str) -> None:
        connection.sendall(begin)
        connection.settimeout(0.05)
        while True:  # a byte at a time, so that no timeout of a socket ever ends it
            connection.sendall(b"x")
            with suppress(TimeoutError):
                if not connection.recv(1):
                    return

    with raw_server(answer) as server, pytest.raises(FetchTooSlow):
        fetcher_for(server).fetch(server.address(), io.BytesIO(), FetchBounds(100_000, 0.5))


def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    let_go = threading.Event()

    def hang(_: str, __: int) -> Sequence[str]:
        let_go.wait()
        return ["127.0.0.1"]

    try:
        with pytest.raises(FetchTooSlow):
            Fetcher(ImportSettings(), hang).fetch(
                "http://site.test/", io.BytesIO(), FetchBounds(100_000, 0.1)
            )
    finally:
        let_go.set()


def test_a_body_without_an_end_is_cut_off_at_the_bound() -> None:
    def answer(connection: socket.socket, _: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"x" * 4096)

    into = io.BytesIO()
    with raw_server(answer) as server, pytest.raises(FetchedTooLarge):
        fetcher_for(server).fetch(server.address(), into, BOUNDS)
    assert len(into.getvalue()) <= BOUNDS.max_bytes


def test_a_length_that_is_too_large_is_believed_without_reading_on() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n"
    with raw_server(sending(answer)) as server, pytest.raises(FetchedTooLarge):
        fetcher_for(server).fetch(server.address(), io.BytesIO(), BOUNDS)


def test_a_bomb_is_cut_off_by_what_it_unpacks_to() -> None:
    packed = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    headers = ("Content-Type: text/html", "Content-Encoding: gzip, gzip")
    into = io.BytesIO()
    with raw_server(sending(reply(packed, headers=headers))) as server, pytest.raises(FetchedTooLarge):
        fetcher_for(server).fetch(server.address(), into, BOUNDS)
    assert len(packed) < BOUNDS.max_bytes
    assert len(into.getvalue()) <= BOUNDS.max_bytes


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (reply(status="404 Not Found"), DeadLink),
        (reply(status="410 Gone"), DeadLink),
        (reply(status="401 Unauthorized"), SignInNeeded),
        (reply(status="403 Forbidden"), SignInNeeded),
        (reply(status="503 Down"), SiteDown),
        (reply(status="302 Found", headers=("Location: /wp-login.php?redirect_to=x",)), SignInNeeded),
        (reply(status="302 Found", headers=("Location: https://login.example.org/x",)), SignInNeeded),
        (b"", SiteDown),
        (b"SSH-2.0-OpenSSH_9.2\r\n", SiteDown),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", SiteDown),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot packed", SiteDown),
    ],
)
def test_each_failure_has_its_own_name(answer: bytes, error: type[Exception]) -> None:
    with raw_server(sending(answer)) as server, pytest.raises(error):
        fetcher_for(server).fetch(server.address("/deck"), io.BytesIO(), BOUNDS)


def test_a_site_without_a_listener_and_one_without_a_name_are_named() -> None:
    with raw_server(sending(b"")) as server:
        fetcher = fetcher_for(server)
        address = server.address()
    with pytest.raises(SiteDown):
        fetcher.page(address)

    def unknown(_: str, __: int) -> Sequence[str]:
        raise socket.gaierror

    with pytest.raises(DeadLink):
        Fetcher(ImportSettings(), unknown).page("https://finns-inte.example/")


def test_tls_is_checked_against_the_name_in_the_address(tmp_path: Path) -> None:
    certificate, key = self_signed("site.test", tmp_path)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with raw_server(sending(reply(b"<p>x</p>")), serving) as server:
        hosts = ImportSettings(internal_hosts=(server.named, f"other.test:{server.port}"))
        trusted = Fetcher(hosts, to_loopback, trusting)
        assert trusted.page(f"https://{server.named}/")[1] == b"<p>x</p>"
        for fetcher, name in ((trusted, "other.test"), (Fetcher(hosts, to_loopback), "site.test")):
            with pytest.raises(SiteDown) as refused:
                fetcher.page(f"https://{name}:{server.port}/")
            assert refused.value.message == NO_CERTIFICATE


def self_signed(name: str, folder: Path) -> tuple[Path, Path]:
    """Write a certificate for a name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private


@pytest.mark.parametrize(("kind", "body"), [("application/pdf", b"%PDF-1.7"), ("text/html", b"%PDF-1.7")])
def test_a_file_is_no_page(kind: str, body: bytes) -> None:
    with raw_server(sending(reply(body, headers=(f"Content-Type: {kind}",)))) as server:
        fetched, got = fetcher_for(server).page(server.address("/deck.pdf"))
    assert fetched.filename == "deck.pdf"
    with pytest.raises(WrongType):
        require_page(fetched.content_type, got)


def test_a_file_has_the_name_that_the_server_gives_it() -> None:
    named = ("Content-Disposition: attachment; filename*=UTF-8''../%C3%85re%20del%202.pptx",)
    with raw_server(sending(reply(b"PK", headers=named))) as server:
        fetched = fetcher_for(server).fetch(server.address("/download?id=3"), io.BytesIO(), BOUNDS)
    assert fetched.filename == "Åre del 2.pptx"
