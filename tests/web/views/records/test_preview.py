"""A preview shows what a visitor will see, with what is typed, and saves nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.catalogue.journal.history import last_edit_id
from tests.web.views.records.forms import client_of, filled, form_at, send, words

Seminar = tuple[Archive, str, tuple[str, ...]]


@pytest.fixture
def seminar(tmp_path: Path) -> Iterator[Seminar]:
    with filled(tmp_path) as made:
        yield made


@pytest.fixture
def staff(seminar: Seminar) -> FlaskClient:
    return client_of(seminar[0])


def test_event_is_shown_with_unsaved_values_as_a_visitor_sees_it(
    seminar: Seminar, staff: FlaskClient
) -> None:
    archive, event, _ = seminar
    address = f"/staff/events/{event}"
    with archive.database.read() as session:
        before = last_edit_id(session)
    page = words(
        send(staff, f"{address}/preview", form_at(staff, address), title="Osparat", visibility="staff")
    )
    assert "Förhandsgranskning – så ser alla sidan när den är publicerad. Inget är sparat." in page
    assert "Osparat" in page
    assert "Redigera" not in page
    assert "Personal" not in page
    assert form_at(staff, address)["title"] != "Osparat"
    with archive.database.read() as session:
        assert last_edit_id(session) == before


def test_new_talk_is_shown_in_the_programme_of_a_draft(seminar: Seminar, staff: FlaskClient) -> None:
    archive, event, _ = seminar
    address = f"/staff/events/{event}"
    send(staff, address, form_at(staff, address), visibility="staff")
    new = f"/staff/talks/new?event={event}"
    given = {"topic": "Osparat föredrag", "speaker_name": "Ny Person", "visibility": "members"}
    page = words(send(staff, "/staff/talks/preview", form_at(staff, new), **given))
    assert "så ser medlemmar sidan" in page
    assert "Ny Person" in page
    assert "Ny Person" not in words(client_of(archive, None).get("/p"))
    assert len(form_at(staff, address, "Upp").getlist("talk")) == 2


def test_talk_without_event_and_focus_area_without_events_have_previews(staff: FlaskClient) -> None:
    talk = send(staff, "/staff/talks/preview", form_at(staff, "/staff/talks/new"), topic="Ensamt")
    assert "Ensamt" in words(talk)
    area = send(staff, "/staff/focus-areas/preview", form_at(staff, "/staff/focus-areas/new"), title="Område")
    assert "Område" in words(area)


def test_what_cannot_be_saved_is_told_instead(staff: FlaskClient) -> None:
    page = send(staff, "/staff/events/preview", form_at(staff, "/staff/events/new"), starts="igår")
    assert page.status_code == 400
    assert "Skriv en dag, en månad eller ett år" in words(page)
