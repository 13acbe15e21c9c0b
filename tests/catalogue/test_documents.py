"""Looking up, hiding and withdrawing documents; the records that others read; figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, documents, jobs, pages, records, statistics
from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk, SavedEvent
from archive.catalogue.events.save_event import save_event
from archive.catalogue.identifiers import ALPHABET, new_id
from archive.errors import Gone, NotFound
from archive.model.documents import DocumentKind
from archive.model.extraction import Outcome
from archive.model.jobs import JobKind
from archive.model.pages import Picture
from archive.model.visibility import Visibility
from tests.catalogue.conftest import put, read


def _event(
    session: Session, title: str = "Möte", year: int = 2022, visibility: Visibility = Visibility.PUBLIC
) -> SavedEvent:
    talks = tuple(
        NewTalk(f"Ämne {n}", n, region_codes=("SE31",), speakers=(NewSpeaker(f"P{n}", "", "O"),))
        for n in (1, 2)
    )
    areas = (NewFocusArea("Område", 2021, 2022),)
    record = NewEvent(
        title, starts_on=date(year, 1, 1), visibility=visibility, talks=talks, focus_areas=areas
    )
    return save_event(session, record, "test")


@contextmanager
def _counted(session: Session) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    session.flush()
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield statements
    event.remove(connection, "before_cursor_execute", note)


def test_identifiers_are_short_and_without_look_alikes() -> None:
    found = {new_id() for _ in range(500)}
    assert len(found) == 500
    assert {len(identifier) for identifier in found} == {10}
    assert not set("".join(found)) & set("0o1liu")
    assert len(ALPHABET) == 30


def test_withdrawn_document_is_gone_and_hidden(session: Session) -> None:
    document_id = put(session)
    documents.withdraw(session, document_id, "kim")
    for call in (documents.document, records.record):
        with pytest.raises(Gone):
            call(session, document_id)
    with pytest.raises(Gone):
        documents.withdraw(session, document_id, "kim")
    assert changes.hidden_after(session, 0) == {document_id}
    assert jobs.pending(session) == {JobKind.EXTRACT: 0, JobKind.RENDER: 0, JobKind.OCR: 0}
    assert records.records(session, [document_id]) == {}
    assert documents.document_ids(session) == ()
    assert audit.latest(session, 1)[0].action == "document.withdraw"


def test_unknown_document_is_not_found(session: Session) -> None:
    for call in (documents.document, records.record):
        with pytest.raises(NotFound):
            call(session, "nothing")
    with pytest.raises(NotFound):
        documents.withdraw(session, "nothing", "kim")


def test_stricter_visibility_hides_and_looser_does_not(session: Session) -> None:
    document_id = put(session)
    seq = changes.last_seq(session)
    documents.set_visibility(session, document_id, Visibility.STAFF, "kim")
    assert changes.hidden_after(session, seq) == {document_id}
    middle = changes.last_seq(session)
    documents.set_visibility(session, document_id, Visibility.MEMBERS, "kim")
    assert changes.hidden_after(session, middle) == frozenset()
    last = changes.last_seq(session)
    assert last == middle + 1
    documents.set_visibility(session, document_id, Visibility.MEMBERS, "kim")
    assert changes.last_seq(session) == last, "nothing changed"


def test_what_was_withdrawn_was_seen_by_those_who_might(session: Session) -> None:
    saved = _event(session, visibility=Visibility.MEMBERS)
    loose = put(session, "ett")
    talk = put(session, "två", "/in/b", talk_id=saved.talk_ids[0])
    closed = put(session, "tre", "/in/c", visibility=Visibility.STAFF)
    for document_id in (loose, talk, closed):
        documents.withdraw(session, document_id, "kim")
    seen = {
        level: [records.was_visible(session, one, level.rank) for one in (loose, talk, closed)]
        for level in Visibility
    }
    assert seen == {
        Visibility.PUBLIC: [True, False, False],
        Visibility.MEMBERS: [True, True, False],
        Visibility.STAFF: [True, True, True],
    }
    assert not records.was_visible(session, "aaaaaaaaaa", Visibility.STAFF.rank)


def test_document_ids_are_paged_in_order(session: Session) -> None:
    expected = sorted(put(session, str(n), f"/in/{n}") for n in range(5))
    first = documents.document_ids(session, limit=3)
    assert [*first, *documents.document_ids(session, after=first[-1], limit=3)] == expected


def test_record_has_talk_event_and_the_strictest_rank(session: Session) -> None:
    saved = _event(session, visibility=Visibility.MEMBERS)
    deck = put(session, "ett", talk_id=saved.talk_ids[0])
    loose = put(session, "två", "/in/b", visibility=Visibility.STAFF)
    record = records.record(session, deck)
    assert record.talk is not None
    assert record.event is not None
    assert (record.rank, record.group) == (1, saved.talk_ids[0])
    assert (record.talk.topic, record.event.title) == ("Ämne 1", "Möte")
    assert record.talk.region_codes == ("SE31",)
    assert record.event.focus_areas[0].title == "Område"
    alone = records.record(session, loose)
    assert (alone.rank, alone.group, alone.talk, alone.event) == (2, loose, None, None)


def test_number_of_queries_does_not_grow_with_the_records(session: Session) -> None:
    identifiers: list[str] = []
    for number in range(12):
        saved = _event(session, f"Möte {number}")
        for talk in saved.talk_ids:
            identifiers.append(put(session, talk, talk_id=talk))
    session.expire_all()
    with _counted(session) as few:
        records.records(session, identifiers[:2])
    session.expire_all()
    with _counted(session) as many:
        found = records.records(session, identifiers[::-1])
    assert len(few) == len(many) <= 10
    assert list(found) == identifiers[::-1]


def test_records_of_event_and_talk_follow_the_programme(session: Session) -> None:
    saved = _event(session)
    report = put(
        session,
        "r",
        f"event:{saved.event_id}:r.pdf",
        event_id=saved.event_id,
        kind=DocumentKind.REPORT,
        title="A",
    )
    second = put(session, "2", talk_id=saved.talk_ids[1])
    first = put(session, "1", talk_id=saved.talk_ids[0])
    of_event = records.records_of_event(session, saved.event_id, 0)
    assert [record.document.id for record in of_event] == [first, second, report]
    of_talk = records.records_of_talk(session, saved.talk_ids[1], 0)
    assert [record.document.id for record in of_talk] == [second]


def test_records_above_the_visitors_rank_are_left_out(session: Session) -> None:
    closed = _event(session, visibility=Visibility.STAFF)
    put(session, "1", talk_id=closed.talk_ids[0])
    put(session, "2", "/in/2", visibility=Visibility.MEMBERS)
    assert list(records.latest_ids(session, 0, 9)) == []
    assert len(records.latest_ids(session, 1, 9)) == 1
    assert len(records.latest_ids(session, 2, 9)) == 2
    assert records.records_of_event(session, closed.event_id, 1) == ()
    assert records.records_of_talk(session, closed.talk_ids[0], 1) == ()


def test_latest_documents_are_of_the_newest_event_then_newest_given(session: Session) -> None:
    old = put(session, "1", talk_id=_event(session, "Gammal", 2010).talk_ids[0])
    new = put(session, "2", talk_id=_event(session, "Ny", 2024).talk_ids[0])
    loose = [put(session, data, f"/in/{data}") for data in ("3", "4")]
    latest = tuple(records.records(session, records.latest_ids(session, 0, 9)).values())
    assert [record.document.id for record in latest] == [new, old, *loose[::-1]]
    assert len(records.latest_ids(session, 0, 2)) == 2


def test_counts_are_of_live_documents_and_shown_versions(session: Session) -> None:
    saved = _event(session)
    deck = put(session, "1", talk_id=saved.talk_ids[0])
    read(session, documents.document(session, deck).version.id, "A", "B", "C")
    put(session, "1b", talk_id=saved.talk_ids[0])
    empty = put(session, "2", "/in/2")
    read(session, documents.document(session, empty).version.id, "", category=Outcome.EMPTY_NEEDS_OCR)
    failed = put(session, "3", "/in/3")
    read(session, documents.document(session, failed).version.id, category=Outcome.PASSWORD)
    put(session, "4", "/in/4")
    torn = put(session, "6", "/in/6")
    read(session, documents.document(session, torn).version.id, "A", category=Outcome.DAMAGED)
    documents.withdraw(session, put(session, "5", "/in/5"), "test")
    version_id = documents.document(session, deck).version.id
    pages.save_picture(session, version_id, Picture(1, 1.0, 1.0, 1, 1, "a" * 64, "b" * 64))
    assert statistics.counts(session) == statistics.Counts(
        documents=5,
        pages=5,
        originals=7,
        pictures=1,
        events=1,
        talks=2,
        by_category={"ok": 1, "empty_needs_ocr": 1, "password": 1, "damaged": 1, "waiting": 1},
    )
    assert statistics.indexable(session) == {deck: 3, empty: 1, torn: 1}


def test_counts_of_an_empty_catalogue_are_zero(session: Session) -> None:
    assert statistics.counts(session) == statistics.Counts(0, 0, 0, 0, 0, 0, {})


def test_versions_come_newest_first_read_or_not(session: Session) -> None:
    document_id = put(session, "ett")
    read(session, documents.document(session, document_id).version.id, "Ett")
    assert put(session, "tvåan") == document_id
    found = documents.versions(session, document_id)
    assert [(one.number, one.original.size_bytes, one.category) for one in found] == [
        (2, 5, None),
        (1, 3, Outcome.OK),
    ]
    assert documents.versions(session, "nothing") == ()
