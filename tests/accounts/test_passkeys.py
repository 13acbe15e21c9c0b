import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from archive.accounts.ceremonies import CeremonyFailed, answered_challenge, signing_passkey
from archive.accounts.passkeys import Passkeys
from archive.accounts.relying_party import RelyingParty
from archive.accounts.sign_in import SignedIn, SignIn
from archive.catalogue import audit
from archive.catalogue.accounts import accounts, passkeys
from archive.catalogue.database.database import Database
from archive.catalogue.tables.accounts import SignInStateRow
from archive.errors import InputError, LinkUnusable, NotAllowed, NotFound, SignInFailed, TooMany
from archive.model.accounts import Account, LinkPurpose, Role, SignInMethod
from archive.settings.sections import AccountSettings
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import HERE, PASSWORD, add_account, add_with_password, new_link

SITE = RelyingParty("localhost", "http://localhost", "Arkivet")


@pytest.fixture
def ways(database: Database, sign_in: SignIn) -> Passkeys:
    return Passkeys(database, AccountSettings(), sign_in, SITE)


def set_up(
    database: Database, ways: Passkeys, login: str = "anna", role: Role = Role.STAFF
) -> tuple[Account, Authenticator]:
    """Add an account with a passkey by its one-time link."""
    account, authenticator = add_account(database, login, role), Authenticator()
    token = new_link(database, account)
    ways.set_up(token, authenticator.create(ways.ask_to_set_up(token)), HERE)
    return account, authenticator


def signed_in(ways: Passkeys, sign_in: SignIn, authenticator: Authenticator) -> SignedIn:
    found = sign_in.find(ways.sign(authenticator.get(ways.ask_to_sign(HERE)), HERE))
    assert found is not None
    return found


def test_link_makes_a_passkey_and_nothing_else_is_needed_to_sign_in(
    database: Database, ways: Passkeys, sign_in: SignIn
) -> None:
    account, authenticator = add_account(database, "anna"), Authenticator()
    token = new_link(database, account)
    asked = ways.ask_to_set_up(token)
    selection = json.loads(asked)["authenticatorSelection"]
    assert (selection["residentKey"], selection["userVerification"]) == ("required", "required")
    assert sign_in.find(ways.set_up(token, authenticator.create(asked), HERE)) is not None
    with pytest.raises(LinkUnusable, match="has been used"):
        ways.ask_to_set_up(token)
    asked = ways.ask_to_sign(HERE)
    assert json.loads(asked)["allowCredentials"] == []  # tells nothing of accounts
    found = sign_in.find(ways.sign(authenticator.get(asked), HERE))
    assert found is not None
    assert (found.account.login, found.login_session.method) == ("anna", SignInMethod.PASSKEY)
    with database.read() as session:
        (passkey,) = passkeys.of_account(session, account.id)
    assert (passkey.name, passkey.sign_count) == ("Firefox, Windows", 1)
    assert passkey.used_at is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"host": "evil.example"},
        {"verifies": False},
        {"handle": b"c29tZWJvZHk"},
        {"credential_id": b"unknown"},
        {"count": -1},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_wrong_answers_sign_nobody_in_and_are_noted(
    database: Database, ways: Passkeys, sign_in: SignIn, wrong: dict[str, object]
) -> None:
    _, authenticator = set_up(database, ways)
    signed_in(ways, sign_in, authenticator)
    for name, value in wrong.items():
        setattr(authenticator, name, value)
    with pytest.raises(SignInFailed, match="did not work"):
        ways.sign(authenticator.get(ways.ask_to_sign(HERE)), HERE)
    with database.read() as session:
        (noted,) = audit.latest(session, 1)
    assert (noted.action, noted.outcome) == ("account.sign_in", "failed")


@pytest.mark.parametrize(
    "wrong",
    [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"verifies": False}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_wrong_passkeys_are_not_kept_and_leave_the_link(
    database: Database, ways: Passkeys, wrong: dict[str, object]
) -> None:
    account = add_account(database, "anna")
    token = new_link(database, account)
    answer = Authenticator(**wrong).create(ways.ask_to_set_up(token))  # type: ignore[arg-type]
    with pytest.raises(SignInFailed):
        ways.set_up(token, answer, HERE)
    right = Authenticator()
    assert ways.set_up(token, right.create(ways.ask_to_set_up(token)), HERE)


def test_a_challenge_is_answered_once_in_time_and_by_whom_it_was_made_for(
    database: Database, ways: Passkeys, sign_in: SignIn
) -> None:
    account, authenticator = set_up(database, ways)
    answer = authenticator.get(ways.ask_to_sign(HERE))
    assert ways.sign(answer, HERE)
    with pytest.raises(SignInFailed):
        ways.sign(answer, HERE)
    answer = authenticator.get(ways.ask_to_sign(HERE))
    with database.write() as session:  # as if five minutes had passed
        session.execute(update(SignInStateRow).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    with pytest.raises(SignInFailed):
        ways.sign(answer, HERE)
    other = add_account(database, "berit")
    asked = ways.ask_to_set_up(new_link(database, other))
    with pytest.raises(SignInFailed):
        ways.make(signed_in(ways, sign_in, authenticator), Authenticator().create(asked), "")
    with pytest.raises(SignInFailed):  # a challenge for making is none for signing in
        ways.sign(authenticator.get(asked), HERE)
    with database.read() as session:
        assert len(passkeys.of_account(session, account.id)) == 1


def test_challenges_that_nobody_answers_do_not_pile_up(
    database: Database, ways: Passkeys, still_counts: datetime
) -> None:
    for _ in range(20):
        ways.ask_to_sign(HERE)
    with database.write() as session:
        session.execute(update(SignInStateRow).values(ends_at=still_counts - timedelta(seconds=1)))
    for _ in range(40):
        ways.ask_to_sign(HERE)
    with pytest.raises(TooMany):
        ways.ask_to_sign(HERE)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(SignInStateRow)) == 40


def test_ended_accounts_and_removed_passkeys_are_refused(
    database: Database, ways: Passkeys, sign_in: SignIn
) -> None:
    account, authenticator = set_up(database, ways)
    found, second = signed_in(ways, sign_in, authenticator), Authenticator()
    ways.make(found, second.create(ways.ask_to_make(account)), "  Telefonen ")
    with database.read() as session:
        first, made = passkeys.of_account(session, account.id)
    assert made.name == "Telefonen"
    ways.remove(found, first.credential_id)
    with pytest.raises(SignInFailed):
        ways.sign(authenticator.get(ways.ask_to_sign(HERE)), HERE)
    signed_in(ways, sign_in, second)
    with pytest.raises(InputError, match="only way"):
        ways.remove(found, made.credential_id)
    add_account(database, "admin", Role.ADMIN)
    with database.write() as session:
        accounts.end(session, account.id, "test")
    with pytest.raises(SignInFailed):
        ways.sign(second.get(ways.ask_to_sign(HERE)), HERE)


def test_removing_a_passkey_ends_the_sessions_of_other_devices(
    database: Database, ways: Passkeys, sign_in: SignIn
) -> None:
    account = add_with_password(database, sign_in, "anna")
    found = sign_in.find(sign_in.by_password("anna", PASSWORD, HERE))
    assert found is not None
    authenticator = Authenticator()
    ways.make(found, authenticator.create(ways.ask_to_make(account)), "")
    stolen = ways.sign(authenticator.get(ways.ask_to_sign(HERE)), HERE)
    with database.read() as session:
        (passkey,) = passkeys.of_account(session, account.id)
    ways.remove(found, passkey.credential_id)
    assert sign_in.find(stolen) is None
    with pytest.raises(NotFound):
        ways.remove(found, passkey.credential_id)


def test_a_passkey_belongs_to_one_account_and_shows_to_it_alone(
    database: Database, ways: Passkeys, sign_in: SignIn
) -> None:
    _, authenticator = set_up(database, ways)
    other, others = set_up(database, ways, "berit")
    found = signed_in(ways, sign_in, others)
    others.credential_id = authenticator.credential_id
    with pytest.raises(InputError, match="in use"):
        ways.make(found, others.create(ways.ask_to_make(other)), "")
    with database.read() as session:
        assert len(passkeys.of_account(session, other.id)) == 1
    excluded = json.loads(ways.ask_to_make(other))["excludeCredentials"]
    assert len(excluded) == 1


def test_admins_sign_in_by_passkey_where_a_password_is_not_enough(
    database: Database, sign_in: SignIn
) -> None:
    add_with_password(database, sign_in, "admin", Role.ADMIN)
    before = sign_in.by_password("admin", PASSWORD, HERE)
    settings = AccountSettings(admin_second_factor=True)
    strict = SignIn(database, settings)
    assert strict.find(before) is None  # begun before the setting said so
    ways = Passkeys(database, settings, strict, SITE)
    with database.read() as session:
        account = accounts.find(session, "admin")
    assert account is not None
    with pytest.raises(InputError, match="passkey"):
        strict.set_up(new_link(database, account), PASSWORD, HERE, "Arkivet")
    with pytest.raises(NotAllowed, match="passkey"):
        strict.by_link(new_link(database, account, LinkPurpose.SIGN_IN), HERE)
    token, authenticator = new_link(database, account), Authenticator()
    session_token = ways.set_up(token, authenticator.create(ways.ask_to_set_up(token)), HERE)
    found = strict.find(session_token)
    assert found is not None
    with database.read() as session:
        (passkey,) = passkeys.of_account(session, account.id)
    with pytest.raises(InputError, match="only way"):  # though there is a password
        ways.remove(found, passkey.credential_id)


def test_passkeys_can_be_switched_off(database: Database, sign_in: SignIn, ways: Passkeys) -> None:
    _, authenticator = set_up(database, ways)
    off = Passkeys(database, AccountSettings(passkey=False), sign_in, SITE)
    answer = authenticator.get(ways.ask_to_sign(HERE))
    with pytest.raises(InputError, match="switched off"):
        off.ask_to_sign(HERE)
    with pytest.raises(InputError, match="switched off"):
        off.sign(answer, HERE)


def test_guesses_from_one_address_are_held(
    database: Database, ways: Passkeys, still_counts: datetime
) -> None:
    for _ in range(10):
        with pytest.raises(SignInFailed):
            ways.sign("{}", HERE)
    with pytest.raises(TooMany):
        ways.sign("{}", HERE)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "192.0.2.7", ""])
def test_passkeys_are_bound_to_names_not_to_addresses(host: str) -> None:
    assert not RelyingParty(host, f"http://{host}", "Arkivet").can_have_passkeys
    assert SITE.can_have_passkeys


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_NAMES = ("id", "rawId", "type", "clientDataJSON", "authenticatorData", "signature", "userHandle")


@given(
    st.one_of(
        st.text(max_size=100),
        st.just("[" * 8000),
        st.dictionaries(st.sampled_from([*_NAMES, "response"]), _JSON, max_size=6).map(json.dumps),
        st.dictionaries(st.sampled_from(_NAMES), st.text("AZaz-_=\0é", max_size=9), max_size=7).map(
            lambda named: json.dumps({"type": "public-key", **named, "response": named})
        ),
    )
)
def test_whatever_a_browser_sends_is_read_or_refused(untrusted: str) -> None:
    for read in (answered_challenge, signing_passkey):
        with suppress(CeremonyFailed):
            read(untrusted)
