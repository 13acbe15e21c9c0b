"""What the buttons of an import's form change: things are added, taken away and moved."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from archive.model.seminar_pages.seminar_draft import (
    DraftEvent,
    DraftFocusArea,
    DraftReport,
    DraftSpeaker,
    DraftTalk,
    SeminarDraft,
)

T = TypeVar("T")

ACTIONS = ("add", "remove", "up", "down")
_NUMBER_MAX_DIGITS = 3


def changed_by(draft: SeminarDraft, button: str) -> SeminarDraft:
    """Return the draft as one of the form's buttons changes it: "up:e0.t2", "remove:a0", "add:e0.t" …

    A button of what is not there changes nothing.
    """
    action, _, place = button.partition(":")
    parts = [(part[0], part[1:]) for part in place.split(".") if part]
    if action not in ACTIONS or not all(_is_number(number) for _, number in parts):
        return draft
    match [(kind, int(number) if number else -1) for kind, number in parts]:
        case [("a", n)]:
            return replace(draft, focus_areas=_changed(action, draft.focus_areas, n, DraftFocusArea("")))
        case [("r", n)]:
            return replace(draft, reports=_changed(action, draft.reports, n, DraftReport()))
        case [("e", n)]:
            return replace(draft, events=_changed(action, draft.events, n, DraftEvent()))
        case [("e", e), ("t", n)]:
            return _in_event(draft, e, lambda one: _with_talks(one, action, n))
        case [("e", e), ("t", t), ("s", n)]:
            return _in_event(
                draft, e, lambda one: _in_talk(one, t, lambda two: _with_speakers(two, action, n))
            )
    return draft


def _with_talks(event: DraftEvent, action: str, number: int) -> DraftEvent:
    return replace(event, talks=_changed(action, event.talks, number, DraftTalk()))


def _with_speakers(talk: DraftTalk, action: str, number: int) -> DraftTalk:
    return replace(talk, speakers=_changed(action, talk.speakers, number, DraftSpeaker()))


def _in_event(draft: SeminarDraft, number: int, change: Callable[[DraftEvent], DraftEvent]) -> SeminarDraft:
    events = tuple(change(one) if at == number else one for at, one in enumerate(draft.events))
    return replace(draft, events=events)


def _in_talk(event: DraftEvent, number: int, change: Callable[[DraftTalk], DraftTalk]) -> DraftEvent:
    talks = tuple(change(one) if at == number else one for at, one in enumerate(event.talks))
    return replace(event, talks=talks)


def _changed(action: str, items: Sequence[T], number: int, empty: T) -> tuple[T, ...]:
    if action == "add":
        return (*items, empty)
    if action == "remove":
        return tuple(one for at, one in enumerate(items) if at != number)
    lower = number if action == "up" else number + 1
    if number < 0 or not 0 < lower < len(items):
        return tuple(items)
    return (*items[: lower - 1], items[lower], items[lower - 1], *items[lower + 1 :])


def _is_number(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal() and len(text) <= _NUMBER_MAX_DIGITS)
