"""People who sign in to a test archive, and clients that act for them."""

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.accounts.credentials import new_token, token_digest
from archive.accounts.setup_links import new_setup_link
from archive.app import Archive
from archive.catalogue.accounts import accounts, login_sessions
from archive.catalogue.identifiers import new_id
from archive.model.accounts import Role, SignInMethod
from archive.web.http.signed_in import COOKIE

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


def signed_in(client: FlaskClient, archive: Archive, role: Role, login: str = "") -> FlaskClient:
    """Return a client in which a new account of a role has signed in, without the work of a password."""
    login = login or f"{role.value}@example.org"
    token = _new_session(archive, login, login.title(), role)
    client.set_cookie(COOKIE, token)
    return client


def signed_in_by_password(client: FlaskClient, archive: Archive, role: Role) -> FlaskClient:
    """Return a client in which a new account of a role has signed in with PASSWORD."""
    answer = post(client, add_person(archive, f"{role.value}@example.org", role), password=PASSWORD)
    assert answer.status_code == 303
    return client


def session_cookie(archive: Archive, role: Role) -> dict[str, str]:
    """Return the header of a new account that has signed in, without the work that a password costs."""
    token = _new_session(archive, f"{new_id()}@example.org", role.value.title(), role)
    return {"Cookie": f"{COOKIE}={token}"}


def window_state(archive: Archive, login: str, role: Role) -> Any:
    """Return what opens a window of Chromium in which a new account has signed in, without a password.

    It is the `storage_state` of a context for a site on 127.0.0.1.
    """
    token = _new_session(archive, login, login.title(), role)
    place = {"domain": "127.0.0.1", "path": "/", "expires": -1, "sameSite": "Lax"}
    cookie = {"name": COOKIE, "value": token, "httpOnly": True, "secure": True, **place}
    return {"cookies": [cookie], "origins": []}


def _new_session(archive: Archive, login: str, name: str, role: Role) -> str:
    token, lasts = new_token(), timedelta(hours=1)
    with archive.database.write() as session:
        account = accounts.add(session, login, name, role, "test")
        login_sessions.begin(
            session, account.id, token_digest(token), SignInMethod.PASSWORD, "", lasts, lasts
        )
    return token
