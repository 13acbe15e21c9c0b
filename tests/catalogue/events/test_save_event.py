"""Events are saved in place and shown to those who may see them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes
from archive.catalogue.database.database import Database
from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.tables.events import OrganisationRow, PersonRow
from archive.errors import CatalogueError, NotFound
from archive.model.visibility import Visibility
from tests.catalogue.conftest import AREA, CARINA, LISA, SEMINAR, SMART, STRATEGY, put, save_event


def _seq(session: Session) -> int:
    session.flush()
    return changes.last_seq(session)


def test_event_comes_back_as_it_was_given(session: Session) -> None:
    saved = save_event(session)
    event = events.event(session, saved.event_id, max_rank=0)
    assert (event.title, event.starts_on, event.ends_on) == (
        SEMINAR.title,
        date(2022, 5, 3),
        date(2022, 5, 4),
    )
    assert (event.place, event.occasion, event.organiser, event.source_url) == (
        "Falun",
        "årsmöte",
        "Föreningen",
        SEMINAR.source_url,
    )
    assert [(area.title, area.year_from, area.year_to) for area in event.focus_areas] == [
        ("Bergslagens industri", 2021, 2022)
    ]
    talks = events.talks_of_event(session, saved.event_id, max_rank=0)
    assert tuple(talk.id for talk in talks) == saved.talk_ids
    first = talks[0]
    assert (first.topic, first.abstract, first.language, first.region_codes) == (
        "Strategi",
        "Om strategi",
        "sv",
        ("SE31", "SE313"),
    )
    (contribution,) = first.contributions
    assert contribution.organisation is not None
    assert (contribution.name, contribution.role, contribution.organisation.name) == (
        "Carina Åkerberg",
        "strateg",
        "Region Gävleborg",
    )


def test_same_event_again_writes_nothing(database: Database) -> None:
    with database.write() as session:
        saved = save_event(session)
        put(session, talk_id=saved.talk_ids[0])
    with database.write() as session:
        seq, log = changes.last_seq(session), audit.latest(session, 99)
        assert save_event(session) == saved
        assert not session.dirty
        assert not session.new
        assert (_seq(session), audit.latest(session, 99)) == (seq, log)


def test_changed_event_keeps_its_identifiers(session: Session) -> None:
    saved = save_event(session)
    put(session, "ett", talk_id=saved.talk_ids[0])
    put(session, "två", f"event:{saved.event_id}:r.pdf", event_id=saved.event_id)
    put(session, "tre", "/in/loose")
    seq = _seq(session)
    changed = save_event(session, replace(SEMINAR, title="Ny titel", place="Gävle"))
    assert (changed.event_id, changed.talk_ids) == (saved.event_id, saved.talk_ids)
    assert changed.corrections == (f"{SEMINAR.title} → Ny titel",)
    event = events.event(session, saved.event_id, 0)
    assert (event.title, event.place) == ("Ny titel", "Gävle")
    assert len(changes.after(session, seq, 99)) == 2
    assert changes.hidden_after(session, seq) == frozenset()


def test_event_without_address_is_known_by_title_and_day(session: Session) -> None:
    plain = replace(SEMINAR, source_url="")
    saved = save_event(session, plain)
    assert save_event(session, plain) == saved
    assert save_event(session, SEMINAR) == saved, "it may get an address later"
    assert save_event(session, SEMINAR) == saved
    assert save_event(session, replace(plain, starts_on=date(2023, 5, 3))).event_id != saved.event_id
    other = replace(SEMINAR, source_url="https://example.org/annat")
    assert save_event(session, other).event_id != saved.event_id


def test_talks_are_known_by_topic_wherever_they_stand(session: Session) -> None:
    first, second = save_event(session).talk_ids
    turned = (replace(SMART, position=1), replace(STRATEGY, position=2))
    assert save_event(session, replace(SEMINAR, talks=turned)).talk_ids == (second, first)


def test_mended_topic_is_the_same_talk(session: Session) -> None:
    saved = save_event(session)
    mended = replace(SEMINAR, talks=(replace(STRATEGY, topic="Strategier"), SMART))
    assert save_event(session, mended) == saved
    assert events.talk(session, saved.talk_ids[0], 0).topic == "Strategier"


def test_two_talks_may_share_a_topic(session: Session) -> None:
    talks = (NewTalk("Diskussion", 1), NewTalk("Diskussion", 2))
    saved = save_event(session, replace(SEMINAR, talks=talks))
    assert len(set(saved.talk_ids)) == 2
    assert save_event(session, replace(SEMINAR, talks=talks)) == saved


def test_talk_that_is_gone_stays_only_with_a_document(session: Session) -> None:
    first, second = save_event(session).talk_ids
    put(session, talk_id=first)
    save_event(session, replace(SEMINAR, talks=()))
    assert events.talk(session, first, 0).topic == "Strategi"
    with pytest.raises(NotFound):
        events.talk(session, second, 0)


def test_speakers_and_regions_are_replaced(session: Session) -> None:
    saved = save_event(session)
    talk = replace(STRATEGY, speakers=(LISA, CARINA), region_codes=("SE312",))
    save_event(session, replace(SEMINAR, talks=(talk, SMART)))
    shown = events.talk(session, saved.talk_ids[0], 0)
    assert [part.name for part in shown.contributions] == ["Lisa Virén", "Carina Åkerberg"]
    assert shown.region_codes == ("SE312",)


def test_names_are_the_same_whatever_their_spaces_case_and_composition(session: Session) -> None:
    odd = NewSpeaker("  carina  A\u030akerberg ", "expert", "REGION  Gävleborg")
    save_event(session, replace(SEMINAR, talks=(STRATEGY, replace(SMART, speakers=(odd,)))))
    assert session.scalar(select(func.count()).select_from(PersonRow)) == 1
    assert session.scalar(select(func.count()).select_from(OrganisationRow)) == 1


def test_folded_letters_are_other_names(session: Session) -> None:
    plain = NewSpeaker("Carina Akerberg")
    save_event(session, replace(SEMINAR, talks=(STRATEGY, replace(SMART, speakers=(plain,)))))
    assert session.scalar(select(func.count()).select_from(PersonRow)) == 2


def test_stricter_event_hides_all_its_documents(session: Session) -> None:
    saved = save_event(session)
    deck = put(session, "ett", talk_id=saved.talk_ids[0])
    report = put(session, "två", f"event:{saved.event_id}:r.pdf", event_id=saved.event_id)
    closed = put(session, "tre", talk_id=saved.talk_ids[1], visibility=Visibility.STAFF)
    seq = _seq(session)
    save_event(session, replace(SEMINAR, visibility=Visibility.MEMBERS))
    assert changes.hidden_after(session, seq) == {deck, report}
    assert {change.document_id for change in changes.after(session, seq, 99)} == {deck, report, closed}
    seq = _seq(session)
    save_event(session)
    assert changes.hidden_after(session, seq) == frozenset()


def test_stricter_talk_hides_its_document_only(session: Session) -> None:
    saved = save_event(session)
    deck = put(session, "ett", talk_id=saved.talk_ids[0])
    put(session, "två", talk_id=saved.talk_ids[1])
    seq = _seq(session)
    save_event(session, replace(SEMINAR, talks=(replace(STRATEGY, visibility=Visibility.STAFF), SMART)))
    assert changes.hidden_after(session, seq) == {deck}


def test_unknown_region_is_refused(database: Database) -> None:
    talk = replace(STRATEGY, region_codes=("XX",))
    with pytest.raises(CatalogueError), database.write() as session:
        save_event(session, replace(SEMINAR, talks=(talk,)))


def test_focus_area_is_shared_and_kept_up_to_date(session: Session) -> None:
    first = save_event(session).event_id
    later = NewEvent(
        "Senare", starts_on=date(2022, 9, 1), focus_areas=(replace(AREA, year_to=2023, text=""),)
    )
    second = save_event(session, later).event_id
    (area,) = events.focus_areas(session, 0)
    assert (area.year_to, area.text) == (2023, "Text")
    assert [event.id for event in events.events_of_focus_area(session, area.id, 0)] == [second, first]
    save_event(session, replace(later, focus_areas=()))
    assert [event.id for event in events.events_of_focus_area(session, area.id, 0)] == [first]
