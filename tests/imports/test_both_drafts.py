"""A draft that two change at once: nothing typed is lost, and what the other has changed is told."""

from dataclasses import replace
from typing import Any

from archive.imports.both_drafts import both_drafts, marked_by_place
from archive.model.seminar_pages.seminar_draft import DraftEvent, DraftTalk, SeminarDraft

BASE = SeminarDraft(
    events=(
        DraftEvent(
            "Vinddagen", place="Luleå", talks=(DraftTalk("Vind"), DraftTalk("Vatten"), DraftTalk("Ved"))
        ),
    )
)


def _draft(draft: SeminarDraft, *talks: DraftTalk, **fields: Any) -> SeminarDraft:
    return replace(draft, events=(replace(draft.events[0], talks=talks, **fields),))


def test_what_one_has_typed_in_a_talk_that_the_other_removed_stays_also_when_a_third_saves() -> None:
    marked = marked_by_place(BASE)
    vind, vatten, ved = marked.events[0].talks
    mine = _draft(marked, vind, replace(vatten, abstract="Min text"), ved, DraftTalk("Nytt"), place="Mora")
    vind, _, ved = BASE.events[0].talks
    theirs = _draft(BASE, replace(vind, talk_id="a"), replace(ved, talk_id="b"), place="Kiruna", event_id="e")
    both = both_drafts(BASE, mine, theirs)
    (event,) = both.draft.events
    found = {talk.topic: (talk.talk_id, talk.abstract) for talk in event.talks}
    assert found == {"Vind": ("a", ""), "Ved": ("b", ""), "Vatten": ("", "Min text"), "Nytt": ("", "")}
    assert (event.event_id, event.place) == ("e", "Mora")
    told = [(one.field, one.kept, one.read) for one in both.changes]
    assert told == [("event.0.place", "Mora", "Kiruna"), ("talk", "Vatten", "")]

    typed = replace(
        both.draft,
        events=tuple(
            replace(
                one,
                event_id=mark.event_id,
                talks=tuple(
                    replace(a, talk_id=b.talk_id) for a, b in zip(one.talks, mark.talks, strict=True)
                ),
            )
            for one, mark in zip(both.draft.events, marked_by_place(both.ground).events, strict=True)
        ),
    )
    third = replace(theirs, events=(replace(theirs.events[0], organiser="Regionen"),))
    again = both_drafts(both.ground, typed, third)
    (event,) = again.draft.events
    assert {talk.topic for talk in event.talks} == {"Vind", "Ved", "Vatten", "Nytt"}
    assert (event.place, event.organiser, event.event_id) == ("Mora", "Regionen", "e")
    assert [one.field for one in again.changes if one.field.startswith("event")] == ["event.0.organiser"]


def test_what_one_took_away_and_the_other_left_alone_stays_away() -> None:
    marked = marked_by_place(BASE)
    mine = _draft(marked, *marked.events[0].talks[1:])
    theirs = _draft(BASE, *BASE.events[0].talks[:2])
    both = both_drafts(BASE, mine, theirs)
    assert [talk.topic for talk in both.draft.events[0].talks] == ["Vatten"]
    assert [(one.field, one.kept, one.read) for one in both.changes] == [("talk", "Ved", "Ved")]
