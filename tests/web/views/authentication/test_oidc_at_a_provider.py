"""Signing in at a real, certified provider on loopback (tests/servers/openid)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.catalogue.accounts import accounts
from archive.model.accounts import Role
from archive.settings.settings import Settings
from archive.settings.sign_in import OidcSettings
from archive.web.factory import create_app
from tests.servers.openid.browser import Browser
from tests.servers.openid.fixtures import openid_server
from tests.servers.openid.server import CLIENT, OpenIdServer
from tests.web.people import PASSWORD, add_person, post

__all__ = ["openid_server"]

ROLES = {"arkiv-admin": "admin", "arkiv-personal": "staff", "alla": "member"}
ANNA = {"email": "anna@example.org", "email_verified": True, "name": "Anna Ek", "groups": ["arkiv-personal"]}
BO = {"email": "bo@example.org", "email_verified": True, "name": "Bo Ask", "groups": ["alla"]}


@pytest.fixture
def provider(openid_server: OpenIdServer) -> OpenIdServer:
    openid_server.tell({"anna": ANNA, "bo": BO})
    return openid_server


@pytest.fixture
def archive(tmp_path: Path, provider: OpenIdServer) -> Iterator[Archive]:
    oidc = OidcSettings.model_validate(
        {
            "issuer": provider.issuer,
            "client_id": CLIENT,
            "client_secret_file": provider.secret_file,
            "roles": ROLES,
            "create_accounts": True,
        }
    )
    with open_archive(Settings(data=tmp_path / "data", oidc=oidc)) as opened:
        yield opened


def new_client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def begin(client: FlaskClient) -> str:
    """Press the button; return where it leads."""
    return str(client.get("/sign-in/oidc?next=/account").location)


def come_back(client: FlaskClient, back: dict[str, str]) -> int:
    answer = client.get("/sign-in/oidc/back", query_string=back, headers={"Sec-Fetch-Site": "cross-site"})
    return answer.status_code


def role_of(archive: Archive, login: str) -> Role:
    with archive.database.read() as session:
        found = accounts.find(session, login)
    assert found is not None
    return found.role


def test_whole_sign_in_makes_an_account_with_its_role(archive: Archive, provider: OpenIdServer) -> None:
    client, browser = new_client(archive), Browser()
    assert come_back(client, browser.sign_in(begin(client), "anna")) == 303
    assert browser.forms_filled == 2  # who somebody is, and that the archive may know it
    assert client.get("/staff").status_code == 200
    assert "Anna Ek" in client.get("/account").text
    assert role_of(archive, "anna@example.org") is Role.STAFF


def test_roles_follow_the_claims_of_each_token(archive: Archive, provider: OpenIdServer) -> None:
    client, browser = new_client(archive), Browser()
    assert come_back(client, browser.sign_in(begin(client), "anna")) == 303
    provider.tell({"anna": ANNA | {"groups": ["alla"]}})
    again = new_client(archive)
    assert come_back(again, browser.sign_in(begin(again), "anna")) == 303
    assert role_of(archive, "anna@example.org") is Role.MEMBER
    assert client.get("/account").status_code == 303  # the session with more rights is over
    assert again.get("/staff").status_code == 403
    provider.tell({"anna": ANNA | {"groups": []}})
    assert come_back(again, browser.sign_in(begin(again), "anna")) == 403
    assert again.get("/account").status_code == 303


def test_two_sign_in_at_once(archive: Archive, provider: OpenIdServer) -> None:
    clients = [new_client(archive), new_client(archive)]
    there = [begin(client) for client in clients]
    backs = [Browser().sign_in(address, login) for address, login in zip(there, ("anna", "bo"), strict=True)]
    assert come_back(clients[0], backs[1]) == 403  # another browser's
    assert come_back(clients[0], backs[0]) == 303
    there[1] = begin(clients[1])
    assert come_back(clients[1], Browser().sign_in(there[1], "bo")) == 303
    assert [client.get("/staff").status_code for client in clients] == [200, 403]


def test_two_begin_at_once_in_one_browser(archive: Archive, provider: OpenIdServer) -> None:
    client, browser = new_client(archive), Browser()
    backs = [browser.sign_in(address, "anna") for address in [begin(client), begin(client)]]
    assert [come_back(client, back) for back in reversed(backs)] == [303, 303]


@pytest.mark.parametrize(
    "changed", [{"code": "guessed"}, {"state": "guessed"}, {"iss": "https://evil.example"}]
)
def test_what_the_provider_did_not_give_signs_nobody_in(
    archive: Archive, provider: OpenIdServer, changed: dict[str, str]
) -> None:
    client = new_client(archive)
    back = Browser().sign_in(begin(client), "anna")
    assert changed.keys() <= back.keys()
    assert come_back(client, back | changed) == 403
    assert client.get("/account").status_code == 303


def test_code_is_good_once(archive: Archive, provider: OpenIdServer) -> None:
    client = new_client(archive)
    back = Browser().sign_in(begin(client), "anna")
    assert [come_back(client, back) for _ in range(2)] == [303, 403]


@pytest.mark.parametrize("has_all_in_the_token", [False, True])
def test_new_keys_of_the_provider_are_taken(
    archive: Archive, provider: OpenIdServer, has_all_in_the_token: bool
) -> None:
    client = new_client(archive)
    assert come_back(client, Browser().sign_in(begin(client), "anna")) == 303
    provider.stop()
    provider.start(conform_id_token_claims=not has_all_in_the_token)
    assert come_back(client, Browser().sign_in(begin(client), "anna")) == 303
    assert role_of(archive, "anna@example.org") is Role.STAFF


def test_while_the_provider_is_away_passwords_work(archive: Archive, provider: OpenIdServer) -> None:
    client = new_client(archive)
    post(client, add_person(archive, "kim@example.org", Role.STAFF), password=PASSWORD)
    post(client, "/sign-out")
    back = Browser().sign_in(begin(client), "anna")
    provider.stop()
    try:
        answer = client.get("/sign-in/oidc/back", query_string=back)
        assert answer.status_code == 403
        assert "svarar inte just nu" in answer.text
        assert post(client, "/sign-in", login="kim@example.org", password=PASSWORD).status_code == 303
        assert client.get("/staff").status_code == 200
    finally:
        provider.start()
