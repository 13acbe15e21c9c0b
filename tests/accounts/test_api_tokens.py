from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from archive.accounts.api_tokens import find_bearer, new_api_token
from archive.catalogue.accounts import accounts, api_tokens
from archive.catalogue.database.database import Database
from archive.catalogue.tables.accounts import ApiTokenRow
from archive.errors import InputError, NotFound, TokenUnusable
from archive.model.accounts import Account, Role, TokenScope
from tests.accounts.conftest import add_account


def token_of(database: Database, account: Account, scope: TokenScope, days: float = 1) -> str:
    return new_api_token(database, account, "script", scope, days, "test")[0]


@pytest.mark.parametrize(
    ("role", "scope", "acts_as"),
    [
        (Role.ADMIN, TokenScope.READ, Role.MEMBER),
        (Role.STAFF, TokenScope.READ, Role.MEMBER),
        (Role.MEMBER, TokenScope.READ, Role.MEMBER),
        (Role.STAFF, TokenScope.WRITE, Role.STAFF),
        (Role.ADMIN, TokenScope.WRITE, Role.ADMIN),
    ],
)
def test_token_acts_for_its_owner_and_reads_at_most_as_a_member(
    database: Database, role: Role, scope: TokenScope, acts_as: Role
) -> None:
    account = add_account(database, "anna", role)
    found = find_bearer(database, token_of(database, account, scope))
    assert (found.signed_in.account.role, found.scope) == (acts_as, scope)
    assert found.signed_in.account.login == "anna"


def test_rights_follow_the_account(database: Database) -> None:
    account = add_account(database, "anna", Role.STAFF)
    token = token_of(database, account, TokenScope.WRITE)
    with database.write() as session:
        accounts.set_role(session, account.id, Role.MEMBER, "test")
    assert find_bearer(database, token).signed_in.account.role is Role.MEMBER
    with database.write() as session:
        accounts.end(session, account.id, "test")
    with pytest.raises(TokenUnusable):
        find_bearer(database, token)


def test_token_is_kept_as_a_digest_alone(database: Database) -> None:
    token = token_of(database, add_account(database, "anna"), TokenScope.READ)
    with database.read() as session:
        (row,) = session.execute(select(*ApiTokenRow.__table__.columns)).all()
    assert token.startswith("archive_")
    assert len(row.token_sha256) == 64
    assert not any(token in str(value) for value in row)


def test_token_ends_by_itself_and_when_told(database: Database) -> None:
    account, other = add_account(database, "anna"), add_account(database, "berit")
    made = [new_api_token(database, account, "", TokenScope.READ, 1, "test") for _ in range(2)]
    with database.write() as session:
        with pytest.raises(NotFound):
            api_tokens.end(session, other.id, made[0][1].id, "test")
        api_tokens.end(session, account.id, made[0][1].id, "test")
        session.execute(update(ApiTokenRow).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    for token, _ in made:
        with pytest.raises(TokenUnusable):
            find_bearer(database, token)
    with database.read() as session:
        assert api_tokens.of_account(session, account.id) == []


def test_last_use_is_noted_at_most_every_five_minutes(database: Database) -> None:
    account = add_account(database, "anna")
    token = token_of(database, account, TokenScope.READ)
    noted = []
    for minutes_ago in (None, 4, 6):
        if minutes_ago:
            with database.write() as session:
                earlier = datetime.now(UTC) - timedelta(minutes=minutes_ago)
                session.execute(update(ApiTokenRow).values(used_at=earlier))
        find_bearer(database, token)
        with database.read() as session:
            (kept,) = api_tokens.of_account(session, account.id)
        assert kept.used_at is not None
        noted.append(datetime.now(UTC) - kept.used_at < timedelta(minutes=3))
    assert noted == [True, False, True]


@pytest.mark.parametrize("days", [0, -1, 367, float("nan")])
def test_tokens_last_for_some_time_and_at_most_a_year(database: Database, days: float) -> None:
    account = add_account(database, "anna")
    with pytest.raises(InputError, match="lasts from 1 to 366 days"):
        token_of(database, account, TokenScope.READ, days)


def test_accounts_have_a_bounded_number_of_tokens(database: Database) -> None:
    account = add_account(database, "anna")
    for _ in range(50):
        token_of(database, account, TokenScope.READ)
    with pytest.raises(InputError, match="very many"):
        token_of(database, account, TokenScope.READ)
