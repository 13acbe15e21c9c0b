import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from archive.web.http.security import CONTENT_SECURITY_POLICY, is_trusted
from tests.web.page_tree import text, tree
from tests.web.web_archive import Built


@pytest.mark.parametrize(
    "address", ["/", "/?q=industrin", "/help", "/e", "/nothing", "/api/search", "/healthz"]
)
def test_every_response_has_the_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_hold_nothing_that_the_policy_forbids(client: FlaskClient, built: Built) -> None:
    for address in ("/", "/?q=industrin", f"/d/{built.strategy}", f"/d/{built.strategy}/3?q=kompetens"):
        page = tree(client, address)
        assert not page.xpath("//style | //@style | //iframe | //@*[starts-with(name(), 'on')]")
        scripts = "//script[not(@type='application/ld+json')]"  # that is data, which no browser runs
        assert not page.xpath(f"{scripts}[normalize-space() or not(starts-with(@src, '/static/'))]")
        loaded = (
            "//img[not(starts-with(@src, '/'))] | //link[@rel!='alternate' and not(starts-with(@href, '/'))]"
        )
        assert not page.xpath(loaded)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/nothing", "/api/search", "/static/base.css"])
def test_only_reading_is_allowed(client: FlaskClient, method: str, address: str) -> None:
    response = client.open(address, method=method)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_head_is_get_without_a_body(client: FlaskClient, built: Built) -> None:
    for address in ("/", f"/d/{built.railway}/original", "/api/search"):
        response = client.head(address)
        assert (response.status_code, response.data) == (200, b"")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a b", ""]
)
def test_foreign_host_is_refused(client: FlaskClient, host: str) -> None:
    response = client.get("/?lang=en", headers={"Host": host})
    assert response.status_code == 400
    assert "does not answer to that host name" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "LOCALHOST", "127.0.0.1:1", "[::1]", "[::1]:8000"]
)
def test_own_host_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/help", headers={"Host": host}).status_code == 200


def test_trusted_names_below_a_dot() -> None:
    assert is_trusted("arkiv.example.org:443", (".example.org",))
    assert is_trusted("example.org", (".example.org",))
    assert not is_trusted("badexample.org", (".example.org",))
    assert not is_trusted("", ())


def test_large_body_is_refused(app: Flask) -> None:
    builder = EnvironBuilder(method="GET", path="/", data=b"x" * (64 * 1024 + 1))
    response = app.test_client().open(builder)
    assert response.status_code == 413
    assert "För mycket" in response.get_data(as_text=True)


def test_style_sheets_may_be_kept_at_addresses_that_change(client: FlaskClient) -> None:
    address = str(tree(client, "/").xpath("//link[@rel='stylesheet']/@href")[0])
    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert client.get(address.partition("?")[0]).headers["Cache-Control"] == "no-cache"


def test_page_is_not_kept_by_shared_caches(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert text(tree(client, "/"))
