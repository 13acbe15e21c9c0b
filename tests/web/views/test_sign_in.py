import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from archive.app import Archive, open_archive
from archive.catalogue.accounts import accounts
from archive.catalogue.tables.accounts import RateCountRow
from archive.model.accounts import Role
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.http.signed_in import COOKIE
from tests.web.page_tree import text, tree
from tests.web.people import PASSWORD, add_person, post, signed_in_by_password


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def test_link_to_sign_in_repeats_no_address_without_end(archive: Archive, client: FlaskClient) -> None:
    add_person(archive, "anna", Role.STAFF)
    assert "next=/?q%3Dgruva" in client.get("/?q=gruva").text.replace("%2F", "/").replace("%3F", "?")
    assert len(client.get("/?q=gruva&event=" + "%C3%A5" * 15_000).data) < 50_000
    refused = client.get("/staff?q=" + "%C3%A5" * 15_000)
    assert refused.status_code == 303
    assert len(refused.location) < 100


def test_visitors_get_no_cookie_and_no_link_until_there_are_accounts(
    archive: Archive, client: FlaskClient
) -> None:
    page = client.get("/")
    assert "Set-Cookie" not in page.headers
    assert "/sign-in" not in page.text
    add_person(archive, "anna", Role.STAFF)
    page = create_app(archive).test_client().get("/")
    assert "Set-Cookie" not in page.headers
    assert "/sign-in" in page.text


def test_link_password_sign_out_and_in_again(archive: Archive, client: FlaskClient) -> None:
    link = add_person(archive, "anna", Role.STAFF)
    assert "Välkommen, Anna" in client.get(link).text
    answer = post(client, link, password=PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    for part in (f"{COOKIE}=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert client.get("/staff").status_code == 200
    assert client.get("/staff").headers["Cache-Control"] == "no-store"
    out = post(client, "/sign-out")
    assert out.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/staff").status_code == 303
    answer = post(client, "/sign-in", login="Anna", password=PASSWORD, next="/staff")
    assert answer.location == "/staff"
    assert "Personalvy" in client.get("/staff").text


def test_password_fields_hide_what_is_typed_and_leave_password_managers_alone(
    archive: Archive, client: FlaskClient
) -> None:
    link = add_person(archive, "anna", Role.STAFF)
    pages = [tree(client, "/sign-in"), tree(client, link)]
    post(client, link, password=PASSWORD)
    pages.append(tree(client, "/account"))
    fields = [page.xpath('//input[@type="password" or contains(@id, "password")]') for page in pages]
    kinds = [{(one.get("type"), one.get("autocomplete")) for one in of_page} for of_page in fields]
    assert kinds == [
        {("password", "current-password")},
        {("password", "new-password")},
        {("password", "current-password"), ("password", "new-password")},
    ]
    assert not any("readonly" in one.attrib or "maxlength" in one.attrib for page in fields for one in page)


def test_nobody_has_an_account_before_one_is_made(archive: Archive, client: FlaskClient) -> None:
    with archive.database.read() as session:
        assert list(accounts.list_accounts(session)) == []
    for login in ("root", "admin", "sa", "staff"):
        assert post(client, "/sign-in", login=login, password=login).status_code != 303


def test_stolen_cookie_is_worth_nothing_after_signing_out(archive: Archive, client: FlaskClient) -> None:
    signed_in_by_password(client, archive, Role.STAFF)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    post(client, "/sign-out")
    thief = create_app(archive).test_client()
    thief.set_cookie(COOKIE, cookie.value)
    answer = thief.get("/staff")
    assert answer.status_code == 303
    assert f"{COOKIE}=;" in answer.headers["Set-Cookie"]  # what is over is forgotten


def test_session_that_somebody_else_chose_is_not_taken_over(archive: Archive, client: FlaskClient) -> None:
    client.set_cookie(COOKIE, "chosen")
    answer = post(client, add_person(archive, "anna", Role.STAFF), password=PASSWORD)
    assert f"{COOKIE}=chosen" not in answer.headers["Set-Cookie"]
    other = create_app(archive).test_client()
    other.set_cookie(COOKIE, "chosen")
    assert other.get("/staff").status_code == 303


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_forms_of_other_sites_are_refused(
    archive: Archive, client: FlaskClient, headers: dict[str, str], is_taken: bool
) -> None:
    add_person(archive, "anna", Role.STAFF)
    answer = client.post("/sign-in", data={"login": "anna", "password": "x"}, headers=headers)
    assert ("hör inte ihop" in answer.text) is is_taken
    assert is_taken or "annan webbplats" in answer.text


def test_form_with_the_token_of_its_page_is_taken_by_old_browsers(
    archive: Archive, client: FlaskClient
) -> None:
    add_person(archive, "anna", Role.STAFF)
    token = tree(client, "/sign-in").xpath("string(//main//input[@name='csrf']/@value)")
    answer = client.post("/sign-in", data={"login": "anna", "password": "x", "csrf": token})
    assert "hör inte ihop" in answer.text
    answer = client.post("/sign-in", data={"login": "anna", "password": "x", "csrf": token[::-1]})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "next_address", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "x"]
)
def test_signing_in_never_leads_to_another_site(
    archive: Archive, client: FlaskClient, next_address: str
) -> None:
    signed_in_by_password(client, archive, Role.STAFF)
    post(client, "/sign-out")
    answer = post(client, "/sign-in", login="staff@example.org", password=PASSWORD, next=next_address)
    assert answer.location == "/"


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.MEMBER, "/account", 200),
        (Role.MEMBER, "/staff", 403),
        (Role.MEMBER, "/staff/accounts", 403),
        (Role.STAFF, "/staff", 200),
        (Role.STAFF, "/staff/accounts", 403),
        (Role.ADMIN, "/staff/accounts", 200),
        (None, "/account", 303),
        (None, "/staff", 303),
    ],
)
def test_pages_are_for_their_roles(
    archive: Archive, client: FlaskClient, role: Role | None, path: str, status: int
) -> None:
    if role:
        signed_in_by_password(client, archive, role)
    assert client.get(path).status_code == status


def test_admin_adds_ends_and_reopens_an_account(archive: Archive, client: FlaskClient) -> None:
    signed_in_by_password(client, archive, Role.ADMIN)
    made = post(client, "/staff/accounts", login="bo@example.org", name="Bo", role="member")
    link = made.text.split('value="http://localhost/link/')[1].split('"')[0]
    assert link not in client.get("/staff/accounts").text  # shown once
    with archive.database.read() as session:
        from archive.catalogue.accounts import accounts

        bo = accounts.find(session, "bo@example.org")
    assert bo is not None
    assert post(client, f"/staff/accounts/{bo.id}/role", role="staff").status_code == 303
    assert post(client, f"/staff/accounts/{bo.id}/end").status_code == 303
    assert "avslutat" in client.get("/staff/accounts").text
    assert create_app(archive).test_client().get(f"/link/{link}").status_code == 403
    assert "Engångslänk för bo@example.org" in post(client, f"/staff/accounts/{bo.id}/link").text
    assert "redan ett konto" in post(client, "/staff/accounts", login="Bo@example.org", role="staff").text
    assert "Välj en roll" in post(client, "/staff/accounts", login="eva", role="king").text


def test_somebody_ends_their_other_sessions(archive: Archive, client: FlaskClient) -> None:
    signed_in_by_password(client, archive, Role.MEMBER)
    other = create_app(archive).test_client()
    post(other, "/sign-in", login="member@example.org", password=PASSWORD)
    assert text(tree(client, "/account")).count("Logga ut –") == 2
    post(client, "/account/sessions/end")
    assert other.get("/account").status_code == 303
    assert client.get("/account").status_code == 200


def test_too_many_guesses_say_how_long_to_wait(
    archive: Archive, client: FlaskClient, still_counts: datetime
) -> None:
    for _ in range(10):
        assert post(client, "/sign-in", login="anna", password="x").status_code == 403
    answer = post(client, "/sign-in", login="anna", password="x")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 31
    assert "För många försök" in answer.text


def test_used_link_says_so_in_a_sentence(archive: Archive, client: FlaskClient) -> None:
    link = add_person(archive, "anna", Role.STAFF)
    post(client, link, password=PASSWORD)
    answer = client.get(link)
    assert answer.status_code == 403
    assert "Länken går inte att använda" in answer.text


def test_answers_do_not_tell_which_accounts_exist(
    archive: Archive, client: FlaskClient, still_counts: datetime
) -> None:
    post(client, add_person(archive, "known@example.org", Role.STAFF), password=PASSWORD)
    post(client, "/sign-out")
    add_person(archive, "unset@example.org", Role.STAFF)
    answers = []
    for login in ("known@example.org", "unset@example.org", "other@example.org"):
        for _ in range(11):
            answer = post(client, "/sign-in", login=login, password="wrong")
            told = re.sub(r'name="csrf" value="[0-9a-f]+"|Vänta [0-9]+ sekunder', "", answer.text)
            heads = {name for name, _ in answer.headers}
            answers.append((answer.status_code, told.replace(login, ""), frozenset(heads)))
        with archive.database.write() as session:
            session.execute(delete(RateCountRow))
    assert answers[:11] == answers[11:22] == answers[22:]
    assert [status for status, *_ in answers[:11]] == [403] * 10 + [429]


def test_signing_in_again_ends_the_session_before(archive: Archive, client: FlaskClient) -> None:
    signed_in_by_password(client, archive, Role.STAFF)
    before = client.get_cookie(COOKIE)
    assert before is not None
    assert post(client, "/sign-in", login="staff@example.org", password=PASSWORD).status_code == 303
    other = create_app(archive).test_client()
    other.set_cookie(COOKIE, before.value)
    assert other.get("/account").status_code == 303
    assert client.get("/account").status_code == 200
