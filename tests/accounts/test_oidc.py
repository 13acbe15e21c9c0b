import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from archive.accounts.api_tokens import find_bearer, new_api_token
from archive.accounts.oidc import Oidc, Returned
from archive.accounts.sign_in import SignedIn, SignIn
from archive.catalogue.accounts import accounts
from archive.catalogue.database.database import Database
from archive.errors import SignInFailed, TokenUnusable
from archive.model.accounts import Account, Role, SignInMethod, TokenScope
from archive.settings.sign_in import OidcSettings
from tests.accounts.conftest import HERE, PASSWORD, add_account, add_with_password
from tests.accounts.openid_provider import CLIENT, Provider, serving

BACK = "http://localhost/sign-in/oidc/back"
ROLES = {"arkiv-admin": "admin", "arkiv-personal": "staff", "alla": "member"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving() as served:
        yield served


Make = Callable[..., Oidc]


@pytest.fixture
def make(database: Database, sign_in: SignIn, provider: Provider) -> Make:
    def made(**settings: Any) -> Oidc:
        known = {"issuer": provider.issuer, "client_id": CLIENT, "create_accounts": True}
        return Oidc(
            database, OidcSettings.model_validate({"default_role": "member"} | known | settings), sign_in
        )

    return made


def come_back(oidc: Oidc, provider: Provider, **changes: str) -> str:
    """Sign in at the provider and come back; return the session's token."""
    back = provider.authorize(oidc.begin(BACK, "/staff", "browser", HERE))
    known = {"iss": "", "error": "", "browser": "browser"} | back | changes
    returned = Returned(known["state"], known["code"], known["iss"], known["error"])
    token, address = oidc.finish(returned, known["browser"], HERE)
    assert address == "/staff"
    return token


def signed_in(sign_in: SignIn, token: str) -> SignedIn:
    found = sign_in.find(token)
    assert found is not None
    return found


def account_of(database: Database, login: str) -> Account:
    with database.read() as session:
        found = accounts.find(session, login)
    assert found is not None
    return found


def test_somebody_new_has_their_role_from_the_first_sign_in(
    database: Database, sign_in: SignIn, make: Make, provider: Provider
) -> None:
    provider.claims["groups"] = ["alla", "arkiv-personal", "annat"]
    found = signed_in(sign_in, come_back(make(roles=ROLES), provider))
    assert (found.account.login, found.account.name) == ("anna@example.org", "Anna Ek")
    assert (found.account.role, found.login_session.method) == (Role.STAFF, SignInMethod.OIDC)


def test_account_is_known_again_by_its_subject_not_by_its_address(
    sign_in: SignIn, make: Make, provider: Provider
) -> None:
    oidc = make()
    first = signed_in(sign_in, come_back(oidc, provider)).account
    provider.claims["email"] = "anna.ek@example.org"
    assert signed_in(sign_in, come_back(oidc, provider)).account.id == first.id


def test_account_of_the_same_verified_address_is_taken(
    database: Database, sign_in: SignIn, make: Make, provider: Provider
) -> None:
    account = add_account(database, "anna@example.org", Role.STAFF)
    provider.claims["email_verified"] = False
    with pytest.raises(SignInFailed):
        come_back(make(), provider)
    provider.claims["email_verified"] = True
    found = signed_in(sign_in, come_back(make(create_accounts=False), provider))
    assert (found.account.id, found.account.role) == (account.id, Role.STAFF)


@pytest.mark.parametrize(
    ("claim", "value", "role"),
    [
        ("groups", "arkiv-admin", Role.ADMIN),
        ("realm_access.roles", {"roles": ["arkiv-personal"]}, Role.STAFF),
        ("groups", [3, None, "alla"], Role.MEMBER),
        ("groups", {"arkiv-admin": True}, None),
        ("groups", None, None),
    ],
)
def test_claims_give_roles(
    sign_in: SignIn, make: Make, provider: Provider, claim: str, value: object, role: Role | None
) -> None:
    provider.claims[claim.partition(".")[0]] = value
    oidc = make(roles=ROLES, roles_claim=claim, default_role="")
    if role is None:
        with pytest.raises(SignInFailed, match="no rights here"):
            come_back(oidc, provider)
    else:
        assert signed_in(sign_in, come_back(oidc, provider)).account.role is role


def test_what_the_token_leaves_out_is_asked_for_beside_it(
    sign_in: SignIn, make: Make, provider: Provider
) -> None:
    provider.userinfo = {**provider.claims, "groups": ["arkiv-personal"], "iss": "https://evil.example"}
    provider.claims = {"sub": "anna-1"}
    found = signed_in(sign_in, come_back(make(roles=ROLES), provider))
    assert (found.account.login, found.account.role) == ("anna@example.org", Role.STAFF)
    provider.userinfo["sub"] = "somebody else"
    with pytest.raises(SignInFailed):
        come_back(make(roles=ROLES), provider)


def test_role_goes_with_the_group_and_other_sessions_with_the_role(
    database: Database, sign_in: SignIn, make: Make, provider: Provider
) -> None:
    oidc = make(roles=ROLES)
    provider.claims["groups"] = ["arkiv-personal"]
    first = come_back(oidc, provider)
    second = come_back(oidc, provider)
    assert sign_in.find(first) is not None  # the same role leaves other sessions alone
    provider.claims["groups"] = []
    third = come_back(oidc, provider)
    assert signed_in(sign_in, third).account.role is Role.MEMBER
    assert (sign_in.find(first), sign_in.find(second)) == (None, None)


def test_who_has_no_role_any_more_is_out(
    database: Database, sign_in: SignIn, make: Make, provider: Provider
) -> None:
    oidc = make(roles=ROLES, default_role="")
    provider.claims["groups"] = ["arkiv-personal"]
    before = come_back(oidc, provider)
    provider.claims["groups"] = []
    with pytest.raises(SignInFailed, match="no rights here"):
        come_back(oidc, provider)
    assert sign_in.find(before) is None
    assert account_of(database, "anna@example.org").role is Role.MEMBER


def test_who_has_no_role_any_more_is_out_by_every_other_way_too(
    database: Database, sign_in: SignIn, make: Make, provider: Provider
) -> None:
    account = add_with_password(database, sign_in, "anna@example.org", Role.STAFF)
    oidc = make(roles=ROLES, default_role="")
    provider.claims["groups"] = ["arkiv-personal"]
    come_back(oidc, provider)
    secret, _ = new_api_token(database, account, "skript", TokenScope.WRITE, 30, "anna")
    assert find_bearer(database, secret)
    assert sign_in.by_password("anna@example.org", PASSWORD, HERE)
    provider.claims["groups"] = []
    with pytest.raises(SignInFailed, match="no rights here"):
        come_back(oidc, provider)
    with pytest.raises(TokenUnusable):
        find_bearer(database, secret)
    with pytest.raises(SignInFailed):
        sign_in.by_password("anna@example.org", PASSWORD, HERE)


def test_who_gets_a_role_again_comes_in_again_and_who_was_ended_by_an_admin_does_not(
    database: Database, sign_in: SignIn, make: Make, provider: Provider
) -> None:
    oidc = make(roles=ROLES, default_role="")
    provider.claims["groups"] = ["arkiv-personal"]
    come_back(oidc, provider)
    provider.claims["groups"] = []
    for _ in range(2):
        with pytest.raises(SignInFailed, match="no rights here"):
            come_back(oidc, provider)
    provider.claims["groups"] = ["alla"]
    again = signed_in(sign_in, come_back(oidc, provider))
    assert again.account.role is Role.MEMBER
    with database.write() as session:
        accounts.end(session, again.account.id, "berit")
    with pytest.raises(SignInFailed, match="no rights here"):
        come_back(oidc, provider)


def test_last_admin_is_never_demoted_by_a_claim(
    database: Database, sign_in: SignIn, make: Make, provider: Provider
) -> None:
    add_account(database, "anna@example.org", Role.ADMIN)
    provider.claims["groups"] = ["alla"]
    oidc = make(roles=ROLES)
    assert signed_in(sign_in, come_back(oidc, provider)).account.role is Role.ADMIN
    add_account(database, "berit", Role.ADMIN)
    assert signed_in(sign_in, come_back(oidc, provider)).account.role is Role.MEMBER


def test_only_people_of_the_domains_come_in(sign_in: SignIn, make: Make, provider: Provider) -> None:
    oidc = make(domains=("Example.org",))
    assert come_back(oidc, provider)
    provider.claims |= {"sub": "eva", "email": "eva@evil-example.org"}
    with pytest.raises(SignInFailed):
        come_back(oidc, provider)


def test_nobody_is_let_in_without_an_account_where_none_are_made(make: Make, provider: Provider) -> None:
    with pytest.raises(SignInFailed, match="no rights"):
        come_back(make(create_accounts=False), provider)


def test_ended_account_stays_ended(
    database: Database, make: Make, provider: Provider, sign_in: SignIn
) -> None:
    account = signed_in(sign_in, come_back(make(), provider)).account
    with database.write() as session:
        accounts.end(session, account.id, "test")
    with pytest.raises(SignInFailed):
        come_back(make(), provider)


def test_two_sign_ins_at_once_do_not_disturb_each_other(
    sign_in: SignIn, make: Make, provider: Provider
) -> None:
    oidc = make()
    backs = [provider.authorize(oidc.begin(BACK, f"/e/{number}", "browser", HERE)) for number in range(2)]
    for number, back in reversed(list(enumerate(backs))):
        token, address = oidc.finish(Returned(back["state"], back["code"], "", ""), "browser", HERE)
        assert address == f"/e/{number}"
        assert sign_in.find(token) is not None


def _at(changes: dict[str, object]) -> dict[str, object]:
    """Return claims whose times, in seconds from now, are points in time."""
    times = ("exp", "iat", "nbf")
    return {
        name: int(time.time()) + value if name in times and isinstance(value, int) else value
        for name, value in changes.items()
    }


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"iss": "https://evil.example"}, "iss"),
        ({"iss": None}, "iss"),
        ({"aud": "another"}, "aud"),
        ({"aud": ["another", "third"]}, "aud"),
        ({"aud": None}, "aud"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "azp"),
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": -200}, "Expired"),
        ({"exp": None}, "exp"),
        ({"iat": 400, "exp": 800}, "in the future"),
        ({"nbf": 400}, "not yet valid"),
        ({"sub": None}, "sub"),
        ({"sub": 7}, "sub"),
        ({"at_hash": "wrong"}, "at_hash"),
    ],
    ids=str,
)
def test_wrong_claims_are_refused_with_a_named_line(
    database: Database,
    make: Make,
    provider: Provider,
    caplog: pytest.LogCaptureFixture,
    changes: dict[str, object],
    named: str,
) -> None:
    provider.changes = _at(changes)
    with caplog.at_level(logging.WARNING, "archive.accounts"), pytest.raises(SignInFailed, match="Try again"):
        come_back(make(), provider)
    (line,) = caplog.messages
    assert line.startswith("OIDC sign-in refused: token: id_token")
    assert named in line


@pytest.mark.parametrize("changes", [{"exp": -60}, {"iat": 60, "exp": 600}, {"nbf": 60}])
def test_clocks_may_differ_by_two_minutes(make: Make, provider: Provider, changes: dict[str, object]) -> None:
    provider.changes = _at(changes)
    assert come_back(make(), provider)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_tokens_that_anybody_could_sign_are_refused(make: Make, provider: Provider, algorithm: str) -> None:
    provider.algorithm = algorithm
    with pytest.raises(SignInFailed):
        come_back(make(), provider)


def test_key_of_somebody_else_is_refused_and_a_new_one_of_the_provider_taken(
    make: Make, provider: Provider
) -> None:
    oidc = make()
    assert come_back(oidc, provider)
    provider.rotate()
    assert come_back(oidc, provider)
    published = provider.key
    provider.rotate()  # keeps signing with the new one, under the name of the one that is published
    provider.key = published
    with pytest.raises(SignInFailed):
        come_back(oidc, provider)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"state": "another"}, "state: not known"),
        ({"state": ""}, "state: not known"),
        ({"browser": "another"}, "state: of another browser"),
        ({"browser": ""}, "state: of another browser"),
        ({"iss": "https://evil.example"}, "iss: of another provider"),
        ({"error": "access_denied"}, "provider: it has signed nobody in"),
        ({"code": ""}, "provider: it has signed nobody in"),
        ({"code": "stolen"}, "token: /token: HTTP 400"),
    ],
    ids=str,
)
def test_what_was_not_begun_here_is_refused_with_a_named_line(
    make: Make, provider: Provider, caplog: pytest.LogCaptureFixture, changes: dict[str, str], named: str
) -> None:
    with caplog.at_level(logging.WARNING, "archive.accounts"), pytest.raises(SignInFailed):
        come_back(make(), provider, **changes)
    assert caplog.messages == [f"OIDC sign-in refused: {named}{', too old or used' * ('known' in named)}"]


def test_state_is_good_once(make: Make, provider: Provider) -> None:
    oidc = make()
    back = provider.authorize(oidc.begin(BACK, "/staff", "browser", HERE))
    returned = Returned(back["state"], back["code"], provider.issuer, "")
    oidc.finish(returned, "browser", HERE)
    with pytest.raises(SignInFailed):
        oidc.finish(returned, "browser", HERE)


def test_password_works_while_the_provider_is_down(
    database: Database, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    with serving() as gone:
        issuer = gone.issuer
    oidc = Oidc(database, OidcSettings(issuer=issuer, client_id=CLIENT), sign_in)
    for _ in range(2):
        with pytest.raises(SignInFailed, match="does not answer"):
            oidc.begin(BACK, "/", "browser", HERE)
    assert "provider: " in caplog.messages[0]
    assert caplog.messages[1].endswith("it did not answer a moment ago")
    add_with_password(database, sign_in, "anna@example.org")
    assert sign_in.by_password("anna@example.org", PASSWORD, HERE)


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"authorization_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_provider_that_calls_itself_another_or_leads_elsewhere_is_not_used(
    make: Make, provider: Provider, changes: dict[str, object]
) -> None:
    provider.metadata_changes = changes
    with pytest.raises(SignInFailed, match="does not answer"):
        make().begin(BACK, "/", "browser", HERE)


def test_what_the_provider_says_of_itself_is_asked_for_once(make: Make, provider: Provider) -> None:
    oidc = make()
    for _ in range(3):
        come_back(oidc, provider)
    assert sorted(provider.asked) == ["/.well-known/openid-configuration", "/keys"]
