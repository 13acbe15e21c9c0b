"""What an import publishes, updates and takes back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from archive.catalogue.events.events import events, talks_of_event
from archive.catalogue.events.films import films_of_event
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.imports.current import current_draft, known_names
from archive.catalogue.imports.imports import add_import, find_import, read_again, save_draft
from archive.catalogue.imports.links import finish_link, lease_link, links_of, source_of
from archive.catalogue.imports.publishing import publish
from archive.catalogue.imports.undoing import preview_undo, undo_import
from archive.catalogue.journal.recording import recording
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, PersonRow, TalkRow
from archive.errors import InputError
from archive.imports.drafting import draft_of
from archive.imports.importing import draft_now
from archive.model.edits import Author, Reason
from archive.model.seminar_pages.imports import GivenSource, ImportKind, ImportState
from archive.model.seminar_pages.seminar_draft import KeptField
from archive.model.seminar_pages.seminar_page import SeminarPage
from archive.model.visibility import Visibility
from tests.catalogue.conftest import put
from tests.imports.seminar_pages import ADDRESS, EVENT, PAGE, SMART, STRATEGY, page_with, read

RECORDS = (
    *("event", "presentation", "person", "organisation", "focus_area", "event_focus_area", "contribution"),
    *("presentation_region", "film"),
)


def given(page: SeminarPage = PAGE, address: str = ADDRESS) -> GivenSource:
    return GivenSource(ImportKind.PAGE, address, "", "a" * 64, 10, "text/html")


def taken_up(session: Session, page: SeminarPage = PAGE) -> str:
    return add_import(session, given(page), page, draft_of(page), "eva")


def change(session: Session, import_id: str, **values: Any) -> None:
    """Type something on the import's page."""
    draft = find_import(session, import_id).draft
    save_draft(session, import_id, replace(draft, events=(replace(draft.events[0], **values),)))


def reread(session: Session, import_id: str, page: SeminarPage) -> tuple[KeptField, ...]:
    """Read a page again; return in which fields staff's word stays."""
    found = find_import(session, import_id)
    draft, kept = draft_now(found, page, lambda published: current_draft(session, published))
    read_again(session, import_id, found.source, page, draft, kept, "eva")
    return kept


def rows(session: Session) -> Mapping[str, list[Any]]:
    """Return all records as they are written."""
    session.flush()
    return {
        table: sorted(map(tuple, session.execute(text(f"SELECT * FROM {table}")).all()), key=str)
        for table in RECORDS
    }


def test_a_page_becomes_its_records(session: Session) -> None:
    import_id = taken_up(session)
    publish(session, import_id, "eva")
    (event,) = events(session, 0)
    assert (event.title, str(event.starts_on), event.place, event.occasion) == (
        *("Smart industri", "2022-05-19", "Falun", "årsmötet"),
    )
    assert (event.focus_areas[0].title, event.focus_areas[0].year_from) == ("Bergslagens industri", 2021)
    strategy, smart = talks_of_event(session, event.id, 0)
    assert (strategy.topic, strategy.region_codes) == ("Strategi för omvandling", ("SE313",))
    assert films_of_event(session, event.id) == {strategy.id: ["https://film.example/1"]}
    assert [(one.name, one.role, one.is_moderator) for one in smart.contributions] == [
        ("Lisa Virén", "", False),
        ("Eva Ek", "", True),
    ]
    assert [
        (one.link.address, one.link.talk_id, one.link.kind.value) for one in links_of(session, import_id)
    ] == [
        ("https://forening.example/bilder/carina.pptx", strategy.id, "deck"),
        ("https://forening.example/rapporter/export.pdf", "", "report"),
    ]
    assert find_import(session, import_id).state is ImportState.PUBLISHED


def test_publishing_twice_writes_nothing_new(session: Session) -> None:
    import_id = taken_up(session)
    publish(session, import_id, "eva")
    before = rows(session)
    publish(session, import_id, "eva")
    assert rows(session) == before
    assert len(links_of(session, import_id)) == 2


def test_taking_back_leaves_what_there_was_before(session: Session) -> None:
    save_event(session, NewEvent("Annat", talks=(NewTalk("Annat", 1),)), "test")
    before = rows(session)
    import_id = taken_up(session)
    publish(session, import_id, "eva")
    assert preview_undo(session, import_id, "eva").row_count > 5
    assert find_import(session, import_id).state is ImportState.PUBLISHED
    outcome = undo_import(session, import_id, "eva")
    assert (outcome.conflicts, outcome.left_documents) == ((), ())
    assert rows(session) == before
    assert links_of(session, import_id) == []
    assert find_import(session, import_id).state is ImportState.UNDONE
    with pytest.raises(InputError):
        undo_import(session, import_id, "eva")
    publish(session, import_id, "eva")
    assert len(events(session, 0)) == 2


def test_taking_back_withdraws_what_was_brought_in_and_leaves_what_was_moved(session: Session) -> None:
    import_id = taken_up(session)
    publish(session, import_id, "eva")
    documents = []
    for number, link in enumerate(links_of(session, import_id)):
        document_id = put(
            session,
            str(number),
            source_of(link.link),
            talk_id=link.link.talk_id or None,
            event_id=link.link.event_id,
        )
        leased = lease_link(session, "w", now(), 60)
        assert leased is not None
        assert finish_link(session, leased, document_id)
        documents.append(document_id)
    other = save_event(session, NewEvent("Annat"), "test").event_id
    session.get_one(DocumentRow, documents[1]).event_id = other
    outcome = undo_import(session, import_id, "eva")
    assert outcome.withdrawn == (documents[0],)
    assert outcome.left_documents == (documents[1],)
    assert session.get_one(DocumentRow, documents[0]).withdrawn_at is not None
    assert session.get_one(DocumentRow, documents[1]).withdrawn_at is None
    assert session.scalars(select(TalkRow)).all() == []


def test_what_others_have_changed_since_is_left_and_told(session: Session) -> None:
    import_id = taken_up(session)
    publish(session, import_id, "eva")
    (event,) = events(session, 0)
    with recording(session, Author("bo", Reason.FORM)):
        session.get_one(EventRow, event.id).place = "Borlänge"
    outcome = undo_import(session, import_id, "eva")
    assert [(one.table, one.column, one.found) for one in outcome.conflicts] == [
        ("event", "place", "Borlänge")
    ]
    assert session.get_one(EventRow, event.id).place == "Borlänge"


def test_reading_again_updates_and_keeps_what_staff_have_changed(session: Session) -> None:
    import_id = taken_up(session)
    publish(session, import_id, "eva")
    (event,) = events(session, 0)
    ids = [talk.id for talk in talks_of_event(session, event.id, 0)]
    session.get_one(EventRow, event.id).place = "Borlänge"
    session.get_one(TalkRow, ids[1]).topic = "Smart specialisering i praktiken"
    page = page_with(
        replace(
            EVENT,
            place=read("Falu stad"),
            occasion=read("vårmötet"),
            talks=(replace(STRATEGY, abstract=read("Om strategi")), SMART, replace(SMART, topic=read("Ny"))),
        )
    )
    kept = reread(session, import_id, page)
    assert [(one.field, one.kept, one.read) for one in kept] == [("event.0.place", "Borlänge", "Falu stad")]
    publish(session, import_id, "eva")
    (event,) = events(session, 0)
    assert (event.place, event.occasion) == ("Borlänge", "vårmötet")
    talks = talks_of_event(session, event.id, 0)
    assert [talk.topic for talk in talks] == [
        *("Strategi för omvandling", "Smart specialisering i praktiken", "Ny"),
    ]
    assert [talk.id for talk in talks[:2]] == ids
    assert talks[0].abstract == "Om strategi"


def test_what_staff_typed_before_and_after_publishing_stays_when_the_page_is_read_again(
    session: Session,
) -> None:
    import_id = taken_up(session)
    change(session, import_id, occasion="höstmötet")
    publish(session, import_id, "eva")
    change(session, import_id, place="Falu stad", organiser="Vi")
    session.scalars(select(EventRow)).one().organiser = "Ni"
    assert reread(session, import_id, page_with(replace(EVENT, text=read("Ny text")))) == ()
    (event,) = find_import(session, import_id).draft.events
    assert (event.occasion, event.place, event.organiser) == ("höstmötet", "Falu stad", "Vi")
    assert event.text == "Ny text"
    publish(session, import_id, "eva")
    (saved,) = events(session, 0)
    assert (saved.occasion, saved.place, saved.text) == ("höstmötet", "Falu stad", "Ny text")


def test_what_the_page_said_in_between_is_nobodys_word(session: Session) -> None:
    import_id = taken_up(session)
    publish(session, import_id, "eva")
    smart_next = replace(EVENT, talks=(STRATEGY, replace(SMART, topic=read("Ny")), SMART))
    reread(session, import_id, page_with(replace(EVENT, place=read("Borlänge"), talks=(STRATEGY,))))
    kept = reread(session, import_id, page_with(replace(smart_next, place=read("Ludvika"))))
    assert kept == ()
    (event,) = find_import(session, import_id).draft.events
    assert event.place == "Ludvika"
    assert sorted(talk.topic for talk in event.talks) == [
        "Ny",
        "Smart specialisering",
        "Strategi för omvandling",
    ]
    assert len({talk.talk_id for talk in event.talks}) == 3


def test_an_event_that_the_archive_had_is_filled_in_and_not_changed(session: Session) -> None:
    import_id = taken_up(session)
    day = __import__("datetime").date(2022, 5, 19)
    kept = NewEvent(
        "Smart industri",
        starts_on=day,
        place="Dalarna",
        visibility=Visibility.MEMBERS,
        talks=(NewTalk("Smart specialisering", 1, "Egen text"),),
    )
    known = save_event(session, kept, "test")
    publish(session, import_id, "eva")
    (event,) = events(session, 2)
    assert event.id == known.event_id
    assert (event.place, event.occasion, event.visibility) == ("Dalarna", "årsmötet", Visibility.MEMBERS)
    by_topic = {talk.topic: talk for talk in talks_of_event(session, event.id, 2)}
    assert by_topic["Smart specialisering"].id == known.talk_ids[0]
    assert by_topic["Smart specialisering"].abstract == "Egen text"
    assert [one.name for one in by_topic["Smart specialisering"].contributions] == ["Lisa Virén", "Eva Ek"]


def test_two_seminars_of_one_page_are_two_events(session: Session) -> None:
    other = replace(EVENT, title=read("Höstmöte"), starts_on=read("2022-10-01"), talks=(SMART,))
    import_id = taken_up(session, replace(PAGE, events=(EVENT, other)))
    publish(session, import_id, "eva")
    publish(session, import_id, "eva")
    assert sorted(event.title for event in events(session, 0)) == ["Höstmöte", "Smart industri"]


def test_what_cannot_be_published_is_named_and_nothing_is_written(session: Session) -> None:
    import_id = taken_up(session)
    draft = find_import(session, import_id).draft
    event = draft.events[0]
    for wrong in (
        replace(event, title=""),
        replace(event, talks=(replace(event.talks[0], topic=""),)),
        replace(event, talks=(replace(event.talks[0], regions=("Atlantis",)),)),
    ):
        save_draft(session, import_id, replace(draft, events=(wrong,)))
        with session.begin_nested() as savepoint:
            with pytest.raises(InputError):
                publish(session, import_id, "eva")
            savepoint.rollback()
        assert session.scalars(select(PersonRow)).all() == []


def test_known_names_are_told_with_their_talks(session: Session) -> None:
    publish(session, taken_up(session), "eva")
    known = known_names(session, ["carina  ÅKERBERG", "Ny Person"], ["Region Gävleborg", "Nytt AB"])
    assert known.talks_of_person("Carina Åkerberg") == 1
    assert known.talks_of_person("Ny Person") is None
    assert known.talks_of_organisation("Region Gävleborg") == 1
    assert known.talks_of_organisation("Nytt AB") is None


def now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def test_a_month_or_a_year_is_as_exact_as_it_is(session: Session) -> None:
    event = replace(EVENT, starts_on=read("2022-05"), ends_on=read("2023"))
    import_id = taken_up(session, page_with(event))
    publish(session, import_id, "eva")
    (saved,) = events(session, 0)
    assert (saved.starts, saved.ends) == ("2022-05", "2023")
    draft = find_import(session, import_id).published
    assert draft is not None
    assert current_draft(session, draft) == draft
