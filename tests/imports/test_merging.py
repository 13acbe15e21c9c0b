"""A page that is read again: whose word holds, field by field."""

from dataclasses import replace

from archive.imports.drafting import draft_of
from archive.imports.merging import merged_draft
from archive.model.seminar_pages.seminar_draft import DraftReport, DraftSpeaker, DraftTalk
from tests.imports.seminar_pages import EVENT, PAGE, SMART, STRATEGY, page_with, read


def test_what_staff_have_typed_in_a_draft_stays_and_the_rest_follows_the_page() -> None:
    before = draft_of(PAGE)
    event = before.events[0]
    typed = replace(
        event,
        place="Falu stad",
        talks=(
            replace(event.talks[1], speakers=(DraftSpeaker("Lisa Viren"),)),
            replace(event.talks[0], topic="Strategin"),
            DraftTalk("Paus"),
        ),
    )
    draft = replace(before, events=(typed,), reports=(DraftReport("Ny"),), accepted=("e0.place",))
    page = page_with(replace(EVENT, occasion=read("vårmötet"), talks=(STRATEGY, SMART)))
    found, _ = merged_draft(before, draft, draft_of(page))
    (now,) = found.events
    assert (now.place, now.occasion) == ("Falu stad", "vårmötet")
    assert [talk.topic for talk in now.talks] == ["Strategin", "Smart specialisering", "Paus"]
    assert [one.name for one in now.talks[1].speakers] == ["Lisa Viren"]
    assert (found.reports, found.accepted) == ((DraftReport("Ny"),), ("e0.place",))
    assert {talk.talk_id for talk in now.talks} == {""}
    assert [talk.origin for talk in now.talks] == [0, 1, -1]


def test_a_talk_that_staff_have_taken_away_does_not_come_back() -> None:
    before = draft_of(PAGE)
    event = before.events[0]
    draft = replace(before, events=(replace(event, talks=event.talks[:1]),))
    page = page_with(replace(EVENT, talks=(STRATEGY, SMART, replace(SMART, topic=read("Ny")))))
    (now,) = merged_draft(before, draft, draft_of(page))[0].events
    assert [talk.topic for talk in now.talks] == ["Strategi för omvandling", "Ny"]
