"""Records are put right on their edit pages; what is wrong is told at its field; drafts are staff's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from archive.app import Archive
from archive.catalogue.editing import talks
from archive.catalogue.journal.history import HistoryQuery, edits
from archive.model.accounts import Role
from archive.model.edits import Reason
from archive.web.presenters.imports.draft_form import KINDS
from tests.web.page_tree import links, texts, tree
from tests.web.people import SAME_SITE
from tests.web.views.records.forms import client_of, fields_of, filled, form_at, send, words


@pytest.fixture
def seminar(tmp_path: Path) -> Iterator[tuple[Archive, str, tuple[str, ...]]]:
    with filled(tmp_path) as made:
        yield made


@pytest.fixture
def staff(seminar: tuple[Archive, str, tuple[str, ...]]) -> FlaskClient:
    return client_of(seminar[0])


def test_event_is_corrected_and_its_public_page_shows_it(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    archive, event, _ = seminar
    assert f"/staff/events/{event}" in links(tree(staff, f"/e/{event}"), "//main//a")
    address = f"/staff/events/{event}"
    answer = send(staff, address, form_at(staff, address), title="Malm och stål", starts="2022-05", ends="")
    assert answer.status_code == 303
    assert "Sparat." in words(staff.get(answer.location))
    visitor = client_of(archive, None)
    assert "maj 2022" in words(visitor.get(f"/e/{event}"))
    assert "Redigera" not in words(visitor.get(f"/e/{event}"))
    assert texts(tree(visitor, "/e"), "//section/h2") == ["2022"]
    with archive.database.read() as session:
        newest = edits(session, HistoryQuery(), 1)[0]
    assert newest.author.reason is Reason.FORM
    assert {"title", "starts_precision"} <= set(newest.changes[0].columns)


def test_films_are_lines_of_the_form_and_shown_with_the_talk(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    _, event, (talk, *_) = seminar
    address = f"/staff/talks/{talk}"
    refused = send(staff, address, form_at(staff, address), films="https://film.example/1\r\nfilm")
    assert refused.status_code == 400
    assert fields_of(refused.text)["films"].split() == ["https://film.example/1", "film"]
    films = "https://film.example/1\r\n\r\nhttps://film.example/2\r\n"
    assert send(staff, address, form_at(staff, address), films=films).status_code == 303
    assert form_at(staff, address)["films"].split() == ["https://film.example/1", "https://film.example/2"]
    assert "https://film.example/2" in links(tree(staff, f"/e/{event}"), "//main//a")
    assert "film.example" in words(staff.get(f"/staff/history/talk/{talk}"))


def test_regions_keep_their_order_when_something_else_is_saved(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    archive, _, (talk, *_) = seminar
    with archive.database.write() as session:
        given = replace(talks.known(session, talk), regions=("SE313", "SE31", "SE312"))
        talks.change(session, talk, given, "import")
    address = f"/staff/talks/{talk}"
    assert send(staff, address, form_at(staff, address), topic="Gruvor i dag").status_code == 303
    with archive.database.read() as session:
        assert talks.known(session, talk).regions == ("SE313", "SE31", "SE312")
        assert {change.table for change in edits(session, HistoryQuery(), 1)[0].changes} == {"presentation"}
    form = form_at(staff, address)
    assert send(staff, address, form, regions=["SE312", "SE11", "SE313"]).status_code == 303
    with archive.database.read() as session:
        assert talks.known(session, talk).regions == ("SE313", "SE312", "SE11")


def test_save_wakes_what_writes_the_index_and_a_refused_one_does_not(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    archive, event, _ = seminar
    woken: list[bool] = []
    archive.indexer.tell_of_doubt(lambda: woken.append(True))
    address = f"/staff/events/{event}"
    form = form_at(staff, address)
    assert send(staff, address, form, title="").status_code == 400
    assert woken == []
    assert send(staff, address, form, title="Ny").status_code == 303
    assert woken == [True]


def test_mistakes_stand_at_their_fields_and_nothing_typed_is_lost(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    _, event, _ = seminar
    address = f"/staff/events/{event}"
    wrong = {"title": " ", "starts": "i maj", "source_url": "ftp://x", "place": "Ludvika"}
    answer = send(staff, address, form_at(staff, address), **wrong)
    assert answer.status_code == 400
    assert "Inget är sparat: 3 uppgifter behöver rättas." in words(answer)
    assert "Skriv en dag, en månad eller ett år" in words(answer)
    title = html.fromstring(answer.text).get_element_by_id("title")
    assert "required" in title.attrib
    assert title.get("aria-describedby") == "title-error"
    kept = fields_of(answer.text)
    assert (kept["place"], kept["starts"]) == ("Ludvika", "i maj")
    assert send(staff, address, kept, title="Rätt", starts="2022", ends="", source_url="").status_code == 303


def test_new_event_and_its_talk_are_drafts_until_they_are_published(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    archive, *_ = seminar
    visitor = client_of(archive, None)
    answer = send(staff, "/staff/events/new", form_at(staff, "/staff/events/new"), title="Gruvdagen")
    event = answer.location.split("/")[-1].partition("?")[0]
    assert "Gruvdagen" in words(staff.get("/staff/records?find=gruv"))
    assert visitor.get(f"/e/{event}").status_code == 404
    new = f"/staff/talks/new?event={event}"
    speakers = {"speaker_name": ["Eva Ek"], "speaker_role": ["vd"], "speaker_organisation": ["Gruv AB"]}
    given = form_at(staff, new)
    assert given["event"] == event
    talk = send(staff, "/staff/talks/new", given, topic="Om gruvor", regions=["SE312"], **speakers)
    assert talk.status_code == 303
    for address in (f"/staff/events/{event}", talk.location.partition("?")[0]):
        assert send(staff, address, form_at(staff, address), visibility="public").status_code == 303
    shown = words(visitor.get(f"/e/{event}"))
    assert "Eva Ek, vd, Gruv AB" in shown
    assert "Dalarnas län" in shown


def test_speakers_are_added_moved_and_removed_without_javascript(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    _, _, (talk, _) = seminar
    address = f"/staff/talks/{talk}"
    form = form_at(staff, address)
    form = fields_of(send(staff, address, form, do="speaker-add", topic="Ändrat").text)
    assert form.getlist("speaker_name") == ["Carina Åkerberg", ""]
    names = ["Carina Åkerberg", "Bo Ek"]
    form = fields_of(send(staff, address, form, do="speaker-up:2", speaker_name=names).text)
    assert form.getlist("speaker_name") == names[::-1]
    assert form.getlist("speaker_role") == ["", "strateg"]
    assert send(staff, address, form).status_code == 303
    form = fields_of(send(staff, address, form_at(staff, address), do="speaker-remove:2").text)
    assert send(staff, address, form).status_code == 303
    saved = form_at(staff, address)
    assert (saved["topic"], saved.getlist("speaker_name")) == ("Ändrat", ["Bo Ek"])


def test_record_that_others_belong_to_says_what_does_and_an_empty_one_goes(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    _, event, talks = seminar
    delete = {"address": f"/staff/events/{event}/delete"}
    refused = send(staff, delete["address"], form_at(staff, f"/staff/events/{event}"))
    assert refused.status_code == 409
    assert "2 föredrag hör hit. Flytta eller ta bort dem först." in words(refused)
    for address in (*(f"/staff/talks/{talk}" for talk in talks), f"/staff/events/{event}"):
        answer = send(staff, f"{address}/delete", form_at(staff, address))
        assert answer.status_code == 303
        assert staff.get(address).status_code == 404
    assert "Posten är borttagen." in words(staff.get(answer.location))
    listed = tree(staff, answer.location)
    assert f"/staff/history/event/{event}" in links(listed, "//main//a")
    again = staff.post(delete["address"], headers=SAME_SITE)
    assert (again.status_code, again.location) == (303, answer.location)
    assert staff.post("/staff/events/never/delete", headers=SAME_SITE).status_code == 404


def test_what_is_typed_stays_where_another_has_removed_the_record(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    archive, _, (talk, *_) = seminar
    address = f"/staff/talks/{talk}"
    form = form_at(staff, address)
    assert send(client_of(archive), f"{address}/delete", form).status_code == 303
    answer = send(staff, address, form, topic="Skrivet medan det togs bort")
    assert answer.status_code == 409
    assert "Någon annan har tagit bort posten medan du skrev." in words(answer)
    kept = fields_of(answer.text)
    with archive.database.read() as session:
        (removal, *_) = edits(session, HistoryQuery(), 1)
    assert staff.post(f"/staff/journal/{removal.id}/undo", headers=SAME_SITE).status_code == 303
    assert send(staff, address, kept).status_code == 303
    assert form_at(staff, address)["topic"] == "Skrivet medan det togs bort"


def test_focus_area_is_made_corrected_and_linked(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    archive, event, _ = seminar
    new = "/staff/focus-areas/new"
    made = send(staff, new, form_at(staff, new), title="Kompetens", year_from="2023", year_to="2022")
    assert "Det sista året är före det första." in words(made)
    made = send(staff, new, form_at(staff, new), title="Kompetens", year_from="2023")
    area = made.location.split("/")[-1].partition("?")[0]
    address = f"/staff/events/{event}"
    send(staff, address, form_at(staff, address), focus_areas=[area])
    assert "Kompetens 2023" in words(client_of(archive, None).get(f"/f/{area}")) or "2023 Kompetens" in words(
        client_of(archive, None).get(f"/f/{area}")
    )


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_edit_pages_are_for_staff(seminar: tuple[Archive, str, tuple[str, ...]], role: Role | None) -> None:
    archive, event, talks = seminar
    other = client_of(archive, role)
    for address in (f"/staff/events/{event}", f"/staff/talks/{talks[0]}", "/staff/records"):
        assert other.get(address).status_code == (403 if role else 303)
    refused = other.post(
        f"/staff/events/{event}", data={"title": "x"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert refused.status_code in (401, 403)


def test_pages_speak_english(seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient) -> None:
    _, event, talks = seminar
    for address in (f"/en/staff/events/{event}", f"/en/staff/talks/{talks[0]}", "/en/staff/records"):
        page = words(staff.get(address))
        assert "Spara " not in page
        assert "händelse" not in page.lower()
    talk = tree(staff, f"/en/staff/talks/{talks[0]}")
    assert texts(talk, "//label[@for='speaker-1-name']") == ["Name"]
    assert texts(talk, "//select[@name='speaker_moderator']/option")[:2] == ["Speaker", "Moderator"]


def test_kinds_of_events_are_those_that_an_import_offers(
    seminar: tuple[Archive, str, tuple[str, ...]], staff: FlaskClient
) -> None:
    page = tree(staff, f"/staff/events/{seminar[1]}")
    assert set(page.xpath("//select[@id='kind']/option/@value")) == set(KINDS)
    assert {"Workshop", "Studiebesök"} <= set(texts(page, "//select[@id='kind']/option"))
