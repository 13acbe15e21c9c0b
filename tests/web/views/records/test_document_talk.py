"""Staff let a document belong to another talk, found among many by words, or to none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.history import HistoryQuery, edits
from archive.catalogue.records import record
from tests.filled_archive import add, opened, slide
from tests.web.page_tree import texts, tree
from tests.web.people import SAME_SITE
from tests.web.views.records.forms import client_of, words

MANY = 130


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


@pytest.fixture
def staff(archive: Archive) -> FlaskClient:
    return client_of(archive)


def add_talks(archive: Archive) -> list[str]:
    """Add an event of many talks, and return the talks."""
    talks = tuple(NewTalk(f"Ämne {number}", number) for number in range(1, MANY + 1))
    with archive.database.write() as session:
        return list(save_event(session, NewEvent("Malmdagen", talks=talks), "anna").talk_ids)


def test_a_talk_is_found_among_many_and_chosen_then_another_and_none(
    archive: Archive, staff: FlaskClient
) -> None:
    document, talks = add(archive, "malm", slide("Gruvan")), add_talks(archive)
    address = f"/staff/documents/{document}/talk"
    assert address in staff.get(f"/staff/documents/{document}").get_data(as_text=True)
    page = tree(staff, f"{address}?find=malmdagen")
    assert len(page.xpath("//main//li[starts-with(@id, 'talk-')]")) == 100
    assert "Sök för att hitta fler" in words(staff.get(f"{address}?find=malmdagen"))
    page = tree(staff, f"{address}?find=ämne+77")
    assert texts(page, "//main//li[starts-with(@id, 'talk-')]//button") == ["Välj – Ämne 77"]
    assert page.xpath("//main//li[starts-with(@id, 'talk-')]//button/@value") == [talks[76]]

    def choose(talk: str, was: str) -> str:
        answer = staff.post(address, data={"talk": talk, "was": was}, headers=SAME_SITE)
        assert answer.status_code == 303
        return words(staff.get(answer.location))

    with archive.database.read() as session:
        first = record(session, document).talk
    assert "hör nu till föredraget" in choose(talks[76], first.id if first else "")
    with archive.database.read() as session:
        moved = record(session, document)
    assert moved.talk is not None
    assert moved.event is not None
    assert (moved.talk.topic, moved.event.title) == ("Ämne 77", "Malmdagen")
    assert "Nu" in words(staff.get(address)), "without words, the talks of its own event are shown"
    assert "hör inte till något föredrag" in choose("", talks[76])
    with archive.database.read() as session:
        assert record(session, document).talk is None
        assert len(edits(session, HistoryQuery(kind="document"), 10)) >= 2


def test_a_talk_that_there_is_not_and_one_chosen_by_somebody_else_are_told(
    archive: Archive, staff: FlaskClient
) -> None:
    document, talks = add(archive, "malm", slide("Gruvan")), add_talks(archive)
    address = f"/staff/documents/{document}/talk"
    with archive.database.read() as session:
        talk = record(session, document).talk
    was = talk.id if talk else ""
    answer = staff.post(address, data={"talk": "finnsinte2", "was": was}, headers=SAME_SITE)
    assert answer.status_code == 400
    assert staff.post(address, data={"talk": talks[0], "was": was}, headers=SAME_SITE).status_code == 303
    answer = staff.post(address, data={"talk": talks[1], "was": was}, headers=SAME_SITE)
    assert answer.status_code == 409
    assert "Någon annan har valt ett annat föredrag" in words(answer)
    with archive.database.read() as session:
        kept = record(session, document).talk
        assert kept is not None
        assert kept.id == talks[0]
    assert staff.get("/staff/documents/finnsinte2/talk").status_code == 404
