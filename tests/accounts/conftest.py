"""An empty catalogue, on SQLite and on PostgreSQL, signing in on it, and an account for each role."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from archive.accounts.credentials import new_token, token_digest
from archive.accounts.sign_in import Client, SignIn
from archive.catalogue.accounts import accounts, links
from archive.catalogue.database.database import Database
from archive.model.accounts import Account, LinkPurpose, Role
from archive.settings.sections import AccountSettings

PASSWORD = "gruva kanel nittio spade"
HERE = Client("192.0.2.1", "Firefox, Windows")


@pytest.fixture
def database(catalogue_url: str) -> Iterator[Database]:
    database = Database.open(catalogue_url)
    yield database
    database.close()


@pytest.fixture
def sign_in(database: Database) -> SignIn:
    return SignIn(database, AccountSettings())


def add_account(database: Database, login: str, role: Role = Role.STAFF) -> Account:
    """Add an account that cannot sign in yet."""
    with database.write() as session:
        return accounts.add(session, login, login.title(), role, "test")


def new_link(
    database: Database, account: Account, purpose: LinkPurpose = LinkPurpose.SETUP, hours: float = 72
) -> str:
    """Return the token of a new one-time link."""
    token = new_token()
    with database.write() as session:
        links.add(session, account.id, purpose, token_digest(token), timedelta(hours=hours), "test")
    return token


def add_with_password(database: Database, sign_in: SignIn, login: str, role: Role = Role.STAFF) -> Account:
    """Add an account whose password is PASSWORD."""
    account = add_account(database, login, role)
    sign_in.set_up(new_link(database, account), PASSWORD, HERE, "Arkivet")
    return account
