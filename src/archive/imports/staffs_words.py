"""What staff have of an import that is published: its records as they are now, and what they typed since.

A draft that was published may be changed on the page of the import before it is published again, and its
records on their own pages. Where both were changed, the page of the import is the later word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from archive.imports.merging import EVENT_FIELDS, TALK_FIELDS, same_value
from archive.model.seminar_pages.seminar_draft import DraftEvent, DraftTalk, SeminarDraft


def staffs_words(
    before: SeminarDraft, published: SeminarDraft, current: SeminarDraft, draft: SeminarDraft
) -> SeminarDraft:
    """Return the draft with what was changed in its records; those that are gone are left out.

    Args:
        before: What the page said when it was read last.
        published: What was published.
        current: What the records of it say now.
        draft: What is looked over on the page of the import.
    """
    was = {event.event_id: event for event in published.events}
    now = {event.event_id: event for event in current.events}
    events: list[DraftEvent] = []
    for event in draft.events:
        if event.event_id not in was:
            events.append(event)  # it is to be published yet
        elif event.event_id in now:
            said = _at(before.events, event.origin)
            events.append(_event(event, said, was[event.event_id], now[event.event_id]))
    areas = _value(draft, before, published, current, "focus_areas")
    return replace(draft, events=tuple(events), focus_areas=areas)


def _event(draft: DraftEvent, said: DraftEvent | None, was: DraftEvent, now: DraftEvent) -> DraftEvent:
    talks_were = {talk.talk_id: talk for talk in was.talks}
    talks_are = {talk.talk_id: talk for talk in now.talks}
    talks: list[DraftTalk] = []
    for talk in draft.talks:
        if talk.talk_id not in talks_were:
            talks.append(talk)
        elif talk.talk_id in talks_are:
            own = _at(said.talks, talk.origin) if said else None
            states = talk, own, talks_were[talk.talk_id], talks_are[talk.talk_id]
            talks.append(replace(talk, **_values(TALK_FIELDS, *states)))
    return replace(draft, **_values(EVENT_FIELDS, draft, said, was, now), talks=tuple(talks))


def _values(names: Sequence[str], draft: Any, said: Any, was: Any, now: Any) -> Mapping[str, Any]:
    return {name: _value(draft, said, was, now, name) for name in names}


def _value(draft: Any, said: Any, was: Any, now: Any, name: str) -> Any:
    """Return what staff typed on the import's page, else what they changed in the record, else the draft."""
    typed, published, kept = (getattr(one, name) for one in (draft, was, now))
    is_the_pages = said is not None and same_value(typed, getattr(said, name))
    if not same_value(typed, published) and not is_the_pages:
        return typed
    return typed if same_value(kept, published) else kept


def _at(sequence: Sequence[Any], number: int) -> Any:
    return sequence[number] if 0 <= number < len(sequence) else None
