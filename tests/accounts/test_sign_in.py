from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from archive.accounts.credentials import token_digest
from archive.accounts.sign_in import SignIn
from archive.catalogue.accounts import accounts, links, login_sessions
from archive.catalogue.database.database import Database
from archive.catalogue.tables.accounts import RateCountRow
from archive.errors import InputError, LinkUnusable, NotAllowed, SignInFailed, TooMany
from archive.model.accounts import LinkPurpose, Role, SignInMethod
from archive.settings.sections import AccountSettings
from tests.accounts.conftest import HERE, PASSWORD, add_account, add_with_password, new_link


def test_link_lets_choose_a_password_once(database: Database, sign_in: SignIn) -> None:
    account = add_account(database, "anna")
    token = new_link(database, account)
    with pytest.raises(InputError, match="too short"):
        sign_in.set_up(token, "kort", HERE, "Arkivet")
    found = sign_in.find(sign_in.set_up(token, PASSWORD, HERE, "Arkivet"))
    assert found is not None
    assert (found.account.login, found.login_session.method) == ("anna", SignInMethod.LINK)
    with pytest.raises(LinkUnusable, match="has been used"):
        sign_in.set_up(token, PASSWORD, HERE, "Arkivet")


def test_looking_at_a_link_does_not_use_it_up(database: Database, sign_in: SignIn) -> None:
    account = add_account(database, "anna", Role.MEMBER)
    token = new_link(database, account, LinkPurpose.SIGN_IN)
    for _ in range(3):
        with database.read() as session:
            assert links.look(session, token_digest(token))[0].login == "anna"
    assert sign_in.find(sign_in.by_link(token, HERE)) is not None


def test_links_that_do_not_work_say_why(database: Database, sign_in: SignIn) -> None:
    account = add_account(database, "anna")
    old, newest = new_link(database, account), new_link(database, account)
    with pytest.raises(LinkUnusable, match="does not work"):
        sign_in.set_up(old, PASSWORD, HERE, "Arkivet")  # the newer one has taken its place
    with pytest.raises(LinkUnusable, match="for choosing a password"):
        sign_in.by_link(newest, HERE)
    with pytest.raises(LinkUnusable, match="too old"):
        sign_in.set_up(new_link(database, account, hours=0), PASSWORD, HERE, "Arkivet")
    with pytest.raises(LinkUnusable, match="does not work"):
        sign_in.set_up("no token", PASSWORD, HERE, "Arkivet")


def test_right_password_signs_in_whatever_the_case_of_the_login(database: Database, sign_in: SignIn) -> None:
    add_with_password(database, sign_in, "anna@example.org")
    found = sign_in.find(sign_in.by_password(" Anna@Example.ORG ", PASSWORD, HERE))
    assert found is not None
    assert found.login_session.device == "Firefox, Windows"


def test_wrong_unknown_ended_and_unset_accounts_are_told_alike(database: Database, sign_in: SignIn) -> None:
    ended = add_with_password(database, sign_in, "ended")
    add_with_password(database, sign_in, "known")
    add_account(database, "without")
    with database.write() as session:
        accounts.end(session, ended.id, "test")
    said = set()
    for login in ("known", "unknown", "ended", "without"):
        with pytest.raises(SignInFailed) as refused:
            sign_in.by_password(login, "something else", HERE)
        said.add(refused.value.message)
    assert len(said) == 1


def test_eleventh_guess_is_held_for_known_and_unknown_alike(
    database: Database, sign_in: SignIn, still_counts: datetime
) -> None:
    add_with_password(database, sign_in, "known")
    for login in ("known", "unknown"):
        for number in range(10):
            with pytest.raises(SignInFailed):
                sign_in.by_password(login, "wrong", replace(HERE, address=f"{login}-{number}"))
        with pytest.raises(TooMany) as held:
            sign_in.by_password(login, PASSWORD, replace(HERE, address="another"))
        assert 1 <= held.value.wait_s <= 31


def test_right_password_works_once_the_guesses_are_over(
    database: Database, sign_in: SignIn, still_counts: datetime
) -> None:
    add_with_password(database, sign_in, "known")
    for number in range(10):
        with pytest.raises(SignInFailed):
            sign_in.by_password("known", "wrong", replace(HERE, address=str(number)))
    with database.write() as session:
        # As if the half minute had passed.
        session.execute(update(RateCountRow).values(ends_at=still_counts - timedelta(seconds=1)))
    assert sign_in.by_password("known", PASSWORD, HERE)


def test_guesses_hold_over_several_processes(
    database: Database, sign_in: SignIn, still_counts: datetime
) -> None:
    other = SignIn(database, AccountSettings())
    for number in range(10):
        with pytest.raises(SignInFailed):
            (sign_in, other)[number % 2].by_password("anna", "wrong", HERE)
    with pytest.raises(TooMany):
        other.by_password("berit", "wrong", HERE)  # the address is the same


def test_session_ends_when_unused_when_too_old_and_when_told(database: Database, sign_in: SignIn) -> None:
    account = add_with_password(database, sign_in, "anna")
    token = sign_in.by_password("anna", PASSWORD, HERE)
    now = datetime.now(UTC)
    with database.read() as session:
        digest = token_digest(token)
        assert login_sessions.find(session, digest, now + timedelta(hours=11)) is not None
        assert login_sessions.find(session, digest, now + timedelta(hours=13)) is None
        assert login_sessions.find(session, digest, now + timedelta(days=31)) is None
    found = sign_in.find(token)
    assert found is not None
    sign_in.out(found)
    assert sign_in.find(token) is None
    other = sign_in.by_password("anna", PASSWORD, HERE)
    with database.write() as session:
        accounts.set_role(session, account.id, Role.MEMBER, "test")
    assert sign_in.find(other) is None  # rights are not changed under a session


def test_only_a_members_device_is_remembered(database: Database, sign_in: SignIn) -> None:
    for role in (Role.MEMBER, Role.STAFF):
        add_with_password(database, sign_in, role.value, role)
        token = sign_in.by_password(role.value, PASSWORD, HERE, remember=True)
        with database.read() as session:
            later = datetime.now(UTC) + timedelta(days=89)
            is_known = login_sessions.find(session, token_digest(token), later) is not None
        assert is_known is (role is Role.MEMBER)


def test_changing_the_password_ends_all_other_sessions(database: Database, sign_in: SignIn) -> None:
    add_with_password(database, sign_in, "anna")
    one, two = (sign_in.by_password("anna", PASSWORD, HERE) for _ in range(2))
    found = sign_in.find(one)
    assert found is not None
    with pytest.raises(SignInFailed):
        sign_in.change_password(found, "wrong", "helt annat ord vinterdäck", HERE, "Arkivet")
    new = sign_in.change_password(found, PASSWORD, "helt annat ord vinterdäck", HERE, "Arkivet")
    assert [sign_in.find(token) is not None for token in (one, two, new)] == [False, False, True]


def test_admins_need_more_than_a_password_once_a_setting_says_so(database: Database, sign_in: SignIn) -> None:
    strict = SignIn(database, AccountSettings(admin_second_factor=True))
    add_with_password(database, sign_in, "admin", Role.ADMIN)
    add_with_password(database, sign_in, "staff", Role.STAFF)
    with pytest.raises(NotAllowed, match="passkey"):
        strict.by_password("admin", PASSWORD, HERE)
    assert strict.by_password("staff", PASSWORD, HERE)


def test_passwords_can_be_switched_off(database: Database, sign_in: SignIn) -> None:
    add_with_password(database, sign_in, "anna")
    with pytest.raises(SignInFailed):
        SignIn(database, AccountSettings(password=False)).by_password("anna", PASSWORD, HERE)


@pytest.mark.parametrize("by", ["address", "login"])
def test_a_thousand_guesses_are_held_from_the_eleventh_on_and_the_right_password_works_afterwards(
    database: Database, sign_in: SignIn, still_counts: datetime, by: str
) -> None:
    add_with_password(database, sign_in, "known")
    refused = Counter[type[Exception]]()
    for number in range(1000):
        login, address = (
            ("known", f"address {number}") if by == "login" else (f"login {number}", HERE.address)
        )
        try:
            sign_in.by_password(login, "wrong", replace(HERE, address=address))
        except (SignInFailed, TooMany) as error:
            refused[type(error)] += 1
    assert refused == {SignInFailed: 10, TooMany: 990}
    with pytest.raises(TooMany):
        sign_in.by_password("known", PASSWORD, HERE)
    with database.write() as session:  # as if the half minute had passed
        session.execute(update(RateCountRow).values(ends_at=still_counts - timedelta(seconds=1)))
    assert sign_in.by_password("known", PASSWORD, HERE)
