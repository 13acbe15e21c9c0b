"""Which talks belong to a subject, counted and read a page at a time, for what a visitor may see."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from archive.catalogue import records
from archive.catalogue.events import events, regions, talks
from archive.catalogue.events.new_event import NewEvent
from archive.catalogue.events.talks import count_talks, talks_where
from archive.model.visibility import Visibility
from tests.catalogue.conftest import AREA, SEMINAR, SMART, STRATEGY, put, save_event


def subjects(session: Session, event_id: str) -> dict[str, ColumnElement[bool]]:
    talk = events.talks_of_event(session, event_id, 2)[0]
    contribution = talk.contributions[0]
    assert contribution.organisation is not None
    return {
        "event": talks.of_event(event_id),
        "person": talks.of_person(contribution.person_id),
        "organisation": talks.of_organisation(contribution.organisation.id),
        "focus area": talks.of_focus_area(events.focus_areas(session, 2)[0].id),
        "region": talks.of_regions(["SE31"]),
    }


@pytest.mark.parametrize("name", ["event", "person", "organisation", "focus area", "region"])
def test_closed_talks_are_neither_listed_nor_counted(session: Session, name: str) -> None:
    hidden = replace(STRATEGY, visibility=Visibility.STAFF)
    saved = save_event(session, replace(SEMINAR, talks=(hidden,)))
    condition = subjects(session, saved.event_id)[name]
    assert (count_talks(session, condition, 1), talks_where(session, condition, 1)) == (0, ())
    assert count_talks(session, condition, 2) == len(talks_where(session, condition, 2)) == 1


def test_talks_are_read_a_page_at_a_time_newest_event_first(session: Session) -> None:
    for year in (2020, 2022, 2021):
        day = date(year, 1, 1)
        save_event(session, NewEvent(f"S{year}", starts_on=day, focus_areas=(AREA,), talks=(STRATEGY, SMART)))
    area = talks.of_focus_area(events.focus_areas(session, 0)[0].id)
    found = talks_where(session, area, 0, offset=1, limit=3)
    years = events.events_by_id(session, {one.event_id or "" for one in found}, 0)
    assert [(years[one.event_id or ""].title, one.topic) for one in found] == [
        ("S2022", "Smart specialisering"),
        ("S2021", "Strategi"),
        ("S2021", "Smart specialisering"),
    ]


def test_narrower_regions_are_found_at_every_depth(session: Session) -> None:
    assert regions.narrower_codes(session, "SE31") == ("SE31", "SE311", "SE312", "SE313")
    assert len(regions.narrower_codes(session, "SE")) == 1 + 8 + 21
    assert regions.narrower_codes(session, "SE313") == ("SE313",)


def test_events_of_a_year_and_the_latest_leave_out_closed_ones(session: Session) -> None:
    save_event(session)
    save_event(session, NewEvent("Sluten", starts_on=date(2022, 6, 1), visibility=Visibility.MEMBERS))
    save_event(session, NewEvent("Odaterad"))
    assert [one.title for one in events.events_of_year(session, 2022, 0)] == [SEMINAR.title]
    assert [one.title for one in events.events_of_year(session, 2022, 1)] == ["Sluten", SEMINAR.title]
    assert [one.title for one in events.events_of_year(session, None, 0)] == ["Odaterad"]
    assert [one.title for one in events.latest_events(session, 0, 1)] == [SEMINAR.title]
    closed = events.latest_events(session, 1, 1)[0]
    assert events.events_by_id(session, [closed.id], 0) == {}


def test_documents_of_several_talks_come_by_talk(session: Session) -> None:
    first, second = save_event(session).talk_ids
    deck = put(session, talk_id=first)
    closed = put(session, "två", "/in/b.pptx", talk_id=second, visibility=Visibility.STAFF)
    for rank, expected in ((0, {first: [deck], second: []}), (2, {first: [deck], second: [closed]})):
        found = records.records_of_talks(session, [first, second], rank)
        assert {talk: [one.document.id for one in theirs] for talk, theirs in found.items()} == expected
