"""Staff hide slides, withdraw documents and bring them back, and say what a document is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from archive.app import Archive
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.history import HistoryQuery, edits
from archive.catalogue.tables.events import TalkRow
from archive.model.accounts import Role
from tests.filled_archive import add, opened, slide
from tests.web.people import SAME_SITE
from tests.web.views.records.forms import client_of, form_at, send, words


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


@pytest.fixture
def staff(archive: Archive) -> FlaskClient:
    return client_of(archive)


def press(client: FlaskClient, address: str, **fields: str) -> str:
    """Press a button and return the words of the page that it leads to."""
    answer = client.post(address, data=fields, headers=SAME_SITE)
    assert answer.status_code == 303
    return words(client.get(answer.location))


def test_slide_is_hidden_from_others_and_shown_again(archive: Archive, staff: FlaskClient) -> None:
    document = add(archive, "malm", slide("Gruvan"), slide("Hemligt"))
    visitor = client_of(archive, None)
    address = f"/staff/documents/{document}/slides"
    assert "Dölj – Bild 2" in words(staff.get(address))
    assert "Dold: bara personal ser den" in press(staff, address, do="hide:2")
    assert visitor.get(f"/d/{document}/2").status_code == 404
    assert "Visas för alla" in press(staff, address, do="show:2")
    assert visitor.get(f"/d/{document}/2").status_code == 200
    assert staff.post(address, data={"do": "hide:x"}, headers=SAME_SITE).status_code == 400
    assert staff.post(address, data={"do": "hide:99"}, headers=SAME_SITE).status_code == 404


def test_focus_stays_at_the_slide_that_was_hidden(archive: Archive, staff: FlaskClient) -> None:
    address = f"/staff/documents/{add(archive, 'malm', slide('Gruvan'), slide('Hemligt'))}/slides"
    answer = staff.post(address, data={"do": "hide:2"}, headers=SAME_SITE)
    page, _, anchor = answer.location.partition("#")
    # Browsers focus what an address points at where it takes the focus, as a button does and a card does not.
    (target,) = html.fromstring(staff.get(page).text).xpath(f"//*[@id='{anchor}']")
    assert (target.tag, target.get("value")) == ("button", "show:2")


def test_withdrawn_document_is_called_as_its_talk_is(archive: Archive, staff: FlaskClient) -> None:
    with archive.database.write() as session:
        talks = (NewTalk("Malm i norr", 1),)
        (talk,) = save_event(session, NewEvent("Malmdagen", talks=talks), "anna").talk_ids
    document = add(archive, "malm", slide("Gruvan"), talk=talk)
    with archive.database.write() as session:
        session.get_one(TalkRow, talk).topic = "Malm i hela norr"
    assert "Malm i hela norr" in press(staff, f"/staff/documents/{document}/withdraw")


def test_document_is_withdrawn_and_brought_back_with_its_address(
    archive: Archive, staff: FlaskClient
) -> None:
    document = add(archive, "malm", slide("Gruvan"))
    visitor = client_of(archive, None)
    page = f"/staff/documents/{document}"
    assert "Ta bort dokumentet" in words(staff.get(page))
    assert "Dokumentet är borttaget." in press(staff, f"{page}/withdraw")
    assert visitor.get(f"/d/{document}").status_code == 410
    assert staff.get(page).location.startswith("/staff/withdrawn")
    assert "Lägg tillbaka" in words(staff.get("/staff/withdrawn"))
    press(staff, f"{page}/withdraw")
    assert "Dokumentet är tillbaka" in press(staff, f"{page}/restore")
    assert visitor.get(f"/d/{document}").status_code == 200
    with archive.database.read() as session:
        assert len(edits(session, HistoryQuery(kind="document"), 10)) >= 2


def test_kind_and_year_are_said_on_the_page_of_the_document(archive: Archive, staff: FlaskClient) -> None:
    document = add(archive, "malm", slide("Gruvan"))
    page = f"/staff/documents/{document}"
    form = form_at(staff, page)
    wrong = send(staff, page, form, do="save", year="19")
    assert "Skriv ett år från 1900 till 2100." in words(wrong)
    assert send(staff, page, form, do="save", year="2021", kind="report").status_code == 303
    saved = form_at(staff, page)
    assert (saved["year"], saved["kind"]) == ("2021", "report")
    assert "Rapport" in words(client_of(archive, None).get(f"/d/{document}"))


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_others_change_nothing(archive: Archive, role: Role | None) -> None:
    document = add(archive, "malm", slide("Gruvan"))
    other = client_of(archive, role)
    for path, do in (("slides", "hide:1"), ("withdraw", ""), ("restore", "")):
        answer = other.post(f"/staff/documents/{document}/{path}", data={"do": do}, headers=SAME_SITE)
        assert answer.status_code in (401, 403)
    assert client_of(archive, None).get(f"/d/{document}/1").status_code == 200
