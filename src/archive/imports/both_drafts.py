"""A draft that two of the staff have changed at once: what both made of it, and what the other has changed.

Events and talks are known by their places in the draft that both began with, whatever they are called since.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from archive.imports.merging import (
    EVENT_FIELDS,
    TALK_FIELDS,
    compared,
    is_same_event,
    is_same_talk,
    partners,
    same_value,
    told,
)
from archive.model.seminar_pages.seminar_draft import DraftEvent, DraftTalk, KeptField, SeminarDraft

_Parts = Mapping[str, DraftEvent | DraftTalk]
_Part = TypeVar("_Part", DraftEvent, DraftTalk)


@dataclass(frozen=True, slots=True)
class Both:
    """What two have made of a draft.

    `changes` are the fields that the other has changed: what stands there now, and what is saved. `ground` is
    what is saved in the order of `draft`, which what is typed from now on is compared with.
    """

    draft: SeminarDraft
    changes: tuple[KeptField, ...]
    ground: SeminarDraft


def marked_by_place(base: SeminarDraft) -> SeminarDraft:
    """Return a draft whose events and talks have places as identifiers: what is typed of it keeps them."""
    return _marked(base, ":")


def both_drafts(base: SeminarDraft, mine: SeminarDraft, theirs: SeminarDraft) -> Both:
    """Return a draft with what both have changed, and what the other has changed.

    Args:
        base: What both began with.
        mine: What one has typed, read with `marked_by_place(base)`; it stays where both changed a field.
        theirs: What is saved.
    """
    marked, own = marked_by_place(base), _marked(mine, ":new ")
    saved, ids = _as_marked(marked, theirs)
    parts, own_parts, saved_parts = _parts(marked), _parts(own), _parts(saved)
    left_out = {mark for mark, part in parts.items() if _is_left_out(mark, part, own_parts, saved_parts)}
    found, changes = compared(*(_without(one, left_out) for one in (marked, own, saved)))
    changes += tuple(
        KeptField("talk" if isinstance(part, DraftTalk) else "gone_event", _name(part), said)
        for mark, part in own_parts.items()
        if mark in parts and mark not in saved_parts
        for said in [_name(part) if mark in left_out else ""]
    )
    values: dict[str, Any] = {"accepted": tuple(sorted({*mine.accepted, *theirs.accepted}))}
    for name in ("reports", "visibility"):
        was, typed, said = (getattr(one, name) for one in (base, mine, theirs))
        values[name] = said if typed == was else typed
        if said not in (was, typed) or typed == was != said:
            changes += (KeptField(name, told(values[name]), told(said)),)
    known = dict(zip(parts, _identifiers(base), strict=True)) | ids
    ground = replace(_with_identifiers(_ground(found, saved_parts), known), focus_areas=theirs.focus_areas)
    ground = replace(ground, reports=theirs.reports, visibility=theirs.visibility, accepted=theirs.accepted)
    return Both(replace(_with_identifiers(found, known), **values), changes, ground)


def _marked(draft: SeminarDraft, new: str) -> SeminarDraft:
    """Give what has no mark one of its place."""
    events = [
        replace(
            event,
            event_id=_mark(event.event_id, f"{new}{e}"),
            talks=tuple(
                replace(talk, talk_id=_mark(talk.talk_id, f"{new}{e}/{t}"))
                for t, talk in enumerate(event.talks)
            ),
        )
        for e, event in enumerate(draft.events)
    ]
    return replace(draft, events=tuple(events))


def _mark(known: str, new: str) -> str:
    return known if known.startswith(":") else new


def _as_marked(marked: SeminarDraft, theirs: SeminarDraft) -> tuple[SeminarDraft, dict[str, str]]:
    """Return what is saved with the marks of what it came of, and the identifiers of its records by mark."""
    events: list[DraftEvent] = []
    known_events = partners(marked.events, theirs.events, is_same_event)
    for event, own in zip(theirs.events, known_events, strict=True):
        its = partners(own.talks if own else (), event.talks, is_same_talk)
        talks = [
            replace(talk, talk_id=one.talk_id if one else "")
            for talk, one in zip(event.talks, its, strict=True)
        ]
        events.append(replace(event, event_id=own.event_id if own else "", talks=tuple(talks)))
    saved = _marked(replace(theirs, events=tuple(events)), ":saved ")
    return saved, dict(zip(_parts(saved), _identifiers(theirs), strict=True))


def _walk(draft: SeminarDraft) -> Iterator[DraftEvent | DraftTalk]:
    for event in draft.events:
        yield event
        yield from event.talks


def _identifier(part: DraftEvent | DraftTalk) -> str:
    return part.talk_id if isinstance(part, DraftTalk) else part.event_id


def _identifiers(draft: SeminarDraft) -> list[str]:
    return [_identifier(part) for part in _walk(draft)]


def _parts(draft: SeminarDraft) -> _Parts:
    return {_identifier(part): part for part in _walk(draft)}


def _name(part: DraftEvent | DraftTalk) -> str:
    return part.topic if isinstance(part, DraftTalk) else part.title


def _is_left_out(mark: str, part: DraftEvent | DraftTalk, *sides: _Parts) -> bool:
    """Return whether somebody has taken a part away that nobody has changed."""
    having = [side[mark] for side in sides if mark in side]
    return len(having) < len(sides) and not any(_is_changed(part, one) for one in having)


def _is_changed(one: DraftEvent | DraftTalk, other: DraftEvent | DraftTalk) -> bool:
    if isinstance(one, DraftTalk) or isinstance(other, DraftTalk):
        names = TALK_FIELDS
        return not all(same_value(getattr(one, name), getattr(other, name)) for name in names)
    if [talk.talk_id for talk in one.talks] != [talk.talk_id for talk in other.talks]:
        return True
    if any(_is_changed(*pair) for pair in zip(one.talks, other.talks, strict=True)):
        return True
    return not all(same_value(getattr(one, name), getattr(other, name)) for name in EVENT_FIELDS)


def _ground(found: SeminarDraft, saved: _Parts) -> SeminarDraft:
    events = [
        replace(
            _saved_as(event, saved),
            talks=tuple(_saved_as(talk, saved) for talk in event.talks),
        )
        for event in found.events
    ]
    return replace(found, events=tuple(events))


def _saved_as(part: _Part, saved: _Parts) -> _Part:
    """Return a part as it is saved; one that is not saved is empty, so that nothing typed of it is lost."""
    known = saved.get(_identifier(part))
    if isinstance(part, DraftTalk):
        return known if isinstance(known, DraftTalk) else DraftTalk(talk_id=part.talk_id)
    return known if isinstance(known, DraftEvent) else DraftEvent(event_id=part.event_id)


def _without(draft: SeminarDraft, left_out: set[str]) -> SeminarDraft:
    events = [
        replace(event, talks=tuple(talk for talk in event.talks if talk.talk_id not in left_out))
        for event in draft.events
        if event.event_id not in left_out
    ]
    return replace(draft, events=tuple(events))


def _with_identifiers(draft: SeminarDraft, known: Mapping[str, str]) -> SeminarDraft:
    events = [
        replace(
            event,
            event_id=known.get(event.event_id, ""),
            talks=tuple(replace(talk, talk_id=known.get(talk.talk_id, "")) for talk in event.talks),
        )
        for event in draft.events
    ]
    return replace(draft, events=tuple(events))
