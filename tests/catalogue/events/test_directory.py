"""Lists of people, organisations, regions and years, for what a visitor may see."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import documents
from archive.catalogue.events import directory
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.model.visibility import Visibility
from tests.catalogue.conftest import LISA, SEMINAR, SMART, STRATEGY, put, save_event


def test_people_and_organisations_stand_in_swedish_order_with_their_talks(session: Session) -> None:
    save_event(session)
    again = NewTalk("Igen", 1, speakers=(LISA, NewSpeaker("Örjan Zetterberg", "", "Ångfabriken")))
    save_event(session, NewEvent("Ny", talks=(again,)))
    people = directory.people(session, 0)
    assert [(one.letter, one.name, one.talk_count) for one in people] == [
        ("V", "Lisa Virén", 2),
        ("Z", "Örjan Zetterberg", 1),
        ("Å", "Carina Åkerberg", 1),
    ]
    found = directory.organisations(session, 0)
    assert [(one.letter, one.name, one.talk_count) for one in found] == [
        ("R", "Region Gävleborg", 1),
        ("R", "Region Örebro län", 2),
        ("Å", "Ångfabriken", 1),
    ]


def test_region_counts_the_talks_of_narrower_ones_once(session: Session) -> None:
    save_event(session)
    found = directory.listed_regions(session, 0)
    assert [(one.region.code, one.depth, one.talk_count) for one in found] == [
        ("SE", 0, 1),
        ("SE31", 1, 1),
        ("SE313", 2, 1),
    ]


@pytest.mark.parametrize("closed", ["event", "talk"])
def test_what_is_closed_is_in_no_list_and_no_count(session: Session, closed: str) -> None:
    staff = Visibility.STAFF
    talk = replace(STRATEGY, visibility=staff) if closed == "talk" else STRATEGY
    record = replace(SEMINAR, visibility=staff) if closed == "event" else SEMINAR
    save_event(session, replace(record, talks=(talk,)))
    save_event(session, NewEvent("Ny", starts_on=date(2024, 1, 1), talks=(SMART,)))
    assert [one.name for one in directory.people(session, 1)] == ["Lisa Virén"]
    assert [one.name for one in directory.organisations(session, 1)] == ["Region Örebro län"]
    assert directory.listed_regions(session, 1) == ()
    assert dict(directory.years(session, 1)).get(2022, 0) == (1 if closed == "talk" else 0)
    assert len(directory.people(session, 2)) == 2
    assert dict(directory.years(session, 2)) == {2024: 1, 2022: 1}


def test_years_come_newest_first_and_undated_last(session: Session) -> None:
    for title, day in (
        ("A", date(2020, 1, 1)),
        ("B", None),
        ("C", date(2024, 1, 1)),
        ("D", date(2020, 5, 1)),
    ):
        save_event(session, NewEvent(title, starts_on=day))
    assert directory.years(session, 0) == ((2024, 1), (2020, 2), (None, 1))


def test_revision_follows_every_change(session: Session) -> None:
    seen = [directory.revision(session)]
    save_event(session)
    seen.append(directory.revision(session))
    save_event(session, replace(SEMINAR, visibility=Visibility.STAFF))
    seen.append(directory.revision(session))
    document_id = put(session)
    documents.set_visibility(session, document_id, Visibility.STAFF, "kim")
    seen.append(directory.revision(session))
    documents.withdraw(session, document_id, "kim")
    seen.append(directory.revision(session))
    assert len(set(seen)) == 5
    save_event(session, replace(SEMINAR, visibility=Visibility.STAFF))
    assert directory.revision(session) == seen[-1]
