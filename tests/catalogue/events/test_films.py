"""Films are links of talks and events, and talks may be an organisation's alone."""

from sqlalchemy.orm import Session

from archive.catalogue.events.events import talks_of_event
from archive.catalogue.events.films import (
    films_of_event,
    films_of_talk,
    save_films_of_event,
    save_films_of_talk,
)
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.tables.events import FilmRow

ONE, TWO = "https://film.example/1", "https://film.example/2"


def test_films_are_kept_in_order_and_saved_again_without_a_change(session: Session) -> None:
    saved = save_event(session, NewEvent("Dag", talks=(NewTalk("A", 1),)), "test")
    talk_id = saved.talk_ids[0]
    assert save_films_of_talk(session, talk_id, [TWO, ONE, TWO])
    assert save_films_of_event(session, saved.event_id, [ONE])
    assert films_of_event(session, saved.event_id) == {talk_id: [TWO, ONE], saved.event_id: [ONE]}
    kept = {row.address: row.id for row in session.query(FilmRow).filter(FilmRow.talk_id == talk_id)}
    assert not save_films_of_talk(session, talk_id, [TWO, ONE])
    assert save_films_of_talk(session, talk_id, [ONE])
    assert films_of_talk(session, talk_id) == [ONE]
    assert session.query(FilmRow).filter(FilmRow.talk_id == talk_id).one().id == kept[ONE]


def test_a_talk_that_is_gone_takes_its_films_with_it(session: Session) -> None:
    saved = save_event(session, NewEvent("Dag", talks=(NewTalk("A", 1), NewTalk("B", 2))), "test")
    save_films_of_talk(session, saved.talk_ids[1], [ONE])
    save_event(session, NewEvent("Dag", talks=(NewTalk("A", 1),)), "test")
    assert films_of_event(session, saved.event_id) == {}


def test_an_organisation_speaks_where_nobody_is_named_and_a_moderator_is_no_speaker(session: Session) -> None:
    speakers = (
        NewSpeaker("", "", "Region Skåne"),
        NewSpeaker("Maja Ekström", "chef", "", is_moderator=True),
    )
    new = NewEvent("Dag", talks=(NewTalk("A", 1, speakers=speakers),))
    saved = save_event(session, new, "test")
    (talk,) = talks_of_event(session, saved.event_id, 2)
    assert [(one.name, one.person is None, one.is_moderator) for one in talk.contributions] == [
        ("Region Skåne", True, False),
        ("Maja Ekström", False, True),
    ]
