"""Forms of records as a browser sends them: filled in from the page, with some fields changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from archive.app import Archive
from archive.catalogue.events.save_event import save_event
from archive.model.accounts import Role
from archive.web.factory import create_app
from tests.catalogue.conftest import SEMINAR
from tests.filled_archive import opened
from tests.web.page_tree import form_with
from tests.web.people import SAME_SITE, session_cookie

SAVE = "Spara"


@contextmanager
def filled(folder: Path) -> Iterator[tuple[Archive, str, tuple[str, ...]]]:
    """Open an archive with one seminar; give it with the identifiers of the event and its talks."""
    with opened(folder) as archive:
        with archive.database.write() as session:
            saved = save_event(session, SEMINAR, "test")
        yield archive, saved.event_id, saved.talk_ids


def client_of(archive: Archive, role: Role | None = Role.STAFF) -> FlaskClient:
    """Return a client in which somebody new of a role has signed in; None: nobody has."""
    client = create_app(archive).test_client(use_cookies=False)
    if role is not None:
        client.environ_base["HTTP_COOKIE"] = session_cookie(archive, role)["Cookie"]
    return client


def form_at(client: FlaskClient, address: str, button: str = SAVE) -> MultiDict[str, str]:
    """Return what the form of a page with a button would send, but for its buttons."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return fields_of(answer.text, button)


def fields_of(text: str, button: str = SAVE) -> MultiDict[str, str]:
    """Return what the form in a page with a button would send, but for its buttons."""
    return MultiDict(form_with(html.fromstring(text), button).form_values())


def send(client: FlaskClient, address: str, form: MultiDict[str, str], **changed: Any) -> TestResponse:
    """Send a form, with some fields changed."""
    fields = form.copy()
    for name, value in changed.items():
        fields.setlist(name, value if isinstance(value, list) else [value])
    return client.post(address, data=fields, headers=SAME_SITE)


def words(answer: TestResponse) -> str:
    """Return the text of a page."""
    return " ".join(str(html.fromstring(answer.text).text_content()).split())
