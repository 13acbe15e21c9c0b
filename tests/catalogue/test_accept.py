"""What becomes of a file that is given: every branch of accept."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, documents, jobs, pages
from archive.catalogue.accept import Acceptance, NewDocument, accept
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk, SavedEvent
from archive.catalogue.events.save_event import save_event
from archive.catalogue.tables.documents import VersionRow
from archive.model.documents import DocumentKind
from archive.model.extraction import Outcome
from archive.model.jobs import JobKind
from archive.model.visibility import Visibility
from tests.catalogue.conftest import new_file, put, read

_STAFF, _MEMBERS, _PUBLIC = Visibility.STAFF, Visibility.MEMBERS, Visibility.PUBLIC


def _event(session: Session, *topics: str, visibility: Visibility = _PUBLIC) -> SavedEvent:
    talks = tuple(NewTalk(topic, n, speakers=(NewSpeaker(f"P{n}"),)) for n, topic in enumerate(topics, 1))
    return save_event(session, NewEvent("Möte", visibility=visibility, talks=talks), "test")


def _accept(session: Session, new: NewDocument) -> tuple[str, Acceptance]:
    accepted = accept(session, new, "test")
    return accepted.document.id, accepted.outcome


def _drain(session: Session, version_id: str, *titles: str, category: Outcome = Outcome.OK) -> None:
    """Do all work of a version."""
    read(session, version_id, *titles, category=category)
    pages.finish_pictures(session, version_id)
    jobs.drop(session, [version_id])


def _hidden(session: Session, seq: int = 0) -> frozenset[str]:
    session.flush()
    return changes.hidden_after(session, seq)


def test_new_file_is_a_document_with_jobs_change_and_audit(session: Session) -> None:
    accepted = accept(session, new_file(publisher="SCB", year=2020, visibility=_MEMBERS), "kim")
    document = accepted.document
    assert accepted.outcome is Acceptance.NEW
    assert (document.publisher, document.year, document.visibility) == ("SCB", 2020, _MEMBERS)
    assert (document.version.number, document.version.category) == (1, None)
    assert jobs.pending(session) == {JobKind.EXTRACT: 1, JobKind.RENDER: 1, JobKind.OCR: 0}
    assert [change.document_id for change in changes.after(session, 0, 10)] == [document.id]
    assert _hidden(session) == frozenset()
    (event,) = audit.latest(session, 10)
    assert (event.actor, event.action, event.subject, event.outcome) == (
        "kim",
        "document.accept",
        document.id,
        "new",
    )


def test_same_file_again_writes_nothing(session: Session) -> None:
    first, _ = _accept(session, new_file())
    seq = changes.last_seq(session)
    assert _accept(session, new_file()) == (first, Acceptance.UNCHANGED)
    assert changes.last_seq(session) == seq
    assert len(audit.latest(session, 10)) == 1
    assert jobs.pending(session) == {JobKind.EXTRACT: 1, JobKind.RENDER: 1, JobKind.OCR: 0}


def test_changed_file_is_the_next_version_of_the_same_document(session: Session) -> None:
    first, _ = _accept(session, new_file("ett"))
    _drain(session, documents.document(session, first).version.id, "Gammal")
    assert _accept(session, new_file("två")) == (first, Acceptance.NEW_VERSION)
    assert documents.document(session, first).version.number == 1, "the newest read version is shown"
    assert jobs.pending(session) == {JobKind.EXTRACT: 1, JobKind.RENDER: 1, JobKind.OCR: 0}
    job = jobs.queue  # the new version's jobs exist already
    newest = session.scalars(select(VersionRow.id).where(VersionRow.number == 2)).one()
    assert not job(session, newest, JobKind.EXTRACT)
    read(session, newest, "Ny")
    assert documents.document(session, first).version.number == 2
    assert _hidden(session) == {first}


def test_file_that_goes_back_is_a_version_of_its_own(session: Session) -> None:
    outcomes = [_accept(session, new_file(data))[1] for data in ("ett", "två", "ett")]
    assert outcomes == [Acceptance.NEW, Acceptance.NEW_VERSION, Acceptance.NEW_VERSION]


def test_copy_elsewhere_is_a_duplicate(session: Session) -> None:
    first, _ = _accept(session, new_file(source="/in/a.pptx"))
    seq = changes.last_seq(session)
    assert _accept(session, new_file(source="/in/b.pptx")) == (first, Acceptance.DUPLICATE)
    assert changes.last_seq(session) == seq


def test_copy_of_an_older_version_is_a_document_of_its_own(session: Session) -> None:
    first, _ = _accept(session, new_file("ett", "/in/a.pptx"))
    _accept(session, new_file("två", "/in/a.pptx"))
    second, outcome = _accept(session, new_file("ett", "/in/b.pptx"))
    assert (outcome, second != first) == (Acceptance.NEW, True)


def test_loose_document_is_adopted_by_its_talk(session: Session) -> None:
    loose, _ = _accept(session, new_file(source="/in/a.pptx"))
    saved = _event(session, "Ämne")
    seq = changes.last_seq(session)
    talk: dict[str, Any] = {
        "talk_id": saved.talk_ids[0],
        "title": "Ämne",
        "title_is_given": True,
    }
    assert _accept(session, new_file(source="/in/a.pptx", **talk)) == (loose, Acceptance.DUPLICATE)
    document = documents.document(session, loose)
    assert (document.talk_id, document.event_id) == (saved.talk_ids[0], saved.event_id)
    assert document.title == "Ämne"
    assert [change.document_id for change in changes.after(session, seq, 10)] == [loose]
    assert _hidden(session, seq) == frozenset()
    assert _accept(session, new_file(source="/in/a.pptx", **talk)) == (loose, Acceptance.UNCHANGED)
    assert _accept(session, new_file(source="/in/a.pptx")) == (loose, Acceptance.UNCHANGED)
    assert documents.document(session, loose).talk_id == saved.talk_ids[0]


def test_adoption_by_a_stricter_event_hides(session: Session) -> None:
    loose = put(session)
    saved = _event(session, "Ämne", visibility=_STAFF)
    seq = changes.last_seq(session)
    put(session, talk_id=saved.talk_ids[0])
    assert _hidden(session, seq) == {loose}


def test_loose_report_is_adopted_by_its_event(session: Session) -> None:
    loose = put(session, source="/in/r.pdf", kind=DocumentKind.REPORT)
    saved = _event(session)
    source = f"event:{saved.event_id}:r.pdf"
    given: dict[str, Any] = {"kind": DocumentKind.REPORT, "event_id": saved.event_id}
    assert _accept(session, new_file(source=source, **given)) == (loose, Acceptance.DUPLICATE)
    assert documents.document(session, loose).event_id == saved.event_id
    assert _accept(session, new_file("två", source, **given)) == (loose, Acceptance.NEW_VERSION)


def test_changed_loose_file_that_gets_a_talk_is_its_next_version(session: Session) -> None:
    loose = put(session, "ett", "/in/a.pptx")
    saved = _event(session, "Ämne")
    given = new_file("två", "/in/a.pptx", talk_id=saved.talk_ids[0])
    assert _accept(session, given) == (loose, Acceptance.NEW_VERSION)
    assert documents.document(session, loose).event_id == saved.event_id


def test_deck_of_a_talk_is_known_by_the_talk_not_the_path(session: Session) -> None:
    saved = _event(session, "Ämne", "Annat")
    first, second = saved.talk_ids
    deck = put(session, "ett", "/in/a.pptx", talk_id=first)
    assert _accept(session, new_file("två", "/moved/b.pptx", talk_id=first)) == (
        deck,
        Acceptance.NEW_VERSION,
    )
    assert _accept(session, new_file("två", "/moved/b.pptx", talk_id=second)) == (
        deck,
        Acceptance.DUPLICATE,
    )
    assert documents.document(session, deck).talk_id == first
    other, outcome = _accept(session, new_file("tre", "/in/a.pptx", talk_id=second))
    assert (other != deck, outcome) == (True, Acceptance.NEW)


def test_bytes_that_staff_withdrew_stay_away_wherever_they_come_from(session: Session) -> None:
    first = put(session)
    put(session, "två")
    documents.withdraw(session, first, "test")
    seq = changes.last_seq(session)
    for data in ("ett", "två"):
        for source in ("/in/a.pptx", "/annan/b.pptx"):
            assert _accept(session, new_file(data, source)) == (first, Acceptance.WITHDRAWN)
    assert changes.last_seq(session) == seq
    other, outcome = _accept(session, new_file("rättad"))
    assert (other != first, outcome) == (True, Acceptance.NEW)
    assert _accept(session, new_file("ett")) == (first, Acceptance.WITHDRAWN), "not as a version of the other"


def test_restored_document_is_taken_in_as_before(session: Session) -> None:
    first = put(session)
    documents.withdraw(session, first, "test")
    assert documents.restore(session, first, "test")
    assert not documents.restore(session, first, "test")
    assert _accept(session, new_file()) == (first, Acceptance.UNCHANGED)
    assert jobs.pending(session)[JobKind.EXTRACT] == 1


def test_given_title_publisher_and_year_are_taken_over(session: Session) -> None:
    first = put(session)
    seq = changes.last_seq(session)
    given = new_file(title="Rubrik", title_is_given=True, publisher="SCB", year=2021)
    assert _accept(session, given) == (first, Acceptance.UNCHANGED)
    assert changes.last_seq(session) == seq + 1
    put(session, title="a.pptx")
    document = documents.document(session, first)
    assert (document.title, document.publisher, document.year) == ("Rubrik", "SCB", 2021)


def test_loose_file_may_be_closed_but_never_opened_by_ingest(session: Session) -> None:
    first = put(session)
    seq = changes.last_seq(session)
    put(session, visibility=_STAFF)
    assert documents.document(session, first).visibility is _STAFF
    assert _hidden(session, seq) == {first}
    put(session, visibility=_PUBLIC)
    assert documents.document(session, first).visibility is _STAFF


def test_staffs_choice_stays_until_the_talk_asks_for_another(session: Session) -> None:
    talk = _event(session, "Ämne").talk_ids[0]
    deck = put(session, talk_id=talk)
    documents.set_visibility(session, deck, _STAFF, "kim")
    put(session, talk_id=talk, visibility=_PUBLIC)
    assert documents.document(session, deck).visibility is _STAFF
    put(session, talk_id=talk, visibility=_MEMBERS)
    assert documents.document(session, deck).visibility is _MEMBERS


@pytest.mark.parametrize(
    ("category", "message", "expected"),
    [
        (Outcome.CRASH, "", {JobKind.EXTRACT: 1, JobKind.RENDER: 0, JobKind.OCR: 0}),
        (Outcome.TIMEOUT, "", {JobKind.EXTRACT: 1, JobKind.RENDER: 0, JobKind.OCR: 0}),
        (Outcome.RESOURCE_LIMIT, "no", {JobKind.EXTRACT: 1, JobKind.RENDER: 1, JobKind.OCR: 0}),
        (Outcome.OK, "LibreOffice is missing", {JobKind.EXTRACT: 0, JobKind.RENDER: 1, JobKind.OCR: 0}),
        (Outcome.OK, "", {JobKind.EXTRACT: 0, JobKind.RENDER: 0, JobKind.OCR: 0}),
        (Outcome.PASSWORD, "no", {JobKind.EXTRACT: 0, JobKind.RENDER: 0, JobKind.OCR: 0}),
        (Outcome.DAMAGED, "no", {JobKind.EXTRACT: 0, JobKind.RENDER: 0, JobKind.OCR: 0}),
    ],
)
def test_failed_work_is_asked_for_again(
    session: Session, category: Outcome, message: str, expected: dict[JobKind, int]
) -> None:
    version = documents.document(session, put(session)).version
    _drain(session, version.id, category=category)
    pages.finish_pictures(session, version.id, message)
    assert _accept(session, new_file())[1] is Acceptance.UNCHANGED
    assert jobs.pending(session) == expected


def test_odd_file_name_is_kept_as_escapes(session: Session) -> None:
    name = b"/in/\xe5r.pptx".decode("utf-8", "surrogateescape")
    first, _ = _accept(session, new_file(source=name))
    assert _accept(session, new_file(source=name)) == (first, Acceptance.UNCHANGED)
