"""The journal on pages: who changed what, any two states of a record, and taking edits back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from archive.app import Archive, open_archive
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.recording import recording
from archive.catalogue.tables.events import PersonRow
from archive.model.accounts import Role
from archive.model.edits import Author, Reason
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.catalogue.conftest import SEMINAR, STRATEGY
from tests.web.page_tree import text, tree
from tests.web.people import post, signed_in

KIM = Author("kim", Reason.FORM)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


@pytest.fixture
def event_id(archive: Archive) -> str:
    """Make an event in three edits: Falun, Borlänge, Ludvika."""
    saved = save(archive, "Falun")
    save(archive, "Borlänge")
    save(archive, "Ludvika")
    return saved


def save(archive: Archive, place: str) -> str:
    with archive.database.write() as session, recording(session, KIM):
        return save_event(session, replace(SEMINAR, talks=(STRATEGY,), place=place), "kim").event_id


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return text(html.fromstring(answer.text))


def test_admins_search_the_journal_and_take_it_along(
    archive: Archive, client: FlaskClient, event_id: str
) -> None:
    admin = signed_in(client, archive, Role.ADMIN)
    whole = page(admin, "/staff/journal")
    assert whole.count("Smart och hållbar industri") == 3
    assert "plats" in whole
    assert page(admin, "/staff/journal?kind=person").count("Carina Åkerberg") == 1
    assert "Inga ändringar." in page(admin, "/staff/journal?actor=nobody")
    assert "Inga ändringar." in page(admin, "/staff/journal?until=2020-01-01")
    answer = admin.get("/staff/journal.csv?field=place")
    assert answer.mimetype == "text/csv"
    assert f",event,{event_id},Smart och hållbar industri,changed,place,Borlänge,Ludvika\r\n" in answer.text
    for name in ("journal", "journal.csv"):
        for wrong in ("kind=x", "reason=x", "since=i går", "since=2023-02-30", "until=9999-12-31"):
            answer = admin.get(f"/staff/{name}?{wrong}")
            assert (answer.status_code, answer.mimetype) == (400, "text/html")
            assert html.fromstring(answer.text).xpath("//*[@role='alert']")
            assert html.fromstring(answer.text).xpath("//input[@name='since']")
    assert "Det finns ingen sådan dag: 2023-02-30." in admin.get("/staff/journal?since=2023-02-30").text


def test_a_journal_longer_than_a_page_goes_on(archive: Archive, client: FlaskClient) -> None:
    for number in range(32):
        save(archive, f"Ort {number}")
    admin = signed_in(client, archive, Role.ADMIN)
    first = tree(admin, "/staff/journal")
    (older,) = [link for link in first.iter("a") if link.get("rel") == "next"]
    assert page(admin, older.get("href") or "").count("Smart och hållbar industri") == 2


def test_the_file_has_all_edits_and_no_end_of_its_own(archive: Archive, client: FlaskClient) -> None:
    places = [f"Ort {number}" for number in range(45)]
    for place in places:
        save(archive, place)
    answer = signed_in(client, archive, Role.ADMIN).get("/staff/journal.csv?field=place")
    assert answer.is_streamed
    assert all(f",{place}\r\n" in answer.text for place in places)


def test_an_edit_of_many_records_and_a_group_of_many_edits_have_pages(
    archive: Archive, client: FlaskClient
) -> None:
    author = Author("kim", Reason.BULK, group="g1")
    with archive.database.write() as session, recording(session, author):
        session.add_all(PersonRow(id=f"p{n:03}", name=f"Namn {n:03}", name_key=f"{n}") for n in range(102))
    for number in range(30):
        with archive.database.write() as session, recording(session, author):
            session.get_one(PersonRow, "p000").name = f"Annat {number}"
    staff = signed_in(client, archive, Role.STAFF)
    first = page(staff, "/staff/journal/1")
    assert ("Namn 099" in first, "Namn 101" in first) == (True, False)
    second = page(staff, "/staff/journal/1?page=2")
    assert ("Namn 099" in second, "Namn 101" in second) == (False, True)
    group = tree(staff, "/staff/journal/groups/g1")
    (older,) = [link for link in group.iter("a") if link.get("rel") == "next"]
    assert "Namn 004" not in text(group)
    last = page(staff, older.get("href") or "")
    assert "Namn 004" in last
    assert "och 97 till" in last


def test_staff_see_what_became_of_a_record_and_compare_two_states(
    archive: Archive, client: FlaskClient, event_id: str
) -> None:
    staff = signed_in(client, archive, Role.STAFF)
    assert staff.get("/staff/journal").status_code == 403
    whole = page(staff, f"/staff/history/event/{event_id}")
    assert whole.index("Ludvika") < whole.index("Falun")
    compared = page(staff, f"/staff/history/event/{event_id}?from=3&to=1")
    assert "Ändring 1 jämfört med ändring 3" in compared
    assert "De är lika." in page(staff, f"/staff/history/event/{event_id}?from=2&to=2")
    assert staff.get("/staff/history/event/nosuch").status_code == 404
    assert staff.get(f"/staff/history/tree/{event_id}").status_code == 404


def test_an_edit_is_taken_back_and_its_undo_too(archive: Archive, client: FlaskClient, event_id: str) -> None:
    staff = signed_in(client, archive, Role.STAFF)
    assert "Ludvika" in page(staff, "/staff/journal/3")
    assert post(staff, "/staff/journal/3/undo").status_code == 303
    assert "Ändringen är ångrad." in page(staff, "/staff/journal/3")
    assert "Borlänge" in page(staff, f"/e/{event_id}")
    again = post(staff, "/staff/journal/3/undo")
    assert (again.status_code, "redan ångrad" in again.text) == (409, True)
    assert post(staff, "/staff/journal/4/undo").status_code == 303
    assert "Ludvika" in page(staff, f"/e/{event_id}")


def test_what_was_changed_since_is_shown_and_left_unless_told(
    archive: Archive, client: FlaskClient, event_id: str
) -> None:
    staff = signed_in(client, archive, Role.STAFF)
    assert "Plats har ändrats sedan dess till ”Ludvika” och lämnas." in page(staff, "/staff/journal/2")
    refused = post(staff, "/staff/journal/2/undo")
    assert refused.status_code == 409
    assert post(staff, "/staff/journal/2/undo", overwrite="yes").status_code == 303
    assert "Falun" in page(staff, f"/e/{event_id}")


def test_a_group_is_taken_back_at_once(archive: Archive, client: FlaskClient) -> None:
    for place in ("Falun", "Borlänge"):
        with archive.database.write() as session, recording(session, replace(KIM, group="import-1")):
            event_id = save_event(session, replace(SEMINAR, place=place), "kim").event_id
    staff = signed_in(client, archive, Role.STAFF)
    assert "Alla 2 ändringar som hör ihop" in page(staff, "/staff/journal/1")
    assert "Borlänge" in page(staff, f"/e/{event_id}")
    assert "plats" in page(staff, "/staff/journal/groups/import-1")
    assert post(staff, "/staff/journal/groups/import-1/undo").status_code == 303
    assert "Allt är ångrat." in page(staff, "/staff/journal/groups/import-1")
    assert staff.get(f"/e/{event_id}").status_code == 404
    assert staff.get("/staff/journal/groups/nosuch").status_code == 404
    assert staff.get("/staff/journal/77").status_code == 404
