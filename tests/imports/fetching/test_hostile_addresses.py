"""Forty-seven addresses that lead into the archive's own network, or that two programs read in two ways."""

import io
import socket
from collections.abc import Sequence

import pytest

from archive.errors import AddressRefused
from archive.imports.fetching.address import (
    HAS_PASSWORD,
    INTERNAL,
    NOT_AN_ADDRESS,
    NOT_HTTP,
    ODD_HOST,
    PORT_REFUSED,
)
from archive.imports.fetching.fetch import PAGE_BOUNDS, Fetcher
from archive.settings.imports import ImportSettings

HOSTILE = [
    ("http://127.0.0.1/", INTERNAL),
    ("https://127.0.0.1/", INTERNAL),
    ("http://127.255.255.254/", INTERNAL),
    ("http://localhost/", INTERNAL),
    ("http://LOCALHOST./", INTERNAL),
    ("http://0.0.0.0/", INTERNAL),
    ("http://10.1.2.3/", INTERNAL),
    ("http://172.31.255.255/", INTERNAL),
    ("http://192.168.0.1/", INTERNAL),
    ("http://169.254.169.254/latest/meta-data/", INTERNAL),
    ("http://100.64.0.1/", INTERNAL),
    ("http://192.0.0.8/", INTERNAL),
    ("http://198.18.0.1/", INTERNAL),
    ("http://224.0.0.251/", INTERNAL),
    ("http://240.0.0.1/", INTERNAL),
    ("http://255.255.255.255/", INTERNAL),
    ("http://192.88.99.1/", INTERNAL),
    ("http://[::1]/", INTERNAL),
    ("http://[::]/", INTERNAL),
    ("http://[::ffff:127.0.0.1]/", INTERNAL),
    ("http://[::ffff:8.8.8.8]/", INTERNAL),
    ("http://[0:0:0:0:0:ffff:7f00:1]/", INTERNAL),
    ("http://[::127.0.0.1]/", INTERNAL),
    ("http://[64:ff9b::7f00:1]/", INTERNAL),
    ("http://[64:ff9b:1::a00:1]/", INTERNAL),
    ("http://[2002:7f00:1::]/", INTERNAL),
    ("http://[2001:0:7f00:1::]/", INTERNAL),
    ("http://[2001:db8::1]/", INTERNAL),
    ("http://[fc00::1]/", INTERNAL),
    ("http://[fe80::1]/", INTERNAL),
    ("http://[fe80::1%25eth0]/", INTERNAL),
    ("http://[ff02::1]/", INTERNAL),
    ("http://2130706433/", ODD_HOST),
    ("http://0x7f000001/", ODD_HOST),
    ("http://0177.0.0.1/", ODD_HOST),
    ("http://127.1/", ODD_HOST),
    ("http://0x7f.0.0.0x1/", ODD_HOST),
    ("http://１２７.０.０.１/", INTERNAL),
    ("http://①②⑦.⓪.⓪.①/", INTERNAL),
    ("http://%31%32%37.0.0.1/", ODD_HOST),
    ("http://example.org@127.0.0.1/", HAS_PASSWORD),
    ("http://127.0.0.1\\@example.org/", NOT_AN_ADDRESS),
    ("http://example.org:22/", PORT_REFUSED),
    ("http://exa\tmple.org/", NOT_AN_ADDRESS),
    ("file:///etc/passwd", NOT_HTTP),
    ("gopher://127.0.0.1:6379/_FLUSHALL", NOT_HTTP),
    ("http:///etc/passwd", NOT_AN_ADDRESS),
]


def resolve_literally(host: str, port: int) -> Sequence[str]:
    """Resolve as the system does: numbers in any notation, and names of this machine."""
    if host == "localhost":
        return ["127.0.0.1"]
    if host == "example.org":
        return ["93.184.216.34"]
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]


def test_there_are_47() -> None:
    assert len(dict(HOSTILE)) == 47


@pytest.mark.parametrize(("address", "message"), HOSTILE)
def test_a_hostile_address_is_refused_for_its_own_reason(address: str, message: str) -> None:
    fetcher = Fetcher(ImportSettings(), resolve_literally)
    with pytest.raises(AddressRefused) as refused:
        fetcher.fetch(address, io.BytesIO(), PAGE_BOUNDS)
    assert refused.value.message == message


@pytest.mark.parametrize("address", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "::ffff:169.254.169.254"])
def test_a_host_that_staff_have_named_never_leads_to_where_clouds_keep_their_keys(address: str) -> None:
    fetcher = Fetcher(ImportSettings(internal_hosts=("webb.intern",)), lambda *_: [address])
    with pytest.raises(AddressRefused) as refused:
        fetcher.fetch("http://webb.intern/", io.BytesIO(), PAGE_BOUNDS)
    assert refused.value.message == INTERNAL


def test_a_host_with_one_internal_address_among_others_is_refused() -> None:
    fetcher = Fetcher(ImportSettings(), lambda *_: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(AddressRefused):
        fetcher.fetch("http://example.org/", io.BytesIO(), PAGE_BOUNDS)


def test_a_host_is_named_with_its_port() -> None:
    fetcher = Fetcher(ImportSettings(internal_hosts=("webb.intern:9000",)), lambda *_: ["10.0.0.1"])
    for address in ("http://webb.intern/", "http://webb.intern:9001/", "http://annan.intern:9000/"):
        with pytest.raises(AddressRefused):
            fetcher.fetch(address, io.BytesIO(), PAGE_BOUNDS)
