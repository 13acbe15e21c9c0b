"""A withdrawn document says of which talk it was to those who could see it, and nothing of its file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import documents
from archive.catalogue.citing.tombstones import Tombstone, tombstone_of
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
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


def test_live_and_unknown_documents_and_those_of_others_have_none(archive: Archive) -> None:
    live = add(archive, "levande", slide("Ett"))
    closed = add(archive, "sluten", slide("Två"), visibility=Visibility.MEMBERS)
    withdraw(archive, closed)
    assert told(archive, live) is None
    assert told(archive, "unknown") is None
    assert told(archive, closed) is None
    assert told(archive, closed, Visibility.MEMBERS) is not None
