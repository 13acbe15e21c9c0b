"""A corrected title or day makes no second event."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.model.events import DatePrecision
from archive.model.visibility import Visibility
from tests.catalogue.conftest import new_file, put

SEMINAR = NewEvent(
    "Industri i Bergslagen",
    starts_on=date(2022, 5, 19),
    source="/in/malm/seminar.toml",
    talks=(NewTalk("Gruvor", 1), NewTalk("Stål", 2)),
)
OTHER_TALKS = (NewTalk("Skog", 1), NewTalk("Papper", 2))


def count(session: Session) -> int:
    return len(events.events(session, Visibility.STAFF.rank))


def digest(data: str) -> str:
    return new_file(data).original.sha256


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": "Industrin i Bergslagen"}, ("Industri i Bergslagen → Industrin i Bergslagen",)),
        ({"starts_on": date(2022, 5, 20)}, ("2022-05-19 → 2022-05-20",)),
        (
            {"starts_on": date(2022, 5, 1), "starts_precision": DatePrecision.MONTH},
            ("2022-05-19 → 2022-05",),
        ),
        ({"starts_on": None, "title": "Nytt"}, ("Industri i Bergslagen → Nytt", "2022-05-19 → –")),
    ],
)
def test_event_of_the_same_file_and_talks_is_corrected(
    session: Session, change: dict[str, object], told: tuple[str, ...]
) -> None:
    first = save_event(session, SEMINAR, "kim")
    second = save_event(session, replace(SEMINAR, **change), "kim")  # type: ignore[arg-type]
    assert (second.event_id, second.talk_ids, second.corrections) == (first.event_id, first.talk_ids, told)
    assert first.corrections == ()
    assert count(session) == 1


def test_file_that_describes_another_seminar_now_makes_another_event(session: Session) -> None:
    first = save_event(session, SEMINAR, "kim")
    put(session, "ett", "/in/malm/a.pptx", talk_id=first.talk_ids[0])
    other = replace(SEMINAR, starts_on=date(2023, 5, 19), talks=OTHER_TALKS)
    assert save_event(session, other, "kim", lambda: {digest("två")}).event_id != first.event_id
    assert count(session) == 2


def test_moved_event_with_a_corrected_title_is_known_by_its_documents(session: Session) -> None:
    first = save_event(session, SEMINAR, "kim")
    put(session, "ett", "/in/malm/a.pptx", talk_id=first.talk_ids[0])
    moved = replace(SEMINAR, title="Rätt namn", source="/flyttad/seminar.toml", talks=OTHER_TALKS)
    assert save_event(session, moved, "kim", lambda: {digest("ett")}).event_id == first.event_id
    once_more = replace(moved, title="Annat", starts_on=date(2023, 1, 1), source="/tredje/seminar.toml")
    assert save_event(session, once_more, "kim", lambda: {digest("ett")}).event_id != first.event_id


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Industrin i Bergslagen"},
        {"title": "Nytt", "starts_on": date(2022, 5, 20)},
        {"title": "Nytt", "talks": OTHER_TALKS},
    ],
)
def test_event_that_holds_no_documents_yet_is_known_by_its_file(
    session: Session, change: dict[str, object]
) -> None:
    bare = SEMINAR if "talks" in change else replace(SEMINAR, talks=())
    first = save_event(session, bare, "kim")
    assert save_event(session, replace(bare, **change), "kim").event_id == first.event_id  # type: ignore[arg-type]


def test_corrected_address_of_a_seminar_makes_no_second_one(session: Session) -> None:
    first = save_event(session, replace(SEMINAR, source_url="https://example.org/fel"), "kim")
    right = replace(SEMINAR, source_url="https://example.org/ratt", title="Rätt namn")
    assert save_event(session, right, "kim").event_id == first.event_id


def test_moved_event_with_all_corrected_is_known_by_talks_and_documents(session: Session) -> None:
    first = save_event(session, SEMINAR, "kim")
    for data, talk_id in zip(("ett", "två"), first.talk_ids, strict=True):
        put(session, data, f"/in/malm/{data}.pptx", talk_id=talk_id)
    moved = replace(SEMINAR, title="Rätt namn", starts_on=date(2023, 1, 1), source="/flyttad/seminar.toml")
    given = {digest("ett"), digest("två")}
    copy = save_event(session, moved, "kim", lambda: given, lambda _: True)
    assert copy.event_id != first.event_id
    once_more = replace(
        moved, title="Rättare namn", starts_on=date(2023, 1, 2), source="/tredje/seminar.toml"
    )
    again = save_event(session, once_more, "kim", lambda: given, lambda _: False)
    assert again.event_id == first.event_id


def test_two_seminars_of_one_name_and_day_are_two_while_both_have_their_files(session: Session) -> None:
    first = save_event(session, SEMINAR, "kim")
    parallel = replace(SEMINAR, source="/in/skog/seminar.toml", talks=OTHER_TALKS)
    second = save_event(session, parallel, "kim")
    assert second.event_id != first.event_id
    assert save_event(session, SEMINAR, "kim").event_id == first.event_id
    assert save_event(session, parallel, "kim").event_id == second.event_id


def test_event_of_an_earlier_version_is_known_by_where_its_decks_were(session: Session) -> None:
    first = save_event(session, replace(SEMINAR, source=""), "kim")
    put(session, "ett", "/in/malm/a.pptx", talk_id=first.talk_ids[0])
    corrected = replace(SEMINAR, title="Rätt namn", starts_on=None)
    assert save_event(session, corrected, "kim").event_id == first.event_id


def test_two_seminars_that_share_a_deck_are_two(session: Session) -> None:
    first = save_event(session, SEMINAR, "kim")
    put(session, "ett", "/in/malm/a.pptx", talk_id=first.talk_ids[0])
    second = NewEvent("Annat", starts_on=date(2023, 1, 1), source="/in/annat/seminar.toml", talks=OTHER_TALKS)
    assert save_event(session, second, "kim", lambda: {digest("ett")}).event_id != first.event_id
