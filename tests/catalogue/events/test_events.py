"""What visitors see of events, talks, people and focus areas."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewEvent
from archive.errors import NotFound
from archive.model.visibility import Visibility
from tests.catalogue.conftest import SEMINAR, STRATEGY, save_event


def test_newest_events_come_first_and_undated_last(session: Session) -> None:
    for title, day in (("A", date(2020, 1, 1)), ("B", None), ("C", date(2024, 1, 1))):
        save_event(session, NewEvent(title, starts_on=day))
    assert [event.title for event in events.events(session, 0)] == ["C", "A", "B"]


def test_talks_of_a_person_and_an_organisation_come_newest_first(session: Session) -> None:
    old = save_event(session).talk_ids[0]
    new = save_event(
        session, NewEvent("Ny", starts_on=date(2024, 1, 1), talks=(replace(STRATEGY, topic="Igen"),))
    )
    talks = events.talks_of_event(session, new.event_id, 0)
    contribution = talks[0].contributions[0]
    assert contribution.organisation is not None
    expected = [new.talk_ids[0], old]
    by_person = events.talks_of_person(session, contribution.person_id, 0)
    by_organisation = events.talks_of_organisation(session, contribution.organisation.id, 0)
    assert [talk.id for talk in by_person] == [talk.id for talk in by_organisation] == expected


@pytest.mark.parametrize("closed", ["event", "talk"])
def test_what_is_closed_does_not_exist_for_others(session: Session, closed: str) -> None:
    staff = Visibility.STAFF
    record = replace(SEMINAR, visibility=staff) if closed == "event" else SEMINAR
    talk = replace(STRATEGY, visibility=staff) if closed == "talk" else STRATEGY
    saved = save_event(session, replace(record, talks=(talk,)))
    (shown,) = events.talks_of_event(session, saved.event_id, 2)
    organisation = shown.contributions[0].organisation
    assert organisation is not None
    person_id, organisation_id = shown.contributions[0].person_id, organisation.id
    assert events.person(session, person_id, 2).name == "Carina Åkerberg"
    assert events.organisation(session, organisation_id, 2).name == "Region Gävleborg"
    assert events.talks_of_event(session, saved.event_id, 1) == ()
    for look_up, identifier in (
        (events.talk, shown.id),
        (events.person, person_id),
        (events.organisation, organisation_id),
    ):
        with pytest.raises(NotFound):
            look_up(session, identifier, 1)


def test_focus_area_of_closed_events_does_not_exist_for_others(session: Session) -> None:
    saved = save_event(session, replace(SEMINAR, visibility=Visibility.MEMBERS))
    (area,) = events.focus_areas(session, 1)
    assert events.focus_area(session, area.id, 1) == area
    assert events.focus_areas(session, 0) == ()
    assert events.events(session, 0) == ()
    with pytest.raises(NotFound):
        events.focus_area(session, area.id, 0)
    with pytest.raises(NotFound):
        events.event(session, saved.event_id, 0)


@pytest.mark.parametrize(
    "look_up",
    [events.event, events.talk, events.person, events.organisation, events.focus_area],
)
def test_unknown_identifiers_are_not_found(session: Session, look_up: object) -> None:
    assert callable(look_up)
    with pytest.raises(NotFound):
        look_up(session, "nothing", 2)
