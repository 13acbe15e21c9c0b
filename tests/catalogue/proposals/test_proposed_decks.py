"""A deck that a speaker proposes waits with the proposal, and keeps the document's address."""

from datetime import UTC, datetime

import pytest

from archive.app import Archive
from archive.catalogue.proposals.waiting import ready
from archive.catalogue.publishing.drafts import is_draft
from archive.catalogue.queue import waiting as queue
from archive.catalogue.records import records_of_talk
from archive.catalogue.versions import newest_version
from archive.errors import InputError
from archive.model.visibility import Visibility
from tests.catalogue.proposals.speakers import accept, link_to, propose, send_deck, take
from tests.filled_archive import add


def test_deck_waits_with_the_proposal_and_becomes_a_version_with_the_same_address(
    archive: Archive, talk: str
) -> None:
    present = add(archive, "bildspel", "Gamla ord", talk=talk)
    link = link_to(archive, talk)
    proposal = propose(archive, link, rights="Ja.")
    send_deck(archive, proposal, b"Forsta forsoket.")
    with archive.database.read() as session:
        assert ready(session, proposal.id).is_receiving
    with pytest.raises(InputError):
        accept(archive, proposal, "topic")
    take(archive)
    send_deck(archive, proposal, b"Andra forsoket.")
    take(archive)
    with archive.database.read() as session:
        found = ready(session, proposal.id)
        waits = [one.document_id for one in queue.entries(session, datetime.now(UTC))]
        assert (len(found.decks), found.is_receiving, newest_version(session, present).number) == (
            2,
            False,
            1,
        )
    assert not set(found.decks) & set(waits)
    accept(archive, proposal)
    with archive.database.read() as session:
        assert newest_version(session, present).number == 2
        assert [one.document.id for one in records_of_talk(session, talk, Visibility.STAFF.rank)] == [present]
        assert ready(session, proposal.id).decks == []


def test_deck_of_a_talk_without_one_stays_a_draft(archive: Archive, talk: str) -> None:
    proposal = propose(archive, link_to(archive, talk), rights="Ja.")
    send_deck(archive, proposal, b"Nytt bildspel.")
    take(archive)
    accept(archive, proposal)
    with archive.database.read() as session:
        (record,) = records_of_talk(session, talk, Visibility.STAFF.rank)
        assert is_draft(session, record.document.id)
        assert record.document.id in [one.document_id for one in queue.entries(session, datetime.now(UTC))]
