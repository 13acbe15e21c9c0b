"""Whole addresses are those that visitors see, whatever stands before the site."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.errors import SettingsError
from archive.settings.sections import WebSettings
from archive.settings.settings import load_settings
from archive.web.factory import create_app
from tests.web.page_tree import links, tree
from tests.web.web_archive import Built

PROXY = {"REMOTE_ADDR": "10.1.2.3"}
FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example, arkiv.example.org",
    "X-Forwarded-For": "192.0.2.1",
}


def client_of(archive: Archive, **web: object) -> FlaskClient:
    changed = WebSettings.model_validate(archive.settings.web.model_dump() | web)
    settings = archive.settings.model_copy(update={"web": changed})
    return create_app(replace(archive, settings=settings)).test_client()


def whole(client: FlaskClient, **request: Any) -> str:
    """Return the beginning of the addresses that the start page gives in full."""
    answer = client.get("/", **request)
    assert answer.status_code == 200
    return answer.get_data(as_text=True).partition('hreflang="sv" href="')[2].partition('"')[0]


def test_base_url_begins_every_whole_address(archive: Archive, built: Built) -> None:
    client = client_of(archive, base_url="https://arkiv.example.org/")
    assert whole(client) == "https://arkiv.example.org/"
    assert whole(client, headers={"Host": "arkiv.example.org"}) == "https://arkiv.example.org/"
    (shown,) = tree(client, f"/d/{built.strategy}/1").xpath("//input[@data-link]/@value")
    assert shown == f"https://arkiv.example.org/d/{built.strategy}/1"
    assert links(tree(client, "/en/"), "//link[@rel='alternate']")[1] == "https://arkiv.example.org/en/"


def test_base_url_lets_no_other_host_in(archive: Archive, built: Built) -> None:
    del built
    client = client_of(archive, base_url="https://arkiv.example.org")
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_what_a_trusted_proxy_says_is_believed_and_of_no_other(archive: Archive, built: Built) -> None:
    del built
    hosts = ("arkiv.example.org", "localhost")
    client = client_of(archive, trusted_proxies=("10.0.0.0/8",), trusted_hosts=hosts)
    assert whole(client, headers=FORWARDED, environ_base=PROXY) == "https://arkiv.example.org/"
    assert whole(client, headers=FORWARDED, environ_base={"REMOTE_ADDR": "192.0.2.7"}) == "http://localhost/"
    odd = FORWARDED | {"X-Forwarded-Proto": "javascript"}
    assert whole(client, headers=odd, environ_base=PROXY) == "http://arkiv.example.org/"
    evil = FORWARDED | {"X-Forwarded-Host": "evil.example"}
    assert client.get("/", headers=evil, environ_base=PROXY).status_code == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARCHIVE_WEB__BASE_URL", "arkiv.example.org"),
        ("ARCHIVE_WEB__BASE_URL", "https://example.org/arkiv"),
        ("ARCHIVE_WEB__BASE_URL", "ftp://example.org"),
        ("ARCHIVE_WEB__TRUSTED_PROXIES", '["proxy"]'),
    ],
)
def test_address_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match="expected"):
        load_settings()
