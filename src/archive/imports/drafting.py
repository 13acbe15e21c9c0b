"""Makes a draft of what was read, or of the records as they are now with what staff have typed since.

What was read is tidied to what records take, the values alone. A draft that was published may be changed on
the page of the import before it is published again, and its records on their own pages. Where both were
changed, the page of the import is the later word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from archive.imports.merging import EVENT_FIELDS, TALK_FIELDS, same_value
from archive.model.seminar_pages.seminar_draft import (
    DraftEvent,
    DraftFocusArea,
    DraftReport,
    DraftSpeaker,
    DraftTalk,
    SeminarDraft,
)
from archive.model.seminar_pages.seminar_page import ReadEvent, ReadSpeaker, ReadTalk, SeminarPage
from archive.printable import typed_line

_FORMS = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}


def draft_of(page: SeminarPage) -> SeminarDraft:
    """Return what is to be published of a page as it was read."""
    return SeminarDraft(
        focus_areas=tuple(
            DraftFocusArea(_line(one.title.value), one.year_from.value, one.year_to.value)
            for one in page.focus_areas
            if one.title.value
        ),
        events=tuple(_event(event, number) for number, event in enumerate(page.events)),
        reports=tuple(
            DraftReport(_line(one.title.value), _line(one.publisher.value), one.address.value or "")
            for one in page.reports
        ),
    )


def _event(event: ReadEvent, number: int) -> DraftEvent:
    return DraftEvent(
        title=_line(event.title.value),
        kind=_line(event.kind.value) or "seminar",
        starts_on=day_text(event.starts_on.value),
        ends_on=day_text(event.ends_on.value),
        place=_line(event.place.value),
        occasion=_line(event.occasion.value),
        organiser=_line(event.organiser.value),
        text=(event.text.value or "").strip(),
        decks=tuple(event.decks.value),
        films=tuple(event.films.value),
        talks=tuple(_talk(talk, at) for at, talk in enumerate(event.talks)),
        origin=number,
    )


def _talk(talk: ReadTalk, number: int) -> DraftTalk:
    speakers = (
        *(_speaker(one, is_moderator=False) for one in talk.speakers),
        *(_speaker(one, is_moderator=True) for one in talk.moderators),
    )
    return DraftTalk(
        topic=_line(talk.topic.value),
        abstract=(talk.abstract.value or "").strip(),
        speakers=speakers,
        regions=tuple(talk.regions.value),
        decks=tuple(talk.decks.value),
        films=tuple(talk.films.value),
        origin=number,
    )


def _speaker(speaker: ReadSpeaker, is_moderator: bool) -> DraftSpeaker:
    return DraftSpeaker(
        _line(speaker.name.value), _line(speaker.role.value), _line(speaker.organisation.value), is_moderator
    )


def day_text(text: str | None) -> str:
    """Return a day, a month or a year in ISO 8601; "" for what is none."""
    given = (text or "").strip()
    if len(given) not in _FORMS:
        return ""
    try:
        date.fromisoformat((given + "-01-01")[:10] if len(given) < 10 else given)
    except ValueError:
        return ""
    return given


def _line(text: str | None) -> str:
    return typed_line(text or "")


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
            events.append(_event_since(event, said, was[event.event_id], now[event.event_id]))
    areas = _value(draft, before, published, current, "focus_areas")
    return replace(draft, events=tuple(events), focus_areas=areas)


def _event_since(draft: DraftEvent, said: DraftEvent | None, was: DraftEvent, now: DraftEvent) -> DraftEvent:
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
