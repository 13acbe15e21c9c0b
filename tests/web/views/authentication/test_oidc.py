from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.errors import SettingsError
from archive.model.accounts import Role
from archive.settings.settings import Settings, load_settings
from archive.settings.sign_in import OidcSettings
from archive.web.factory import create_app
from archive.web.views.authentication.oidc import COOKIE
from tests.accounts.openid_provider import CLIENT, Provider, serving
from tests.web.people import PASSWORD, add_person, post


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving() as served:
        yield served


@pytest.fixture
def archive(tmp_path: Path, provider: Provider) -> Iterator[Archive]:
    oidc = OidcSettings(issuer=provider.issuer, client_id=CLIENT, label="Logga in med Förbundet")
    with open_archive(Settings(data=tmp_path / "data", oidc=oidc)) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def test_there_and_back_signs_in_and_goes_on(
    archive: Archive, client: FlaskClient, provider: Provider
) -> None:
    add_person(archive, "anna@example.org", Role.STAFF)
    page = client.get("/en/sign-in?next=/en/staff")
    assert "Set-Cookie" not in page.headers
    assert "Logga in med Förbundet" in page.text
    there = client.get("/en/sign-in/oidc?next=/en/staff")
    assert there.status_code == 303
    assert there.location.startswith(f"{provider.issuer}/authorize?")
    assert "redirect_uri=http%3A%2F%2Flocalhost%2Fsign-in%2Foidc%2Fback" in there.location
    for part in (f"{COOKIE}=", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=600"):
        assert part in there.headers["Set-Cookie"]
    back = provider.authorize(there.location)
    answer = client.get("/sign-in/oidc/back", query_string=back, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.location) == (303, "/en/staff")
    assert client.get("/staff").status_code == 200


def test_what_another_browser_has_begun_signs_nobody_in(
    archive: Archive, client: FlaskClient, provider: Provider
) -> None:
    add_person(archive, "anna@example.org", Role.STAFF)
    back = provider.authorize(client.get("/sign-in/oidc").location)
    victim = create_app(archive).test_client()
    answer = victim.get("/sign-in/oidc/back", query_string=back)
    assert answer.status_code == 403
    assert "Inloggningen där fungerade inte" in answer.text
    assert "code-0" not in answer.text
    assert victim.get("/staff").status_code == 303


def test_two_begin_in_one_browser(archive: Archive, client: FlaskClient, provider: Provider) -> None:
    add_person(archive, "anna@example.org", Role.STAFF)
    backs = [provider.authorize(client.get("/sign-in/oidc").location) for _ in range(2)]
    assert [client.get("/sign-in/oidc/back", query_string=back).status_code for back in backs] == [303, 303]


def test_provider_that_is_down_is_said_beside_the_other_ways(
    archive: Archive, client: FlaskClient, provider: Provider
) -> None:
    post(client, add_person(archive, "anna@example.org", Role.STAFF), password=PASSWORD)
    post(client, "/sign-out")
    provider.metadata_changes = {"issuer": "https://evil.example"}
    answer = client.get("/sign-in/oidc")
    assert "svarar inte just nu" in answer.text
    assert post(client, "/sign-in", login="anna@example.org", password=PASSWORD).status_code == 303


def test_without_a_provider_there_is_no_such_way(tmp_path: Path) -> None:
    with open_archive(Settings(data=tmp_path / "data")) as archive:
        client = create_app(archive).test_client()
        assert "oidc" not in client.get("/sign-in").text
        assert [client.get(f"/sign-in/oidc{path}").status_code for path in ("", "/back")] == [404, 404]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('issuer = "http://login.example.org"\nclient_id = "x"', "an address with https"),
        ('issuer = "https://login.example.org"', "needs a client_id"),
    ],
)
def test_settings_that_could_not_work_are_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "archive.toml").write_text(f"[oidc]\n{text}\n", "utf-8")
    with pytest.raises(SettingsError, match=says):
        load_settings(tmp_path)
