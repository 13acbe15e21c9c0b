"""The form with an import's draft: read as it was sent, and changed by its buttons."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from archive.catalogue.imports.imports import packed, unpacked_draft
from archive.model.seminar_pages.imports import SeminarImport
from archive.model.seminar_pages.seminar_draft import (
    DraftEvent,
    DraftFocusArea,
    DraftReport,
    DraftSpeaker,
    DraftTalk,
    SeminarDraft,
)
from archive.model.visibility import Visibility
from archive.printable import typed_line, typed_text
from archive.web.http.language import gettext
from archive.web.presenters.publishing.facts_form import is_date

T = TypeVar("T")
Form = MultiDict[str, str]

_LINE_MAX_CHARS = 500
_TEXT_MAX_CHARS = 20_000
_MANY = 500
KINDS = ("seminar", "conference", "meeting", "workshop", "webinar", "study visit")

ACTIONS = ("add", "remove", "up", "down")
_NUMBER_MAX_DIGITS = 3


def read_draft(form: Form, kept: SeminarDraft) -> SeminarDraft:
    """Return the draft as the form says it."""
    level = form.get("visibility", "")
    return SeminarDraft(
        focus_areas=tuple(_area(form, f"a{n}") for n in _numbers(form, "a{}.title")),
        events=tuple(_event(form, f"e{n}", kept) for n in _numbers(form, "e{}.title")),
        reports=tuple(_report(form, f"r{n}") for n in _numbers(form, "r{}.title")),
        visibility=Visibility(level) if level in set(Visibility) else kept.visibility,
        accepted=tuple(sorted({key[:_LINE_MAX_CHARS] for key in form.getlist("ok")})),
    )


def written_draft(draft: SeminarDraft) -> str:
    """Return a draft as a form carries it."""
    return json.dumps(packed(draft), ensure_ascii=False, separators=(",", ":"))


def carried_draft(form: Form, found: SeminarImport) -> SeminarDraft:
    """Return the draft that a form was made from; its records are those of the import alone."""
    try:
        draft = unpacked_draft(json.loads(form.get("base", "")))
    except ValueError:
        return found.draft
    own = [found.draft, *([found.published] if found.published else [])]
    events = {event.event_id for one in own for event in one.events}
    talks = {talk.talk_id for one in own for event in one.events for talk in event.talks}
    return replace(
        draft,
        events=tuple(
            replace(
                event,
                event_id=event.event_id if event.event_id in events else "",
                talks=tuple(
                    replace(talk, talk_id=talk.talk_id if talk.talk_id in talks else "")
                    for talk in event.talks
                ),
            )
            for event in draft.events
        ),
    )


def errors_of(draft: SeminarDraft) -> dict[str, str]:
    """Return what keeps a draft from being published, by the name of the field."""
    errors: dict[str, str] = {}
    for e, event in enumerate(draft.events):
        if not event.title:
            errors[f"e{e}.title"] = gettext("Skriv vad händelsen heter.")
        for name in ("starts_on", "ends_on"):
            if getattr(event, name) and not is_date(getattr(event, name)):
                errors[f"e{e}.{name}"] = gettext("Skriv ett datum som finns: 2024-05-17, 2024-05 eller 2024.")
        are_days = is_date(event.starts_on) and is_date(event.ends_on)
        if are_days and event.ends_on < event.starts_on[: len(event.ends_on)]:
            errors[f"e{e}.ends_on"] = gettext("Slutdagen är före startdagen.")
        for t, talk in enumerate(event.talks):
            if not talk.topic:
                errors[f"e{e}.t{t}.topic"] = gettext("Skriv ett ämne, eller ta bort föredraget.")
            for s, speaker in enumerate(talk.speakers):
                if not (speaker.name or speaker.organisation):
                    errors[f"e{e}.t{t}.s{s}.name"] = gettext("Skriv ett namn eller en organisation.")
    return errors


def _numbers(form: Form, pattern: str) -> Iterator[int]:
    for number in range(_MANY):
        if pattern.format(number) not in form:
            return
        yield number


def _event(form: Form, at: str, kept: SeminarDraft) -> DraftEvent:
    was = _was(form, at, kept.events)
    origin, event_id = (was.origin, was.event_id) if was else (-1, "")
    return DraftEvent(
        title=_line(form, f"{at}.title"),
        kind=_line(form, f"{at}.kind") or "seminar",
        starts_on=_line(form, f"{at}.starts_on"),
        ends_on=_line(form, f"{at}.ends_on"),
        place=_line(form, f"{at}.place"),
        occasion=_line(form, f"{at}.occasion"),
        organiser=_line(form, f"{at}.organiser"),
        text=_text(form, f"{at}.text"),
        decks=_lines(form, f"{at}.decks"),
        films=_lines(form, f"{at}.films"),
        talks=tuple(
            _talk(form, f"{at}.t{n}", was.talks if was else ()) for n in _numbers(form, f"{at}.t{{}}.topic")
        ),
        origin=origin,
        event_id=event_id,
    )


def _talk(form: Form, at: str, kept: Sequence[DraftTalk]) -> DraftTalk:
    was = _was(form, at, kept)
    speakers = tuple(_speaker(form, f"{at}.s{n}") for n in _numbers(form, f"{at}.s{{}}.name"))
    return DraftTalk(
        topic=_line(form, f"{at}.topic"),
        abstract=_text(form, f"{at}.abstract"),
        speakers=speakers,
        regions=tuple(filter(None, (typed_line(name) for name in form.get(f"{at}.regions", "").split(",")))),
        decks=_lines(form, f"{at}.decks"),
        films=_lines(form, f"{at}.films"),
        origin=was.origin if was else -1,
        talk_id=was.talk_id if was else "",
    )


def _speaker(form: Form, at: str) -> DraftSpeaker:
    return DraftSpeaker(
        _line(form, f"{at}.name"),
        _line(form, f"{at}.role"),
        _line(form, f"{at}.organisation"),
        form.get(f"{at}.part", "") == "moderator",
    )


def _area(form: Form, at: str) -> DraftFocusArea:
    return DraftFocusArea(
        _line(form, f"{at}.title"), _year(form, f"{at}.year_from"), _year(form, f"{at}.year_to")
    )


def _report(form: Form, at: str) -> DraftReport:
    return DraftReport(
        _line(form, f"{at}.title"), _line(form, f"{at}.publisher"), _line(form, f"{at}.address")
    )


def _was(form: Form, at: str, kept: Sequence[T]) -> T | None:
    number = form.get(f"{at}.was", "")
    return kept[int(number)] if number and _is_number(number) and int(number) < len(kept) else None


def _is_number(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal() and len(text) <= _NUMBER_MAX_DIGITS)


def _year(form: Form, name: str) -> int | None:
    text = _line(form, name)
    return int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else None


def _line(form: Form, name: str) -> str:
    return typed_line(form.get(name, ""))[:_LINE_MAX_CHARS]


def _text(form: Form, name: str) -> str:
    return typed_text(form.get(name, ""))[:_TEXT_MAX_CHARS]


def _lines(form: Form, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, form.get(name, "").split())))


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
