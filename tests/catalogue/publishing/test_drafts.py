"""Drafts: nobody but staff sees one until it is published, whatever else is given."""

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import changes, documents, records
from archive.catalogue.accept import Acceptance, accept
from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewEvent
from archive.catalogue.publishing import drafts
from archive.catalogue.taken_out import Kept, withdraw_left_out
from archive.catalogue.visibility import rank
from archive.errors import Gone, InputError
from archive.model.visibility import Visibility
from tests.catalogue.conftest import SEMINAR, new_file, put, save_event

PUBLIC, MEMBERS, STAFF = (level.rank for level in Visibility)


def _draft(session: Session, data: str = "ett", source: str = "upload:a", **values: object) -> str:
    return put(session, data, source, draft=True, **values)


def _hides(session: Session, document_id: str, since: int) -> bool:
    return document_id in changes.hidden_after(session, since)


def test_draft_is_listed_with_who_put_it_in_until_it_is_published(session: Session) -> None:
    first, second = _draft(session), _draft(session, "två", "upload:b")
    assert [one.record.document.id for one in drafts.drafts(session)] == [second, first]
    assert {one.made_by for one in drafts.drafts(session)} == {"test"}
    assert (rank(session, first), drafts.is_draft(session, first)) == (STAFF, True)
    since = changes.last_seq(session)
    drafts.publish(session, first, Visibility.MEMBERS, "anna")
    assert (rank(session, first), drafts.is_draft(session, first)) == (MEMBERS, False)
    assert drafts.count_drafts(session) == 1
    assert not _hides(session, first, since)
    since = changes.last_seq(session)
    drafts.publish(session, first, Visibility.MEMBERS, "anna")
    assert changes.last_seq(session) == since  # the same again writes nothing
    drafts.publish(session, first, Visibility.STAFF, "anna")
    assert _hides(session, first, since)


def test_unpublished_is_hidden_at_once_and_comes_back_as_it_was(session: Session) -> None:
    document = _draft(session)
    drafts.publish(session, document, Visibility.MEMBERS, "anna")
    since = changes.last_seq(session)
    assert drafts.unpublish(session, document, "anna")
    assert not drafts.unpublish(session, document, "anna")
    assert _hides(session, document, since)
    assert (rank(session, document), drafts.intended(session, document)) == (STAFF, Visibility.MEMBERS)


@pytest.mark.parametrize("is_same_source", [True, False])
def test_ingest_of_the_same_bytes_neither_publishes_a_draft_nor_fails(
    session: Session, is_same_source: bool
) -> None:
    document = _draft(session)
    saved = save_event(session)
    source = "upload:a" if is_same_source else "/in/a.pptx"
    accepted = accept(session, new_file(source=source, talk_id=saved.talk_ids[0]), "cli")
    assert (accepted.document.id, accepted.outcome) == (document, Acceptance.DUPLICATE)
    assert accepted.document.talk_id == saved.talk_ids[0]  # what is known of it is taken over
    assert (rank(session, document), drafts.is_draft(session, document)) == (STAFF, True)
    assert drafts.intended(session, document) is Visibility.PUBLIC


def test_ingest_of_a_drafts_talk_makes_a_version_of_the_draft(session: Session) -> None:
    saved = save_event(session)
    document = _draft(session, talk_id=saved.talk_ids[0])
    accepted = accept(session, new_file("två", "/in/b.pptx", talk_id=saved.talk_ids[0]), "cli")
    assert (accepted.document.id, accepted.outcome) == (document, Acceptance.NEW_VERSION)
    assert drafts.is_draft(session, document)
    assert rank(session, document) == STAFF


def test_no_other_way_publishes_a_draft(session: Session) -> None:
    document = _draft(session)
    documents.set_visibility(session, document, Visibility.PUBLIC, "kim")
    with pytest.raises(InputError, match="archive publish"):
        documents.show_again(session, document, "kim")
    documents.withdraw(session, document, "kim")
    documents.restore(session, document, "kim")
    assert (rank(session, document), drafts.is_draft(session, document)) == (STAFF, True)
    assert not documents.is_hidden_by_staff(session, document)


def test_discarded_draft_is_in_nobodys_way(session: Session) -> None:
    document = _draft(session)
    drafts.discard(session, document, "anna")
    with pytest.raises(Gone):
        drafts.is_draft(session, document)
    again = accept(session, new_file(source="upload:c", draft=True), "anna")
    assert again.outcome is Acceptance.NEW
    drafts.publish(session, again.document.id, Visibility.PUBLIC, "anna")
    with pytest.raises(InputError):
        drafts.discard(session, again.document.id, "anna")


def test_draft_becomes_the_next_version_of_another_document(session: Session) -> None:
    other, document = put(session, "ett"), _draft(session, "två")
    drafts.become_version(session, document, other, "anna")
    assert [version.number for version in documents.versions(session, other)] == [2, 1]
    assert rank(session, other) == PUBLIC
    with pytest.raises(Gone):
        documents.document(session, document)
    same = _draft(session, "två", "upload:d", event_id=None)
    if same != other:
        with pytest.raises(InputError):
            drafts.become_version(session, same, other, "anna")


def test_existing_document_takes_the_place_of_a_draft(session: Session) -> None:
    other = put(session, "ett")
    saved = save_event(session, NewEvent("Möte", talks=SEMINAR.talks))
    document = _draft(session, "två", talk_id=saved.talk_ids[0])
    drafts.use_existing(session, document, other, "anna")
    record = records.record(session, other)
    assert record.talk is not None
    assert record.talk.id == saved.talk_ids[0]
    assert record.rank == PUBLIC


def test_talk_and_event_made_for_a_draft_are_seen_with_their_first_document(session: Session) -> None:
    saved = save_event(session, NewEvent("Eget möte", visibility=Visibility.STAFF, talks=SEMINAR.talks[:1]))
    document = _draft(session, talk_id=saved.talk_ids[0])
    assert events.events(session, PUBLIC) == ()
    drafts.publish(session, document, Visibility.PUBLIC, "anna")
    assert rank(session, document) == PUBLIC
    assert [event.title for event in events.events(session, PUBLIC)] == ["Eget möte"]
    drafts.unpublish(session, document, "anna")
    assert events.talks_of_event(session, saved.event_id, PUBLIC) == ()
    assert events.events(session, PUBLIC) == ()


def test_event_of_a_file_keeps_who_sees_it(session: Session) -> None:
    saved = save_event(session, NewEvent("Öppet", source="/in/seminar.toml", talks=SEMINAR.talks[:1]))
    document = _draft(session, talk_id=saved.talk_ids[0])
    drafts.publish(session, document, Visibility.MEMBERS, "anna")
    drafts.unpublish(session, document, "anna")
    assert [event.title for event in events.events(session, PUBLIC)] == ["Öppet"]


def test_seminars_file_does_not_leave_out_what_staff_put_into_its_event(session: Session) -> None:
    saved = save_event(session)
    draft = _draft(session, event_id=saved.event_id)
    sent = put(session, "två", "upload:b", event_id=saved.event_id)
    left = put(session, "tre", "/in/c.pptx", event_id=saved.event_id)
    gone = withdraw_left_out(session, saved.event_id, saved.talk_ids, Kept(documents=()), "cli")
    assert [identifier for identifier, _ in gone] == [left]
    assert documents.document(session, draft).id == draft
    assert documents.document(session, sent).id == sent


def test_documents_that_are_alike_stay_apart_once_that_is_said(session: Session) -> None:
    drafts.keep_apart(session, "a", "b", "anna")
    assert drafts.kept_apart(session, "a") == {"b"}
    assert drafts.kept_apart(session, "b") == frozenset()
