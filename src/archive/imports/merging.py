"""A page that is read again: what it says now, with what staff have made of it, and of its records since.

Three states are compared field by field: as the page said before, as staff have it, as the page says now.
Where staff have what the page said, its new word is taken; where they have changed it, theirs stays, and it
is told where the page says a third thing. `drafting.py` says what staff have.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from archive.model.seminar_pages.seminar_draft import (
    DraftEvent,
    DraftFocusArea,
    DraftReport,
    DraftSpeaker,
    DraftTalk,
    KeptField,
    SeminarDraft,
)

T = TypeVar("T")

EVENT_FIELDS = (
    *("title", "kind", "starts_on", "ends_on", "place", "occasion", "organiser", "text", "decks", "films"),
)
TALK_FIELDS = ("topic", "abstract", "speakers", "regions", "decks", "films")


def merged_draft(
    before: SeminarDraft, draft: SeminarDraft, read: SeminarDraft
) -> tuple[SeminarDraft, tuple[KeptField, ...]]:
    """Return the draft to look over: what staff have typed stays, all else follows the page.

    Args:
        before: What was read before.
        draft: What staff have made of it; `staffs_words` has what they changed in records, too.
        read: What is read now.
    """
    marked = _marked(draft)
    found, changes = compared(_marked(before), marked, read)
    kept = tuple(one for one in changes if one.kept != one.read)
    ids = _ids(draft, marked)
    events = tuple(
        replace(
            event,
            event_id=ids.get(event.event_id, ""),
            talks=tuple(replace(talk, talk_id=ids.get(talk.talk_id, "")) for talk in event.talks),
        )
        for event in found.events
    )
    reports = draft.reports if draft.reports != before.reports else read.reports
    whole = replace(
        found, events=events, reports=reports, visibility=draft.visibility, accepted=draft.accepted
    )
    return whole, kept


def _ids(draft: SeminarDraft, marked: SeminarDraft) -> dict[str, str]:
    """Return by the marks of events and talks the records that they have become."""
    found: dict[str, str] = {}
    for event, own in zip(draft.events, marked.events, strict=True):
        found[own.event_id] = event.event_id
        for talk, its in zip(event.talks, own.talks, strict=True):
            found[its.talk_id] = talk.talk_id
    return found


def _marked(draft: SeminarDraft) -> SeminarDraft:
    """Give events and talks their places on the page as identifiers; what staff have added has its own."""
    events: list[DraftEvent] = []
    for e, event in enumerate(draft.events):
        others = {other.event_id for other in events}
        mark = str(event.origin) if event.origin >= 0 and str(event.origin) not in others else f"new {e}"
        talks: list[DraftTalk] = []
        for t, talk in enumerate(event.talks):
            place = f"{mark}/{talk.origin}"
            is_free = talk.origin >= 0 and all(other.talk_id != place for other in talks)
            talks.append(replace(talk, talk_id=place if is_free else f"{mark}/new {t}"))
        events.append(replace(event, event_id=mark, talks=tuple(talks)))
    return replace(draft, events=tuple(events))


def compared(
    published: SeminarDraft, current: SeminarDraft, read: SeminarDraft
) -> tuple[SeminarDraft, tuple[KeptField, ...]]:
    """Return the draft to look over, fields in which staff's word stays against the page's, and those taken.

    Of a field that is taken from the page both words are the page's.
    """
    kept: list[KeptField] = []
    mine = {event.event_id: event for event in current.events}
    events: list[DraftEvent] = []
    found_partners = partners(published.events, read.events, is_same_event)
    for number, event in enumerate(read.events):
        base = found_partners[number]
        now = mine.get(base.event_id) if base else None
        if base is None or now is None:
            kept.append(KeptField(f"event.{len(events)}.new_event", event.title, event.title))
            events.append(event)
            continue
        events.append(_event(base, now, event, f"event.{len(events)}", kept))
    # What the page no longer has stays: staff take it away where they mean to.
    used = {event.event_id for event in events}
    events += [replace(event, origin=-1) for key, event in mine.items() if key not in used]
    areas = _areas(published, current, read, kept)
    draft = replace(read, events=tuple(events), focus_areas=areas, visibility=published.visibility)
    return draft, tuple(kept)


def _event(
    base: DraftEvent, now: DraftEvent, read: DraftEvent, path: str, kept: list[KeptField]
) -> DraftEvent:
    values = {name: _value(base, now, read, name, path, kept) for name in EVENT_FIELDS}
    bases = {talk.talk_id: talk for talk in base.talks}
    mine = {talk.talk_id: talk for talk in now.talks}
    found_partners = partners(base.talks, read.talks, is_same_talk)
    talks: list[DraftTalk] = []
    for number, talk in enumerate(read.talks):
        partner = found_partners[number]
        if partner is None:
            # One that staff have added, or that the page had left out for a while, is not made twice.
            added = [one for one in mine.values() if one.talk_id not in bases]
            own = next((one for one in added if is_same_talk(one, talk)), None)
            here = f"{path}.talk.{len(talks)}"
            kept += [] if own else [KeptField(f"{here}.new_talk", talk.topic, talk.topic)]
            talks.append(_talk(DraftTalk(talk_id=own.talk_id), own, talk, here, kept) if own else talk)
        elif partner.talk_id in mine:
            here = f"{path}.talk.{len(talks)}"
            talks.append(_talk(bases[partner.talk_id], mine[partner.talk_id], talk, here, kept))
        else:
            kept.append(KeptField(f"{path}.talk", "", talk.topic))  # staff have taken it away
    used = {talk.talk_id for talk in talks}
    talks += [replace(talk, origin=-1) for key, talk in mine.items() if key not in used]
    return replace(read, **values, talks=tuple(talks), event_id=base.event_id)


def _talk(base: DraftTalk, now: DraftTalk, read: DraftTalk, path: str, kept: list[KeptField]) -> DraftTalk:
    values = {name: _value(base, now, read, name, path, kept) for name in TALK_FIELDS}
    return replace(read, **values, talk_id=base.talk_id)


def _value(base: Any, now: Any, read: Any, name: str, path: str, kept: list[KeptField]) -> Any:
    was, found, said = getattr(base, name), getattr(now, name), getattr(read, name)
    if same_value(was, found):
        kept += [] if same_value(was, said) else [KeptField(f"{path}.{name}", told(said), told(said))]
        return said
    if not same_value(found, said) and not same_value(was, said):
        kept.append(KeptField(f"{path}.{name}", told(found), told(said)))
    return found


def _areas(
    published: SeminarDraft, current: SeminarDraft, read: SeminarDraft, kept: list[KeptField]
) -> tuple[DraftFocusArea, ...]:
    if same_value(published.focus_areas, current.focus_areas):
        if not same_value(current.focus_areas, read.focus_areas):
            kept.append(KeptField("focus_areas", told(read.focus_areas), told(read.focus_areas)))
        return read.focus_areas
    if not same_value(current.focus_areas, read.focus_areas) and not same_value(
        published.focus_areas, read.focus_areas
    ):
        kept.append(KeptField("focus_areas", told(current.focus_areas), told(read.focus_areas)))
    return current.focus_areas


def partners(known: Sequence[T], read: Sequence[T], is_same: Callable[[T, T], bool]) -> list[T | None]:
    """Return which known record each read one is: by what it is called, then what is left by its place."""
    free = list(known)
    found: list[T | None] = []
    for one in read:
        partner = next((other for other in free if is_same(other, one)), None)
        if partner is not None:
            free.remove(partner)
        found.append(partner)
    if len(known) == len(read):
        for at, other in enumerate(known):
            if found[at] is None and other in free:
                found[at] = other
                free.remove(other)
    return found


def is_same_event(known: DraftEvent, read: DraftEvent) -> bool:
    """Return whether two events are one: of one title and day, or with half of their talks in common."""
    if _key(known.title) == _key(read.title):
        return not (known.starts_on and read.starts_on) or known.starts_on == read.starts_on
    topics = {_key(talk.topic) for talk in known.talks} & {_key(talk.topic) for talk in read.talks}
    return bool(topics) and 2 * len(topics) >= max(len(known.talks), len(read.talks))


def is_same_talk(known: DraftTalk, read: DraftTalk) -> bool:
    """Return whether two talks have the same topic."""
    return _key(known.topic) == _key(read.topic)


def same_value(one: Any, other: Any) -> bool:
    """Return whether two values of a field say the same, whatever blanks stand between their words."""
    if isinstance(one, str) and isinstance(other, str):
        return _spaced(one) == _spaced(other)
    return bool(one == other)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _key(text: str) -> str:
    return _spaced(text).casefold()


def told(value: Any) -> str:
    """Return a value in a line."""
    if isinstance(value, DraftReport):
        return ", ".join(filter(None, (value.title, value.publisher, value.address)))
    if isinstance(value, DraftSpeaker):
        return ", ".join(filter(None, (value.name, value.role, value.organisation)))
    if isinstance(value, DraftFocusArea):
        years = "–".join(str(year) for year in (value.year_from, value.year_to) if year)
        return " ".join(filter(None, (value.title, years)))
    if isinstance(value, tuple):
        return "; ".join(map(told, value))
    return str(value)
