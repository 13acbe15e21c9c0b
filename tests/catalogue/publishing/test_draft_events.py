"""An event that came in with drafts: for staff alone until something of it is published."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import records
from archive.catalogue.accept import Acceptance, accept
from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewEvent, SavedEvent
from archive.catalogue.events.save_event import save_event
from archive.catalogue.publishing import draft_events, drafts
from archive.catalogue.uploads import linking
from archive.catalogue.visibility import rank
from archive.errors import NotFound
from archive.model.uploads import UploadTarget
from archive.model.visibility import Visibility
from tests.catalogue.conftest import SEMINAR, new_file, put

PUBLIC, MEMBERS, STAFF = (level.rank for level in Visibility)
GIVEN = replace(SEMINAR, source="upload:a/seminar.toml")


def _save(session: Session, given: NewEvent = GIVEN, draft: bool = True) -> SavedEvent:
    return save_event(session, given, "anna", draft=draft)


def _draft(session: Session, **values: Any) -> str:
    given = new_file("ett", "upload:a/ett.pptx", draft=True, **values)
    return accept(session, given, "anna").document.id


def _titles(session: Session, max_rank: int = PUBLIC) -> list[str]:
    return [event.title for event in events.events(session, max_rank)]


def _topics(session: Session, saved: SavedEvent, max_rank: int = PUBLIC) -> list[str]:
    return [talk.topic for talk in events.talks_of_event(session, saved.event_id, max_rank)]


def test_event_is_seen_by_staff_alone_until_its_first_document_is_published(session: Session) -> None:
    saved = _save(session)
    first = _draft(session, talk_id=saved.talk_ids[0])
    assert (_titles(session), _titles(session, MEMBERS)) == ([], [])
    assert _titles(session, STAFF) == [SEMINAR.title]
    with pytest.raises(NotFound):
        events.event(session, saved.event_id, MEMBERS)
    drafts.publish(session, first, Visibility.PUBLIC, "anna")
    assert _titles(session) == [SEMINAR.title]
    assert rank(session, first) == PUBLIC
    # The talk without a document is opened with its event: nothing else could open it.
    assert _topics(session, saved) == [talk.topic for talk in SEMINAR.talks]
    assert not draft_events.is_draft(session, saved.event_id)


def test_talk_of_another_draft_stays_closed_when_its_event_opens(session: Session) -> None:
    saved = _save(session)
    first = _draft(session, talk_id=saved.talk_ids[0])
    other = new_file("två", "upload:a/två.pptx", draft=True, talk_id=saved.talk_ids[1])
    accept(session, other, "anna")
    drafts.publish(session, first, Visibility.PUBLIC, "anna")
    assert _topics(session, saved) == [SEMINAR.talks[0].topic]


def test_event_is_for_those_whom_its_file_names(session: Session) -> None:
    saved = _save(session, replace(GIVEN, visibility=Visibility.MEMBERS))
    first = _draft(session, talk_id=saved.talk_ids[0])
    drafts.publish(session, first, Visibility.PUBLIC, "anna")
    assert (_titles(session), _titles(session, MEMBERS)) == ([], [SEMINAR.title])
    assert rank(session, first) == MEMBERS


def test_event_without_documents_is_published_by_itself(session: Session) -> None:
    saved = _save(session)
    held = _draft(session, talk_id=saved.talk_ids[0])
    assert draft_events.publish(session, saved.event_id, "anna")
    assert not draft_events.publish(session, saved.event_id, "anna")
    assert _titles(session) == [SEMINAR.title]
    assert _topics(session, saved) == [SEMINAR.talks[1].topic]
    assert rank(session, held) == STAFF
    with pytest.raises(NotFound):
        draft_events.publish(session, "finnsinte", "anna")


def test_given_again_as_a_draft_a_published_event_neither_opens_nor_closes(session: Session) -> None:
    saved = _save(session, replace(GIVEN, visibility=Visibility.MEMBERS), draft=False)
    _save(session, replace(GIVEN, place="Umeå"))
    assert (_titles(session), _titles(session, MEMBERS)) == ([], [SEMINAR.title])
    assert events.event(session, saved.event_id, MEMBERS).place == "Umeå"
    assert len(_topics(session, saved, MEMBERS)) == 2


def test_new_talk_without_a_document_in_a_published_event_waits_to_be_published(session: Session) -> None:
    saved = _save(session, replace(GIVEN, talks=SEMINAR.talks[:1]), draft=False)
    _save(session)
    assert _topics(session, saved) == [SEMINAR.talks[0].topic]
    assert draft_events.is_draft(session, saved.event_id)
    draft_events.publish(session, saved.event_id, "anna")
    assert len(_topics(session, saved)) == 2


def test_given_again_by_command_it_is_published(session: Session) -> None:
    saved = _save(session)
    again = _save(session, draft=False)
    assert again.event_id == saved.event_id
    assert _titles(session) == [SEMINAR.title]


def test_upload_hides_no_published_document_in_its_draft_of_an_event(session: Session) -> None:
    known = put(session, "ett")
    saved = _save(session)
    given = new_file("ett", "upload:a/ett.pptx", draft=True, talk_id=saved.talk_ids[0])
    accepted = accept(session, given, "anna")
    assert (accepted.document.id, accepted.outcome) == (known, Acceptance.DUPLICATE)
    assert rank(session, known) == PUBLIC
    assert records.record(session, known).event is None


def test_published_document_that_staff_link_opens_the_event(session: Session) -> None:
    known = put(session, "ett")
    saved = _save(session)
    linking.link(session, known, UploadTarget(event_id=saved.event_id), "anna")
    assert rank(session, known) == PUBLIC
    assert _titles(session) == [SEMINAR.title]
