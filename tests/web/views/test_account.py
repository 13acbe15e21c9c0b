import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from archive.accounts.api_tokens import new_api_token
from archive.app import Archive, open_archive
from archive.catalogue.accounts import accounts
from archive.model.accounts import Role, TokenScope
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.http.signed_in import COOKIE
from tests.filled_archive import add, slide
from tests.web.people import add_person, post, signed_in


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def header_of(archive: Archive, role: Role, scope: TokenScope) -> dict[str, str]:
    """Return the header of a token of a new account."""
    login = f"{role.value}-{scope.value}"
    add_person(archive, login, role)
    with archive.database.read() as session:
        account = accounts.find(session, login)
    assert account is not None
    return {"Authorization": f"Bearer {new_api_token(archive.database, account, '', scope, 1, 'test')[0]}"}


def test_token_is_made_shown_once_used_and_ended(archive: Archive, client: FlaskClient) -> None:
    signed_in(client, archive, Role.STAFF)
    made = post(client, "/account/tokens", **{"token-name": "Nattligt", "scope": "write", "days": "30"})
    token = made.text.split('value="archive_')[1].split('"')[0]
    page = client.get("/account").text
    assert token not in page
    assert "Nattligt" in page
    assert made.headers["Cache-Control"] == "no-store"
    program = create_app(archive).test_client()
    header = {"Authorization": f"bearer archive_{token}"}
    answer = program.get("/staff", headers=header)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert {"Authorization", "Cookie"} <= set(answer.vary)
    path = page.split('action="/account/tokens/')[1].split('"')[0]
    assert post(client, f"/account/tokens/{path}").status_code == 303
    assert program.get("/staff", headers=header).status_code == 401


@pytest.mark.parametrize("path", ["/api/search?q=x", "/", "/staff", "/healthz", "/account", "/missing"])
def test_wrong_token_is_refused_wherever_it_is_shown(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Authorization": "Bearer archive_wrong"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="archive", error="invalid_token"'
    if path.startswith("/api/"):
        assert answer.mimetype == "application/problem+json"
        assert answer.json is not None
        assert answer.json["code"] == "bad_token"


@pytest.mark.parametrize("role", [Role.STAFF, Role.ADMIN])
def test_reading_token_sees_at_most_what_a_member_sees(
    archive: Archive, client: FlaskClient, role: Role
) -> None:
    header = header_of(archive, role, TokenScope.READ)
    assert client.get("/staff", headers=header).status_code == 403
    page = client.get("/", headers=header)
    assert "Personalvy" not in page.text
    everybody = archive.settings.web.model_copy(update={"visitor": "staff"})
    with open_archive(archive.settings.model_copy(update={"web": everybody})) as open_to_all:
        program = create_app(open_to_all).test_client()
        assert "Personalvy" in program.get("/").text
        assert "Personalvy" not in program.get("/", headers=header).text


def test_reading_token_posts_nothing(archive: Archive, client: FlaskClient) -> None:
    header = header_of(archive, Role.ADMIN, TokenScope.READ)
    posts = [rule for rule in client.application.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(posts) > 10
    for rule in posts:
        path = rule.build({name: _value(rule, name) for name in rule.arguments}, append_unknown=False)
        assert path is not None
        assert client.post(path[1], headers=header).status_code == 403, rule
    assert client.patch("/account", headers=header).status_code in (403, 405)


def _value(rule: Rule, name: str) -> str | int:
    """Return a value that a parameter takes: the first of those it is one of, a number for a number."""
    one_of = re.search(rf"<any\(([^,)]+).*?\):{name}>", rule.rule)
    if one_of:
        return one_of[1].strip("'")
    return 1 if f"<int:{name}>" in rule.rule else "x"


@pytest.mark.parametrize("path", ["/account", "/staff/accounts"])
def test_tokens_look_after_no_accounts(archive: Archive, client: FlaskClient, path: str) -> None:
    header = header_of(archive, Role.ADMIN, TokenScope.WRITE)
    assert client.get(path, headers=header).status_code == 403
    assert (
        client.post("/account/tokens", data={"scope": "write", "days": "9"}, headers=header).status_code
        == 403
    )


def test_cookie_beside_a_token_counts_for_nothing(archive: Archive, client: FlaskClient) -> None:
    signed_in(client, archive, Role.ADMIN)
    header = header_of(archive, Role.MEMBER, TokenScope.READ)
    assert client.get("/staff", headers=header).status_code == 403
    assert client.get("/staff").status_code == 200
    assert client.get_cookie(COOKIE) is not None


def test_proxys_password_does_not_stand_for_the_forms_token(archive: Archive, client: FlaskClient) -> None:
    signed_in(client, archive, Role.STAFF)
    header = {"Authorization": "Basic YW5uYTpoZW1saWc=", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/account/sessions/end", headers=header).status_code == 403


@pytest.mark.parametrize(("role", "scope"), [(Role.MEMBER, "write"), (Role.STAFF, "king"), (Role.STAFF, "")])
def test_tokens_that_may_not_be_made_are_refused_in_a_sentence(
    archive: Archive, client: FlaskClient, role: Role, scope: str
) -> None:
    signed_in(client, archive, role)
    answer = post(client, "/account/tokens", scope=scope, days="9")
    assert answer.status_code == 400
    assert "Välj vad nyckeln får göra" in answer.text
    assert "gäller från 1 till 366 dagar" in post(client, "/account/tokens", scope="read", days="999").text


def test_a_member_makes_a_token_that_reads_what_members_see(archive: Archive, client: FlaskClient) -> None:
    closed = add(archive, "Medlemsbrev", slide("Brev", "porto"), visibility=Visibility.MEMBERS)
    drafts = add(archive, "Lönelista", slide("Löner"), visibility=Visibility.STAFF)
    archive.indexer.catch_up()
    signed_in(client, archive, Role.MEMBER)
    refused = post(client, "/account/tokens", **{"token-name": "R", "scope": "write", "days": "30"})
    assert refused.status_code == 400
    made = post(client, "/account/tokens", **{"token-name": "R", "scope": "read", "days": "30"})
    token = made.text.split('value="archive_')[1].split('"')[0]
    program = create_app(archive).test_client()
    header = {"Authorization": f"Bearer archive_{token}"}
    documents = program.get("/api/documents", headers=header).get_json()["items"]
    assert {one["id"] for one in documents} == {closed}
    assert program.get(f"/api/documents/{closed}/pages", headers=header).get_json()["items"]
    assert program.get(f"/api/documents/{drafts}", headers=header).status_code == 404
    assert program.get("/api/documents").get_json()["items"] == []
    assert closed in program.get("/search.atom", headers=header).text
    assert closed not in program.get("/search.atom").text
