"""What staff say of a document is saved with its talk and event, at once, and never over somebody else's."""

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import changes, documents, records
from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewSpeaker
from archive.catalogue.publishing import drafts
from archive.catalogue.publishing.facts import DocumentFacts, known_facts, save_facts
from archive.errors import ChangedMeanwhile, InputError
from archive.model.documents import DocumentKind
from archive.model.visibility import Visibility
from tests.catalogue.conftest import put, read, save_event

PUBLIC, STAFF = Visibility.PUBLIC.rank, Visibility.STAFF.rank
FACTS = DocumentFacts(
    title="Gruvor i norr",
    date="2022-05-04",
    language="sv",
    organisation="Föreningen",
    new_event="Gruvdagen",
    region_codes=("SE332",),
    speakers=(NewSpeaker("Eva Ström", "chef", "Region Norr"), NewSpeaker("Bo Ek")),
    visibility=Visibility.MEMBERS,
    kind=DocumentKind.DECK,
)


def _draft(session: Session, data: str = "ett", source: str = "upload:a") -> str:
    return put(session, data, source, draft=True)


def _save(session: Session, document: str, facts: DocumentFacts, is_published: bool = False) -> None:
    save_facts(session, document, facts, known_facts(session, document).mark, is_published, "anna")


def test_draft_is_saved_with_a_new_event_and_nobody_but_staff_sees_any_of_it(session: Session) -> None:
    document = _draft(session)
    assert not known_facts(session, document).are_given
    _save(session, document, FACTS)
    known = known_facts(session, document)
    assert (known.are_given, known.is_draft) == (True, True)
    assert known.facts == DocumentFacts(
        **{name: getattr(FACTS, name) for name in FACTS.__slots__ if name not in ("event_id", "new_event")},
        event_id=known.facts.event_id,
    )
    assert records.record(session, document).rank == STAFF
    assert events.events(session, PUBLIC) == ()
    assert events.talks_of_event(session, known.facts.event_id, Visibility.MEMBERS.rank) == ()


def test_publishing_shows_document_talk_and_event_to_those_chosen(session: Session) -> None:
    document = _draft(session)
    _save(session, document, FACTS, is_published=True)
    record = records.record(session, document)
    assert record.rank == Visibility.MEMBERS.rank
    assert record.event is not None
    assert record.event.starts_on is not None
    assert [talk.topic for talk in events.talks_of_event(session, record.event.id, record.rank)] == [
        "Gruvor i norr"
    ]
    assert events.events(session, PUBLIC) == ()


def test_existing_event_is_taken_and_keeps_its_talks(session: Session) -> None:
    saved = save_event(session)
    document = _draft(session)
    facts = DocumentFacts("Ny bild", event_id=saved.event_id)
    _save(session, document, facts, is_published=True)
    topics = [talk.topic for talk in events.talks_of_event(session, saved.event_id, PUBLIC)]
    assert topics == ["Strategi", "Smart specialisering", "Ny bild"]
    _save(session, document, DocumentFacts("Utan möte"), is_published=True)
    record = records.record(session, document)
    assert (record.event, record.title) == (None, "Utan möte")
    with pytest.raises(InputError):
        _save(session, document, DocumentFacts("x", event_id="nothing"))


def test_event_of_the_same_name_and_day_is_not_made_twice(session: Session) -> None:
    first, second = _draft(session), _draft(session, "två", "upload:b")
    _save(session, first, FACTS)
    _save(session, second, FACTS)
    assert known_facts(session, first).facts.event_id == known_facts(session, second).facts.event_id


def test_what_somebody_changed_meanwhile_is_not_written_over(session: Session) -> None:
    document = _draft(session)
    mark = known_facts(session, document).mark
    _save(session, document, FACTS)
    with pytest.raises(ChangedMeanwhile):
        save_facts(session, document, DocumentFacts("Min titel"), mark, True, "bo")
    assert known_facts(session, document).facts.title == "Gruvor i norr"
    assert drafts.is_draft(session, document)


def test_same_again_writes_nothing_and_less_to_see_hides_at_once(session: Session) -> None:
    document = _draft(session)
    _save(session, document, FACTS, is_published=True)
    same = known_facts(session, document).facts
    seq = changes.last_seq(session)
    _save(session, document, same, is_published=True)
    assert changes.last_seq(session) == seq
    _save(session, document, DocumentFacts("Gruvor", visibility=Visibility.STAFF), is_published=True)
    assert document in changes.hidden_after(session, seq)


def test_new_reading_of_the_file_keeps_title_date_and_language_that_staff_gave(session: Session) -> None:
    document = _draft(session)
    _save(session, document, DocumentFacts("Min titel", date="2019-03", language="en"))
    read(session, documents.document(session, document).version.id, "Filens titel 2021-02-03")
    found = documents.document(session, document)
    assert (found.title, found.file_date, found.language) == ("Min titel", "2019-03", "en")
