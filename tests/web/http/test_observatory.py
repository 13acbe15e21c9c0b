"""The score by the rules of Mozilla's HTTP Observatory (mdn-http-observatory, src/grader/charts.js).

100 points, less what is wrong; what is better than needed counts where nothing is. 135 is the most; 5 of it
is for subresource integrity, which scripts of the own host do not need.
"""

import re

from flask.testing import FlaskClient
from lxml import html

from archive.app import Archive
from tests.web.http.test_proxy import client_of
from tests.web.web_archive import Built

SIX_MONTHS_S = 15_768_000


def modifiers(client: FlaskClient) -> dict[str, int]:
    """Return the points of each of the Observatory's ten tests for the start page."""
    answer = client.get("/")
    headers = answer.headers
    policy = {
        name: values
        for name, *values in (part.split() for part in headers["Content-Security-Policy"].split(";"))
    }
    is_strict = policy.get("default-src") == ["'none'"] and policy.get("form-action") in (
        ["'self'"],
        ["'none'"],
    )
    is_safe = not re.search(r"unsafe|data:|https?:|\*", headers["Content-Security-Policy"])
    sources = html.fromstring(answer.get_data(as_text=True)).xpath("//script/@src")
    transport = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    referrer = headers.get("Referrer-Policy", "")
    return {
        "content-security-policy": 10 if is_strict and is_safe else 5 if is_safe else -20,
        "cookies": 0 if "Set-Cookie" not in headers else -20,
        "cross-origin-resource-sharing": 0 if "Access-Control-Allow-Origin" not in headers else -50,
        "cross-origin-resource-policy": 10
        if headers.get("Cross-Origin-Resource-Policy") == "same-origin"
        else 0,
        "redirection": 0,  # of the proxy, which ends TLS
        "referrer-policy": 5 if referrer in ("no-referrer", "same-origin", "strict-origin") else -5,
        "strict-transport-security": 0 if transport and int(transport[1]) >= SIX_MONTHS_S else -20,
        "subresource-integrity": 0 if all(re.match(r"/(?!/)", source) for source in sources) else -50,
        "x-content-type-options": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "x-frame-options": 5 if policy.get("frame-ancestors") == ["'none'"] else -20,
    }


def score(client: FlaskClient) -> int:
    points = modifiers(client).values()
    base = 100 + sum(point for point in points if point < 0)
    return base + sum(point for point in points if point > 0) if base >= 90 else max(0, base)


def test_site_behind_tls_has_130_points(archive: Archive, built: Built) -> None:
    del built
    assert score(client_of(archive, base_url="https://arkiv.example.org")) == 130


def test_transport_is_spoken_of_only_where_there_is_tls(archive: Archive, built: Built) -> None:
    del built
    plain = client_of(archive)
    assert "Strict-Transport-Security" not in plain.get("/").headers
    assert score(plain) == 80
    proxied = client_of(archive, trusted_proxies=("127.0.0.1",))
    said = {"X-Forwarded-Proto": "https"}
    for path in ("/", "/missing", "/healthz"):
        assert "max-age=" in proxied.get(path, headers=said).headers["Strict-Transport-Security"]
        assert "Strict-Transport-Security" not in proxied.get(path).headers
