"""What visitors meet once people or organisations are merged: addresses, talks, searches."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.people import find_organisation, find_person
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.undo import undo
from archive.catalogue.names.editing import save_names
from archive.catalogue.names.merging import merge
from archive.model.edits import Author, Reason
from archive.model.events import Spelling
from archive.model.names import NameFacts, NameKind
from archive.web.factory import create_app
from tests.filled_archive import add, opened, slide
from tests.web.page_tree import text, texts, tree

KIM = Author("kim", Reason.MERGE)
SEMINAR = NewEvent(
    "Kol och skog",
    talks=(
        NewTalk("Kol", 1, speakers=(NewSpeaker("Carina Åkerberg", "strateg", "Region Gävleborg"),)),
        NewTalk("Skog", 2, speakers=(NewSpeaker("C. Åkerberg", "", "Landstinget X"),)),
    ),
)
QUESTIONS = ("talare:%22C. Åkerberg%22", "talare:carina", "åkerberg", "organisation:landstinget", "skog", "")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        with archive.database.write() as session:
            kol, skog = save_event(session, SEMINAR, "test").talk_ids
        add(archive, "Kol", slide("Kol", "stål"), talk=kol)
        add(archive, "Skog", slide("Skog", "virke"), talk=skog)
        archive.indexer.catch_up()
        yield archive


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


@pytest.fixture
def two(archive: Archive) -> tuple[str, str]:
    with archive.database.read() as session:
        keeper, gone = find_person(session, "Carina Åkerberg"), find_person(session, "C. Åkerberg")
    assert keeper
    assert gone
    return keeper, gone


def _merge(archive: Archive, keeper: str, gone: str) -> int:
    with archive.database.write() as session:
        edit = merge(session, NameKind.PERSON, keeper, [gone], KIM)
    archive.indexer.catch_up()
    assert edit is not None
    return edit.id


def _answers(client: FlaskClient) -> list[object]:
    found: list[object] = []
    for question in QUESTIONS:
        answer = client.get(f"/api/search?q={question}").get_json()
        answer.pop("took_ms", None)
        found.append(answer)
    return found


def test_the_old_address_leads_on(archive: Archive, client: FlaskClient, two: tuple[str, str]) -> None:
    keeper, gone = two
    _merge(archive, keeper, gone)
    answer = client.get(f"/p/{gone}?lang=en")
    assert (answer.status_code, answer.location) == (308, f"/p/{keeper}?lang=en")
    assert text(tree(client, f"/p/{keeper}")).count("Även: C. Åkerberg") == 1


def test_talks_are_found_by_the_old_spelling_and_facets_show_the_keeper(
    archive: Archive, client: FlaskClient, two: tuple[str, str]
) -> None:
    keeper, gone = two
    _merge(archive, keeper, gone)
    for question in ("talare:%22C. Åkerberg%22", "talare:carina"):
        assert client.get(f"/api/search?q={question}").get_json()["total"] == 2
    page = text(tree(client, "/filter/speaker?q=virke"))
    assert "Carina Åkerberg" in page
    assert "C. Åkerberg" not in page
    assert texts(tree(client, "/p"), "//main//section//li/a") == ["Carina Åkerberg"]
    suggested = client.get("/suggest?q=åker").get_json()["suggestions"]
    assert [one["text"] for one in suggested if one["kind"] == "speaker"] == ["Carina Åkerberg"]


def test_a_search_that_was_kept_asks_for_the_one_who_stayed(
    archive: Archive, client: FlaskClient, two: tuple[str, str]
) -> None:
    keeper, gone = two
    assert client.get(f"/api/search?speaker={gone}").get_json()["total"] == 1
    _merge(archive, keeper, gone)
    assert client.get(f"/api/search?speaker={gone}").get_json()["total"] == 2
    assert client.get(f"/api/search?speaker={gone}&speaker={keeper}").get_json()["total"] == 2
    page = tree(client, f"/?speaker={gone}")
    assert "Carina Åkerberg" in text(page)
    assert gone not in text(page)
    with archive.database.write() as session:
        stays, goes = (
            find_organisation(session, "Region Gävleborg"),
            find_organisation(session, "Landstinget X"),
        )
        assert stays
        assert goes
        merge(session, NameKind.ORGANISATION, stays, [goes], KIM)
    archive.indexer.catch_up()
    assert client.get(f"/api/search?organisation={goes}").get_json()["total"] == 2


def test_unmerged_people_answer_as_before(
    archive: Archive, client: FlaskClient, two: tuple[str, str]
) -> None:
    keeper, gone = two
    before = _answers(client)
    edit = _merge(archive, keeper, gone)
    assert _answers(client) != before
    with archive.database.write() as session:
        undo(session, [edit], Author("kim", Reason.UNDO))
    archive.indexer.catch_up()
    assert _answers(client) == before
    assert client.get(f"/p/{gone}").status_code == 200


def test_a_talk_shows_the_names_of_its_day(
    archive: Archive, client: FlaskClient, two: tuple[str, str]
) -> None:
    keeper, gone = two
    _merge(archive, keeper, gone)
    with archive.database.write() as session:
        region = find_organisation(session, "Landstinget X")
        assert region
        dated = Spelling("Landstinget X", "1999", "2014")
        save_names(session, NameKind.ORGANISATION, region, NameFacts("Region X", (dated,)), KIM)
    page = tree(client, f"/p/{keeper}")
    assert texts(page, "//main//li//ul/li") == [
        "Carina Åkerberg, strateg, Region Gävleborg",
        "Carina Åkerberg (i programmet: C. Åkerberg), Region X (i programmet: Landstinget X)",
    ]


def test_programs_are_led_on_as_people_are(
    archive: Archive, client: FlaskClient, two: tuple[str, str]
) -> None:
    keeper, gone = two
    _merge(archive, keeper, gone)
    answer = client.get(f"/api/people/{gone}")
    assert (answer.status_code, answer.location) == (308, f"http://localhost/api/people/{keeper}")
    person = client.get(answer.location).get_json()
    assert (person["id"], person["name"]) == (keeper, "Carina Åkerberg")
    listed = client.get("/api/people").get_json()["items"]
    assert [one["id"] for one in listed] == [keeper]
    of_keeper = client.get(f"/api/talks?person={keeper}").get_json()["items"]
    assert of_keeper
    assert client.get(f"/api/talks?person={gone}").get_json()["items"] == of_keeper
    archive.indexer.catch_up()
    found = client.get(f"/api/search?speaker={gone}")
    assert (found.status_code, found.get_json()) == (
        200,
        client.get(f"/api/search?speaker={keeper}").get_json(),
    )
