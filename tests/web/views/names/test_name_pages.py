"""Pages of names for staff: what is alike, names saved, merged, told apart and taken apart again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from archive.app import Archive
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.people import find_person
from archive.catalogue.events.save_event import save_event
from archive.catalogue.names.editing import name_record, save_names
from archive.model.accounts import Role
from archive.model.edits import Author, Reason
from archive.model.events import Spelling
from archive.model.names import NameFacts, NameKind
from archive.web.factory import create_app
from tests.filled_archive import opened
from tests.web.page_tree import links, text, texts, tree
from tests.web.people import SAME_SITE, post, signed_in

SEMINAR = NewEvent(
    "Kol och skog",
    talks=(
        NewTalk("Kol", 1, speakers=(NewSpeaker("Carina Åkerberg", "strateg", "Region Gävleborg"),)),
        NewTalk("Skog", 2, speakers=(NewSpeaker("C. Åkerberg", "", "Regionen Gävleborg"),)),
        NewTalk("Vatten", 3, speakers=(NewSpeaker("Lisa Virén"),)),
    ),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        with archive.database.write() as session:
            save_event(session, SEMINAR, "test")
        yield archive


@pytest.fixture
def staff(archive: Archive) -> FlaskClient:
    return signed_in(create_app(archive).test_client(), archive, Role.STAFF)


def _id(archive: Archive, name: str) -> str:
    with archive.database.read() as session:
        found = find_person(session, name)
    assert found is not None
    return found


def _merge(staff: FlaskClient, keeper: str, gone: str, **fields: str) -> TestResponse:
    data = {"id": [keeper, gone], "keeper": keeper, **fields}
    return staff.post("/staff/people/merge", data=data, headers=SAME_SITE)


def test_lists_have_counts_and_what_is_alike(staff: FlaskClient) -> None:
    page = tree(staff, "/staff/people")
    assert texts(page, "//table//tbody//th/a") == ["Lisa Virén", "C. Åkerberg", "Carina Åkerberg"]
    assert texts(page, "//table//td[last()]") == ["1", "1", "1"]
    assert texts(page, "//section[@aria-labelledby='alike']//li//bdi") == ["C. Åkerberg", "Carina Åkerberg"]
    page = tree(staff, "/staff/organisations")
    assert len(page.xpath("//section[@aria-labelledby='alike']//li")) == 1


def test_a_name_is_found_by_another_spelling(archive: Archive, staff: FlaskClient) -> None:
    with archive.database.write() as session:
        facts = NameFacts("Lisa Ek", (Spelling("Lisa Virén"),))
        save_names(session, NameKind.PERSON, _id(archive, "Lisa Virén"), facts, Author("e", Reason.FORM))
    page = tree(staff, "/staff/people?find=virén")
    assert texts(page, "//table//tbody//th/a") == ["Lisa Ek"]


def test_what_moves_is_shown_before_and_the_names_are_merged(archive: Archive, staff: FlaskClient) -> None:
    keeper, gone = _id(archive, "Carina Åkerberg"), _id(archive, "C. Åkerberg")
    page = tree(staff, f"/staff/people/merge?id={gone}&id={keeper}&keeper={keeper}")
    assert texts(page, "//h1") == ["Slå ihop till Carina Åkerberg"]
    assert "Skog" in text(page)
    answer = _merge(staff, keeper, gone)
    assert answer.location == f"/staff/people/{keeper}?done=merged"
    page = tree(staff, answer.location)
    assert "C. Åkerberg" in page.xpath("//input[@id='name-0']/@value")
    assert staff.get(f"/staff/people/{gone}").location == f"/staff/people/{keeper}"
    assert staff.get(f"/p/{gone}").status_code == 308


def test_a_merge_is_taken_back_from_its_page(archive: Archive, staff: FlaskClient) -> None:
    keeper, gone = _id(archive, "Carina Åkerberg"), _id(archive, "C. Åkerberg")
    _merge(staff, keeper, gone, wrong=gone)
    (address,) = links(tree(staff, f"/staff/people/{keeper}"), "//section[@aria-labelledby='merges']//a")
    assert post(staff, f"{address}/undo").status_code == 303
    assert _id(archive, "C. Åkerberg") == gone
    assert tree(staff, f"/staff/people/{gone}").xpath("//h1")[0].text_content() == "C. Åkerberg"


def test_those_told_apart_are_not_proposed_again(archive: Archive, staff: FlaskClient) -> None:
    ids = [_id(archive, "Carina Åkerberg"), _id(archive, "C. Åkerberg")]
    answer = staff.post("/staff/people/apart", data={"id": ids}, headers=SAME_SITE)
    page = tree(staff, answer.location or "")
    assert not page.xpath("//section[@aria-labelledby='alike']//li")


@pytest.mark.parametrize("query", ["", "?id=nobody", "?id=a&id=b"])
def test_a_merge_of_nothing_says_what_to_do(staff: FlaskClient, query: str) -> None:
    assert staff.get(f"/staff/people/merge{query}").status_code in (400, 404)
    assert staff.post("/staff/people/merge", data={}, headers=SAME_SITE).status_code == 400


def test_names_are_saved_with_the_times_they_were_held(archive: Archive, staff: FlaskClient) -> None:
    lisa = _id(archive, "Lisa Virén")
    fields = {
        "edit": "999999",
        "name": "Lisa Ek",
        "was_wrong": "yes",
        "name-0": "Lisa Ås",
        "begins-0": "1999",
    }
    assert post(staff, f"/staff/people/{lisa}", **fields).status_code == 303
    with archive.database.read() as session:
        facts = name_record(session, NameKind.PERSON, lisa).facts
    assert facts == NameFacts(
        "Lisa Ek", (Spelling("Lisa Ås", "1999"), Spelling("Lisa Virén", is_shown=False))
    )


def test_who_saves_after_another_sees_both_and_loses_nothing(archive: Archive, staff: FlaskClient) -> None:
    lisa = _id(archive, "Lisa Virén")
    with archive.database.write() as session:
        save_names(session, NameKind.PERSON, lisa, NameFacts("Lisa Ås"), Author("eva", Reason.FORM))
    answer = post(staff, f"/staff/people/{lisa}", edit="0", name="Lisa Ek")
    assert answer.status_code == 409
    assert 'value="Lisa Ek"' in answer.text
    assert "Lisa Ås" in answer.text
    assert "eva" in answer.text


def test_a_name_that_cannot_be_is_said_and_what_was_typed_stays(archive: Archive, staff: FlaskClient) -> None:
    lisa = _id(archive, "Lisa Virén")
    answer = post(staff, f"/staff/people/{lisa}", edit="999999", name="Lisa Ek", **{"name-0": "C. Åkerberg"})
    assert answer.status_code == 400
    assert "En annan post heter C. Åkerberg" in answer.text
    assert 'value="C. Åkerberg"' in answer.text


def test_pages_of_people_and_organisations_lead_staff_to_their_names(
    archive: Archive, staff: FlaskClient
) -> None:
    lisa = _id(archive, "Lisa Virén")
    assert f"/staff/people/{lisa}" in links(tree(staff, f"/p/{lisa}"), "//a[text()='Redigera']")
    visitor = create_app(archive).test_client()
    assert not tree(visitor, f"/p/{lisa}").xpath("//a[text()='Redigera']")
    assert visitor.get("/staff/people").status_code == 303


def test_what_is_typed_stays_where_another_has_merged_the_name(archive: Archive, staff: FlaskClient) -> None:
    keeper, gone = _id(archive, "Carina Åkerberg"), _id(archive, "C. Åkerberg")
    address = f"/staff/people/{gone}"
    assert _merge(staff, keeper, gone).status_code == 303
    answer = post(staff, address, name="Cecilia Åkerberg", edit="0", **{"name-0": "C. Åkerbergh"})
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    assert (page.xpath("//input[@id='name']/@value"), page.xpath("//input[@id='name-0']/@value")) == (
        ["Cecilia Åkerberg"],
        ["C. Åkerbergh"],
    )
    ways = page.xpath("//*[@role='alert']//a/@href")
    assert ways[0] == f"/staff/people/{keeper}"
    assert post(staff, f"{ways[1]}/undo").status_code == 303
    with archive.database.read() as session:
        newest = name_record(session, NameKind.PERSON, gone).edit
    (form,) = page.xpath(f"//form[@action='{address}']")
    fields = dict(form.form_values()) | {"edit": str(newest)}
    assert post(staff, address, **fields).status_code == 303
    assert "Cecilia Åkerberg" in text(tree(staff, address))
