"""Makes a draft of what was read: the values alone, tidied to what records take."""

from datetime import date

from archive.model.seminar_pages.seminar_draft import (
    DraftEvent,
    DraftFocusArea,
    DraftReport,
    DraftSpeaker,
    DraftTalk,
    SeminarDraft,
)
from archive.model.seminar_pages.seminar_page import ReadEvent, ReadSpeaker, ReadTalk, SeminarPage

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
    return " ".join((text or "").split())
