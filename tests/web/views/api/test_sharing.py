"""Scripts of other sites (CORS): what their browsers let them read, and what they may ask for before."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from archive.accounts.api_tokens import new_api_token
from archive.app import Archive
from archive.catalogue.accounts import accounts
from archive.catalogue.identifiers import new_id
from archive.model.accounts import Role, TokenScope
from tests.web.access.expectations import VALUES
from tests.web.browsing import chromium
from tests.web.people import session_cookie
from tests.web.web_archive import Built

__all__ = ["chromium"]

ELSEWHERE = "https://elsewhere.example"
_ORIGIN = "Access-Control-Allow-Origin"


@pytest.fixture
def token(archive: Archive) -> str:
    """A token of a member, which reads."""
    with archive.database.write() as session:
        account = accounts.add(session, f"{new_id()}@example.org", "Medlem", Role.MEMBER, "test")
    return new_api_token(archive.database, account, "", TokenScope.READ, 1, "test")[0]


def ask_before(client: FlaskClient, path: str, method: str = "GET") -> TestResponse:
    """Ask as a browser does before a script of another site may send headers of its own."""
    asked = {
        "Origin": ELSEWHERE,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,if-none-match",
    }
    return client.options(path, headers=asked)


def reading_routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield the name and an address of each route that is there to be read."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and "GET" in (rule.methods or ()):
            values = {name: VALUES.get(name, (1,))[0] for name in rule.arguments}
            yield rule.endpoint, adapter.build(rule.endpoint, values)


def test_other_sites_read_what_everybody_may_read(client: FlaskClient, staff: FlaskClient) -> None:
    for address in ("/api/events", "/api/nothing", "/api/search"):
        assert client.get(address).headers[_ORIGIN] == "*"
    assert "Access-Control-Allow-Credentials" not in client.get("/api/events").headers
    assert _ORIGIN not in client.get("/e").headers
    # Here everybody on the network sees what staff see: no site elsewhere reads it with a visitor's eyes.
    assert _ORIGIN not in staff.get("/api/events").headers


def test_no_site_reads_with_a_session(archive: Archive, app: Flask) -> None:
    session = session_cookie(archive, Role.MEMBER)
    signed_in = app.test_client(use_cookies=False).get("/api/events", headers=session)
    assert signed_in.status_code == 200
    assert _ORIGIN not in signed_in.headers


def test_a_script_reads_with_the_token_that_it_was_given(
    client: FlaskClient, staff: FlaskClient, archive: Archive, token: str
) -> None:
    shown = {"Authorization": f"Bearer {token}"}
    answer = client.get("/api/events", headers=shown)
    assert (answer.status_code, answer.headers[_ORIGIN]) == (200, "*")
    assert "Authorization" in answer.headers["Vary"]
    assert _ORIGIN not in client.get("/e", headers=shown).headers
    assert _ORIGIN not in staff.get("/api/events", headers=shown).headers


def test_browsers_are_told_what_may_be_sent_to_routes_of_the_interface_alone(
    app: Flask, client: FlaskClient
) -> None:
    told = {}
    for name, path in reading_routes(app):
        answer = ask_before(client, path)
        told[name] = (answer.status_code, answer.headers.get("Access-Control-Allow-Methods"))
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert (_ORIGIN in answer.headers) == path.startswith("/api/"), path
    in_api = {name for name, path in reading_routes(app) if path.startswith("/api/")}
    assert len(in_api) > 15
    assert told == {name: (204, "GET, HEAD") if name in in_api else (405, None) for name in told}


def test_what_browsers_are_told_is_of_use_and_not_counted(client: FlaskClient) -> None:
    answer = ask_before(client, "/en/api/events")
    assert (answer.status_code, answer.data, answer.headers[_ORIGIN]) == (204, b"", "*")
    allowed = answer.headers["Access-Control-Allow-Headers"].casefold().split(", ")
    assert {"authorization", "if-none-match", "accept"} <= set(allowed)
    assert 0 < int(answer.headers["Access-Control-Max-Age"]) <= 24 * 3600
    far_away = {"REMOTE_ADDR": "203.0.113.9", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "GET"}
    assert "RateLimit" not in client.options("/api/events", environ_overrides=far_away).headers


def test_what_is_not_shared_is_not_offered(client: FlaskClient, staff: FlaskClient) -> None:
    for asked, path in ((staff, "/api/events"), (client, "/api/nothing")):
        answer = ask_before(asked, path)
        assert answer.status_code == 405
        assert "Access-Control-Allow-Methods" not in answer.headers
    assert ask_before(client, "/api/events", "DELETE").headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert client.options("/api/events").status_code == 405  # no browser asks so


_READ = """async ([address, headers]) => {
  const answer = await fetch(address, { headers });
  return [answer.status, answer.headers.get("ETag"), await answer.text()];
}"""


@pytest.mark.browser
def test_a_script_of_another_site_reads_with_a_token_and_asks_for_what_is_new(
    chromium: Browser, live: str, built: Built, token: str
) -> None:
    context = chromium.new_context(bypass_csp=True)  # a site elsewhere has another one
    page = context.new_page()
    page.goto(f"{live.replace('127.0.0.1', 'localhost')}/help")  # another origin
    shown = {"Authorization": f"Bearer {token}"}
    address = f"{live}/api/events/{built.autumn}"
    status, known, text = page.evaluate(_READ, [address, shown])
    assert (status, built.autumn in text) == (200, True)
    assert page.evaluate(_READ, [address, shown | {"If-None-Match": known}])[0] == 304
    assert page.evaluate(_READ, [f"{live}/api/events", {"Authorization": "Bearer archive_wrong"}])[0] == 401
    assert page.evaluate("address => fetch(address).then(() => true, () => false)", f"{live}/e") is False
    context.close()
