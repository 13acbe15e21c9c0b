"""People who sign in to a test archive, and clients that act for them."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.accounts.setup_links import new_setup_link
from archive.app import Archive
from archive.catalogue.accounts import accounts
from archive.model.accounts import Role

PASSWORD = "gruva kanel nittio spade"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def add_person(archive: Archive, login: str, role: Role) -> str:
    """Add an account and return the path of its one-time link."""
    with archive.database.write() as session:
        account = accounts.add(session, login, login.title(), role, "test")
    return new_setup_link(archive.database, account.id, archive.settings.accounts, "test")


def post(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Send a form as a browser does from a page of the site itself."""
    return client.post(path, data=fields, headers=SAME_SITE)


def signed_in(client: FlaskClient, archive: Archive, role: Role) -> FlaskClient:
    """Return a client in which a new account of a role has signed in."""
    answer = post(client, add_person(archive, f"{role.value}@example.org", role), password=PASSWORD)
    assert answer.status_code == 303
    return client
