"""From a description of a seminar to its records and back, through the pages for staff."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement

from archive.app import Archive
from archive.catalogue.editing import talks
from archive.catalogue.events.events import events, talks_of_event
from archive.catalogue.imports.imports import add_import, find_import, imports
from archive.catalogue.imports.links import links_of
from archive.catalogue.imports.readings import find_reading, finish_reading, lease_reading
from archive.catalogue.journal.recording import recording
from archive.catalogue.tables.events import EventRow
from archive.imports.drafting import draft_of
from archive.imports.reading_taking import ReadingTaking
from archive.model.accounts import Role
from archive.model.edits import Author, Reason
from archive.model.seminar_pages.imports import GivenSource, ImportKind, ImportState
from archive.web.factory import create_app
from tests.filled_archive import opened
from tests.imports.seminar_pages import ADDRESS, PAGE
from tests.web.page_tree import links, text, texts, tree
from tests.web.people import SAME_SITE, post, signed_in

TOML = """
[event]
title = "Vindkraftsdagen"
date = 2023-03-01
[[talk]]
topic = "Vind i norr"
regions = ["Norrbottens län"]
[[talk.speaker]]
name = "Eva Ström"
organisation = "Region Norrbotten"
[[talk]]
topic = "Elnätet"
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


@pytest.fixture
def staff(archive: Archive) -> FlaskClient:
    return signed_in(create_app(archive).test_client(), archive, Role.STAFF)


def add_page(archive: Archive) -> str:
    """Keep the page made by hand as if it had been read."""
    source = GivenSource(ImportKind.PAGE, ADDRESS, "", "a" * 64, 10, "text/html")
    with archive.database.write() as session:
        return add_import(session, source, PAGE, draft_of(PAGE), "eva")


def fields(page: HtmlElement) -> dict[str, str]:
    """Return the fields of the form as a browser would send them."""
    (form,) = page.xpath("//form[@data-review]")
    return {name: str(value) for name, value in form.form_values()}


def send(client: FlaskClient, import_id: str, do: str, **changed: str) -> HtmlElement:
    """Press a button of the form, and return the page that it leads to."""
    path = f"/staff/imports/{import_id}"
    given = fields(tree(client, path)) | {name.replace("__", "."): value for name, value in changed.items()}
    answer = client.post(path, data={**given, "do": do}, headers=SAME_SITE)
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    return tree(client, answer.headers["Location"].partition("#")[0])


def read_all(archive: Archive) -> None:
    """Read what waits, as the worker does."""
    ReadingTaking(archive.database, archive.importing, archive.settings, "test/readings").take_all()


def given(client: FlaskClient, **fields: Any) -> str:
    """Give an address or a file; return the path of the page that says how far it has come."""
    answer = client.post("/staff/imports", data=fields, headers=SAME_SITE, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    return str(answer.headers["Location"])


def begin(archive: Archive, client: FlaskClient, content: str, name: str) -> str:
    """Give a file and have it read; return the import's identifier."""
    path = given(client, file=(io.BytesIO(content.encode()), name))
    read_all(archive)
    answer = client.get(path)
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    return str(answer.headers["Location"].rpartition("/")[2])


def test_a_file_is_read_looked_over_and_published(archive: Archive, staff: FlaskClient) -> None:
    import_id = begin(archive, staff, TOML, "seminar.toml")
    page = tree(staff, f"/staff/imports/{import_id}")
    assert fields(page)["e0.t0.topic"] == "Vind i norr"
    assert "name: Eva Ström" in texts(page, "//section[@aria-labelledby='source-head']/p")
    page = send(staff, import_id, "publish", e0__place="Lule\u202eå\x07")
    assert "Publicerat" in text(page)
    with archive.database.read() as session:
        (event,) = events(session, 0)
        assert (event.title, event.place) == ("Vindkraftsdagen", "Luleå")
        talks = talks_of_event(session, event.id, 0)
    assert [talk.topic for talk in talks] == ["Vind i norr", "Elnätet"]
    assert talks[0].contributions[0].name == "Eva Ström"
    assert f"/e/{event.id}" in links(page, "//main//a")


def test_unsure_fields_are_counted_and_accepted(archive: Archive, staff: FlaskClient) -> None:
    import_id = add_page(archive)
    page = tree(staff, f"/staff/imports/{import_id}")
    assert texts(page, "//*[@data-unsure-count]") == ["2 osäkra uppgifter"]
    unsure = [field.get("name") for field in page.xpath("//*[@data-unsure]")]
    assert unsure == ["e0.t0.regions", "e0.t1.s0.name"]
    assert page.xpath("//input[@name='e0.t0.topic']/@data-places") == ["3:57:80"]
    (block,) = page.xpath("//*[@id='b3']")
    assert block.text_content()[57:80] == "Strategi för omvandling"
    given = fields(page)
    staff.post(
        f"/staff/imports/{import_id}",
        data={**given, "ok": ["e0.t0.regions"], "do": "save"},
        headers=SAME_SITE,
    )
    page = send(staff, import_id, "save", **{"e0.t1.s0.name": "Lisa Viren"})
    assert texts(page, "//*[@data-unsure-count]") == ["Inget är osäkert"]
    assert fields(page)["e0.t1.s0.name"] == "Lisa Viren"


def test_talks_and_speakers_are_added_moved_and_taken_away(archive: Archive, staff: FlaskClient) -> None:
    import_id = add_page(archive)
    page = send(staff, import_id, "down:e0.t0", e0__place="Falun stad")
    assert [fields(page)[f"e0.t{n}.topic"] for n in (0, 1)] == [
        "Smart specialisering",
        "Strategi för omvandling",
    ]
    assert fields(page)["e0.place"] == "Falun stad"
    assert page.xpath("//*[@data-unsure]/@name") == ["e0.t0.s0.name", "e0.t1.regions"]
    page = send(staff, import_id, "remove:e0.t0.s1")
    assert "e0.t0.s1.name" not in fields(page)
    page = send(staff, import_id, "add:e0.t")
    page = send(staff, import_id, "add:e0.t2.s", **{"e0.t2.topic": "Paus"})
    page = send(staff, import_id, "save", **{"e0.t2.s0.organisation": "Kommunen"})
    assert fields(page)["e0.t2.s0.organisation"] == "Kommunen"
    page = send(staff, import_id, "remove:e0.t1")
    assert [fields(page)[f"e0.t{n}.topic"] for n in (0, 1)] == ["Smart specialisering", "Paus"]
    for nonsense in ("up:x9", "remove:e7.t9.s9", "boil:e0", "add:e0.t0.s0.z", "up:e0.tx"):
        send(staff, import_id, nonsense)


def test_what_is_wrong_is_named_and_nothing_typed_is_lost(archive: Archive, staff: FlaskClient) -> None:
    import_id = add_page(archive)
    path = f"/staff/imports/{import_id}"
    given = fields(tree(staff, path)) | {"e0.title": "", "e0.starts_on": "i maj", "e0.place": "Mora"}
    answer = staff.post(path, data={**given, "do": "publish"}, headers=SAME_SITE)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "2 uppgifter behöver rättas" in page
    assert 'role="alert" tabindex="-1" autofocus>2 uppgifter' in page
    assert 'value="Mora"' in page
    given = fields(tree(staff, path)) | {"e0.starts_on": "2023-02-30", "e0.ends_on": "2023-01-01"}
    answer = staff.post(path, data={**given, "do": "publish"}, headers=SAME_SITE)
    assert "1 uppgift behöver rättas" in answer.text
    assert "Skriv ett datum som finns" in answer.text
    given = fields(tree(staff, path)) | {"e0.t0.regions": "Atlantis"}
    answer = staff.post(path, data={**given, "do": "publish"}, headers=SAME_SITE)
    assert answer.status_code == 400
    assert "Atlantis" in answer.get_data(as_text=True)
    with archive.database.read() as session:
        assert events(session, 2) == ()
        assert find_import(session, import_id).state is ImportState.READ


def test_event_without_a_day_is_told_until_it_has_one(archive: Archive, staff: FlaskClient) -> None:
    import_id = begin(archive, staff, TOML, "seminar.toml")
    path = f"/staff/imports/{import_id}"
    said = "Vindkraftsdagen har ingen dag."
    assert said not in text(tree(staff, path))
    for way in ("save", "publish"):
        page = send(staff, import_id, way, e0__starts_on="", e0__ends_on="")
        assert said in text(page)
        assert "#e0.starts_on" in links(page, f"//p[contains(., '{said}')]/a")
    assert said not in text(send(staff, import_id, "save", e0__starts_on="2024-05"))


def test_two_who_change_one_import_are_told(archive: Archive, staff: FlaskClient) -> None:
    import_id = add_page(archive)
    path = f"/staff/imports/{import_id}"
    old = fields(tree(staff, path))
    send(staff, import_id, "save", e0__place="Borlänge")
    answer = staff.post(path, data={**old, "e0.place": "Mora", "do": "save"}, headers=SAME_SITE)
    assert answer.status_code == 409
    assert fields(tree(staff, path))["e0.place"] == "Borlänge"
    page = html.fromstring(answer.text)
    assert fields(page)["e0.place"] == "Mora"
    (told,) = page.xpath("//section[@role='alert']")
    assert "Plats: ni har båda ändrat: sparat är Borlänge, ditt är Mora" in text(told)
    assert "#e0.place" in told.xpath(".//a/@href")
    assert staff.post(path, data={**fields(page), "do": "save"}, headers=SAME_SITE).status_code == 303
    assert fields(tree(staff, path))["e0.place"] == "Mora"


def test_what_is_given_twice_and_says_the_same_is_no_change_for_who_is_at_work_on_it(
    archive: Archive, staff: FlaskClient
) -> None:
    import_id = begin(archive, staff, TOML, "seminar.toml")
    path = f"/staff/imports/{import_id}"
    for do in ("save", "publish"):
        mine = {**fields(tree(staff, path)), "e0.place": f"Mora, {do}", "do": do}
        assert begin(archive, staff, TOML, "seminar.toml") == import_id
        assert staff.post(path, data=mine, headers=SAME_SITE).status_code == 303
    begin(archive, staff, TOML, "seminar.toml")
    with archive.database.read() as session:
        found = find_import(session, import_id)
    assert (found.state, found.draft.events[0].place) == (ImportState.PUBLISHED, "Mora, publish")


def test_what_only_one_of_two_has_changed_comes_together(archive: Archive, staff: FlaskClient) -> None:
    import_id = add_page(archive)
    path = f"/staff/imports/{import_id}"
    old = fields(tree(staff, path))
    send(staff, import_id, "remove:e0.t0")
    send(staff, import_id, "publish", e0__place="Borlänge")
    mine = {**old, "e0.t1.topic": "Skrivet under tiden", "do": "publish"}
    answer = staff.post(path, data=mine, headers=SAME_SITE)
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    told = text(page.xpath("//section[@role='alert']")[0])
    assert "Plats: ändrat till Borlänge" in told
    assert f"Borttaget föredrag: ändrat till {old['e0.t0.topic']}" in told
    typed = fields(page)
    assert (typed["e0.place"], typed["e0.t0.topic"]) == ("Borlänge", "Skrivet under tiden")
    with archive.database.read() as session:
        (before,) = find_import(session, import_id).draft.events
    assert staff.post(path, data={**typed, "do": "publish"}, headers=SAME_SITE).status_code == 303
    with archive.database.read() as session:
        (event,) = find_import(session, import_id).draft.events
    assert (event.event_id, event.talks[0].talk_id) == (before.event_id, before.talks[0].talk_id)
    assert [talk.topic for talk in event.talks][:1] == ["Skrivet under tiden"]


def test_link_that_cannot_be_fetched_is_told_at_its_field_before_it_is_published(
    archive: Archive, staff: FlaskClient
) -> None:
    import_id = begin(archive, staff, TOML, "seminar.toml")
    page = send(staff, import_id, "save", e0__t0__decks="/filer/vind.pdf\nhttps://example.org/b.pdf")
    (told,) = page.xpath("//*[@id='e0.t0.decks-link']")
    assert "/filer/vind.pdf: Det är ingen webbadress." in told.text_content()
    assert "b.pdf" not in told.text_content()
    assert "e0.t0.decks-link" in page.xpath("//*[@id='e0.t0.decks']/@aria-describedby")[0]
    page = send(staff, import_id, "save", e0__t0__decks="https://example.org/b.pdf")
    assert not page.xpath("//*[contains(@id, '-link')]")


def test_known_names_are_recognised_and_new_ones_said(archive: Archive, staff: FlaskClient) -> None:
    import_id = add_page(archive)
    assert "Ny i arkivet" in text(tree(staff, f"/staff/imports/{import_id}"))
    page = send(staff, import_id, "publish")
    (speaker,) = page.xpath("//*[@id='e0.t0.s0']")
    assert "Finns redan, 1 föredrag" in speaker.text_content()


def test_an_import_is_taken_back_after_a_look_at_what_was_changed_since(
    archive: Archive, staff: FlaskClient
) -> None:
    import_id = add_page(archive)
    send(staff, import_id, "publish")
    with archive.database.write() as session, recording(session, Author("bo", Reason.FORM)):
        (event,) = events(session, 0)
        session.get_one(EventRow, event.id).place = "Borlänge"
        talk = talks_of_event(session, event.id, 2)[0]
        talks.change(session, talk.id, replace(talks.known(session, talk.id), regions=("SE313",)), "bo")
    path = f"/staff/imports/{import_id}/undo"
    assert path in links(tree(staff, f"/staff/imports/{import_id}"), "//main//a")
    page = tree(staff, path)
    assert "Händelse, Plats: Borlänge" in text(page)
    assert not re.search(r"[a-z]_[a-z]|SE\d", text(page)), "names of tables and columns"
    with archive.database.read() as session:
        assert len(events(session, 0)) == 1
    answer = post(staff, path, overwrite="yes")
    assert "Importen är ångrad" in answer.get_data(as_text=True)
    with archive.database.read() as session:
        assert events(session, 2) == ()
        assert find_import(session, import_id).state is ImportState.UNDONE
    assert staff.get(path).status_code == 400


def test_what_cannot_be_read_is_told_on_the_page(archive: Archive, staff: FlaskClient) -> None:
    answer = post(staff, "/staff/imports", address="http://127.0.0.1/")
    assert answer.status_code == 400
    assert "internt nät" in answer.get_data(as_text=True)
    answer = post(staff, "/staff/imports")
    assert answer.status_code == 400
    path = given(staff, file=(io.BytesIO(b"[event]"), "a.toml"))
    read_all(archive)
    page = tree(staff, path)
    assert "event.title" in text(page)
    assert "Kunde inte läsas" in text(tree(staff, "/staff/imports"))
    assert post(staff, f"{path}/again").headers["Location"] == path
    assert "Väntar på sin tur" in text(tree(staff, path))
    with archive.database.read() as session:
        assert imports(session, 10) == []
    for unknown in ("finnsinte22", "readings/finnsinte22"):
        assert staff.get(f"/staff/imports/{unknown}").status_code == 404
    assert post(staff, "/staff/imports/readings/finnsinte22/again").status_code == 404


def test_nothing_is_fetched_or_read_while_somebody_waits_for_the_answer(
    archive: Archive, staff: FlaskClient
) -> None:
    """The address leads nowhere and the page takes minutes: both are answered at once."""
    path = given(staff, address="https://forening.invalid/dag")
    page = tree(staff, path)
    assert texts(page, "//*[@role='status' and @id='reading-state']") == ["Väntar på sin tur."]
    assert path in links(page, "//main//a"), "without JavaScript it is loaded anew by a link"
    assert page.xpath("//noscript/meta[@http-equiv='refresh']") != []
    hostile = "<p>" + "Anna Ek, strateg, Region Dalarna. " * 10_000
    other = given(staff, text=hostile)
    with archive.database.read() as session:
        assert [find_reading(session, one.rpartition("/")[2]).attempts for one in (path, other)] == [0, 0]
    assert {path, other} <= set(links(tree(staff, "/staff/imports"), "//main//a"))
    assert "Waiting for its turn" in text(tree(staff, f"/en{path}"))


def test_a_page_that_is_read_again_waits_and_leads_back(archive: Archive, staff: FlaskClient) -> None:
    import_id = add_page(archive)
    answer = post(staff, f"/staff/imports/{import_id}/again")
    assert answer.status_code == 303
    path = answer.headers["Location"]
    with archive.database.write() as session:
        leased = lease_reading(session, "test/readings", datetime.now(UTC), 60)
        assert leased is not None
        assert leased.address == ADDRESS
        finish_reading(session, leased, import_id)
    answer = staff.get(path)
    assert answer.headers["Location"].startswith(f"/staff/imports/{import_id}")
    assert "Sidan är läst igen" in text(tree(staff, answer.headers["Location"]))


def test_all_seminars_of_a_list_are_taken_and_told(archive: Archive, staff: FlaskClient) -> None:
    addresses = tuple(f"https://forening.example/s/{n}" for n in (1, 2, 3))
    page = replace(PAGE, seminar_addresses=addresses)
    source = GivenSource(ImportKind.PAGE, ADDRESS, "", "a" * 64, 10, "text/html")
    with archive.database.write() as session:
        import_id = add_import(session, source, page, draft_of(page), "eva")
    path = f"/staff/imports/{import_id}"
    assert "Ta alla 3 seminarier" in text(tree(staff, path))
    assert post(staff, f"{path}/list").status_code == 303
    with archive.database.read() as session:
        assert [one.link.address for one in links_of(session, import_id)] == list(addresses)
    rows = texts(tree(staff, path), "//section[@aria-labelledby='seminars']//li")
    assert len(rows) == 3
    assert all("hämtas" in row for row in rows)
    assert post(staff, f"/staff/imports/{add_other(archive)}/list").status_code == 400


def add_other(archive: Archive) -> str:
    source = GivenSource(ImportKind.PAGE, "", "annan.html", "b" * 64, 10, "text/html")
    with archive.database.write() as session:
        return add_import(session, source, PAGE, draft_of(PAGE), "eva")
