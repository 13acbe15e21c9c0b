from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.model.accounts import Role
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.http.signed_in import COOKIE
from tests.accounts.authenticator import Authenticator
from tests.web.people import SAME_SITE, add_person, post, signed_in_by_password


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def test_link_passkey_sign_out_and_in_again_with_nothing_else(archive: Archive, client: FlaskClient) -> None:
    link, authenticator = add_person(archive, "anna", Role.STAFF), Authenticator()
    asked = post(client, f"{link}/passkey/options")
    assert asked.headers["Cache-Control"] == "no-store"
    answer = post(client, f"{link}/passkey", credential=authenticator.create(asked.text))
    assert (answer.status_code, COOKIE in answer.headers["Set-Cookie"]) == (303, True)
    assert "Firefox" not in client.get("/account").text
    post(client, "/sign-out")
    asked = post(client, "/sign-in/passkey/options")
    answer = post(client, "/sign-in/passkey", credential=authenticator.get(asked.text), next="/staff")
    assert answer.location == "/staff"
    assert "med passnyckel" in client.get("/account").text


def test_account_lists_adds_and_removes_passkeys(archive: Archive, client: FlaskClient) -> None:
    signed_in_by_password(client, archive, Role.MEMBER)
    authenticator = Authenticator()
    asked = post(client, "/account/passkeys/options")
    answer = post(client, "/account/passkeys", credential=authenticator.create(asked.text), name="<Mobilen>")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "&lt;Mobilen&gt;" in page
    assert "Passnyckeln är skapad" in page
    path = page.split('action="/account/passkeys/')[1].split('"')[0]
    assert post(client, f"/account/passkeys/{path}").status_code == 303
    assert "Mobilen" not in client.get("/account").text
    assert post(client, f"/account/passkeys/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/account/passkeys", "/account/passkeys/options", "/account/passkeys/x/end"],
)
def test_passkeys_of_an_account_are_for_who_has_signed_in(client: FlaskClient, path: str) -> None:
    assert post(client, path).status_code == 401


def test_what_does_not_work_is_said_on_the_page_where_it_was_begun(
    archive: Archive, client: FlaskClient
) -> None:
    link = add_person(archive, "anna", Role.STAFF)
    refusals = [post(client, path, credential="{}") for path in ("/sign-in/passkey", f"{link}/passkey")]
    signed_in_by_password(client, archive, Role.STAFF)
    refusals.append(post(client, "/account/passkeys", credential="{}"))
    for answer in refusals:
        assert answer.status_code == 403
        assert "Passnyckeln fungerade inte" in answer.text
    assert client.get(link).status_code == 200  # not used up
    assert client.post("/sign-in/passkey/options").status_code == 403  # of another site


@pytest.mark.parametrize(
    ("base", "has_button"),
    [("http://localhost", True), ("http://127.0.0.1", False), ("https://localhost", True)],
)
def test_passkeys_are_offered_where_browsers_take_them(
    archive: Archive, client: FlaskClient, base: str, has_button: bool
) -> None:
    link = add_person(archive, "anna", Role.STAFF)
    for path in ("/sign-in", link):
        assert ("passkeys.js" in client.get(path, base_url=base).text) is has_button


def test_passkeys_of_https_are_bound_to_the_sites_address(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path / "data",
        web={"base_url": "https://arkiv.example.org"},  # type: ignore[arg-type] # as read from the file
    )
    with open_archive(settings) as archive:
        client = create_app(archive).test_client()
        link = add_person(archive, "anna", Role.STAFF)
        asked = post(client, f"{link}/passkey/options")
        assert asked.json is not None
        assert asked.json["rp"]["id"] == "arkiv.example.org"
        right = Authenticator("arkiv.example.org", "https://arkiv.example.org")
        assert post(client, f"{link}/passkey", credential=right.create(asked.text)).status_code == 303


def test_admins_are_offered_no_password_where_they_need_a_passkey(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path / "data",
        accounts={"admin_second_factor": True},  # type: ignore[arg-type] # as read from the file
    )
    with open_archive(settings) as archive:
        client = create_app(archive).test_client()
        for role, is_offered in ((Role.ADMIN, False), (Role.STAFF, True)):
            page = client.get(add_person(archive, role.value, role))
            assert ('name="password"' in page.text) is is_offered
            assert "passkeys.js" in page.text


def test_importing_the_library_is_left_to_who_uses_a_passkey(archive: Archive) -> None:
    import subprocess
    import sys

    rare = {"webauthn", "zxcvbn", "xlsxwriter"}  # nor is it done for new passwords and workbooks
    code = f"import sys, archive.web.factory; sys.exit(bool({rare} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_sign_in_by_passkey_needs_the_pages_token_in_old_browsers(
    archive: Archive, client: FlaskClient
) -> None:
    add_person(archive, "anna", Role.STAFF)
    page = client.get("/sign-in").text
    token = page.split('name="csrf" value="')[1].split('"')[0]
    assert client.post("/sign-in/passkey/options", data={"csrf": token}).status_code == 200
    assert client.post("/sign-in/passkey/options", headers=SAME_SITE).status_code == 200
