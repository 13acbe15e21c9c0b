"""A withdrawn document says of which talk it was to those who could see it, and nothing of its file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import documents
from archive.catalogue.citing.cited_records import Tombstone, tombstone_of
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.tables.events import EventRow
from archive.model.documents import DocumentKind
from archive.model.visibility import Visibility
from tests.filled_archive import add, opened, slide


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as made:
        yield made


def told(archive: Archive, document_id: str, visitor: Visibility = Visibility.PUBLIC) -> Tombstone | None:
    with archive.database.read() as session:
        return tombstone_of(session, document_id, visitor)


def withdraw(archive: Archive, document_id: str) -> None:
    with archive.database.write() as session:
        documents.withdraw(session, document_id, "test")


def test_talk_and_event_of_a_withdrawn_deck_are_told(archive: Archive) -> None:
    event = NewEvent("Gruvor i norr", talks=(NewTalk("Gruvans framtid", 1),))
    with archive.database.write() as session:
        (talk,) = save_event(session, event, "test").talk_ids
    document = add(archive, "hemlig titel", slide("Ett"), talk=talk)
    withdraw(archive, document)
    tombstone = told(archive, document)
    assert tombstone is not None
    assert tombstone.talk is not None
    assert tombstone.event is not None
    assert (tombstone.talk.topic, tombstone.event.title) == ("Gruvans framtid", "Gruvor i norr")
    assert "hemlig titel" not in repr(tombstone)


def test_event_of_a_withdrawn_report_is_told_to_those_who_may_see_it(archive: Archive) -> None:
    with archive.database.write() as session:
        event_id = save_event(session, NewEvent("Gruvor i norr"), "test").event_id
    document = add(archive, "rapport", slide("Ett"), event=event_id, kind=DocumentKind.REPORT)
    withdraw(archive, document)
    tombstone = told(archive, document)
    assert tombstone is not None
    assert tombstone.event is not None
    assert (tombstone.talk, tombstone.event.title) == (None, "Gruvor i norr")
    with archive.database.write() as session:
        session.get_one(EventRow, event_id).visibility = Visibility.MEMBERS
    assert told(archive, document) is None
    assert told(archive, document, Visibility.MEMBERS) is not None


def test_live_and_unknown_documents_and_those_of_others_have_none(archive: Archive) -> None:
    live = add(archive, "levande", slide("Ett"))
    closed = add(archive, "sluten", slide("Två"), visibility=Visibility.MEMBERS)
    withdraw(archive, closed)
    assert told(archive, live) is None
    assert told(archive, "unknown") is None
    assert told(archive, closed) is None
    assert told(archive, closed, Visibility.MEMBERS) is not None
