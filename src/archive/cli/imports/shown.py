"""What was read out of a page, as plain values and as lines."""

from typing import TYPE_CHECKING, Any

from archive.cli.echo import echo
from archive.cli.language import plural, text, translated

if TYPE_CHECKING:
    from archive.model.seminar_pages.seminar_page import (
        ReadEvent,
        ReadField,
        ReadSpeaker,
        ReadTalk,
        SeminarPage,
    )


def as_object(page: "SeminarPage") -> dict[str, Any]:
    """Return what was read out as plain values, with the fields that seminar pages have."""
    return {
        "address": page.address,
        "focus_areas": [_fields(area, "title", "year_from", "year_to") for area in page.focus_areas],
        "events": [_event(event) for event in page.events],
        "reports": [_fields(report, "title", "publisher", "address") for report in page.reports],
        "remarks": list(page.remarks),
    }


def _event(event: "ReadEvent") -> dict[str, Any]:
    names = (
        "title",
        "kind",
        "starts_on",
        "ends_on",
        "place",
        "occasion",
        "organiser",
        "text",
        "decks",
        "films",
    )
    return _fields(event, *names) | {"talks": [_talk(talk) for talk in event.talks]}


def _talk(talk: "ReadTalk") -> dict[str, Any]:
    return {
        **_fields(talk, "topic", "abstract"),
        "speakers": [_fields(speaker, "name", "role", "organisation") for speaker in talk.speakers],
        "moderators": [_fields(speaker, "name", "role", "organisation") for speaker in talk.moderators],
        **_fields(talk, "regions", "decks", "films"),
        "slot": talk.slot,
    }


def _fields(record: object, *names: str) -> dict[str, Any]:
    values = {name: getattr(record, name).value for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def print_page(page: "SeminarPage") -> None:
    """Print what was read out, for people; "?" marks what is not sure."""
    for area in page.focus_areas:
        years = "–".join(str(year.value) for year in (area.year_from, area.year_to) if year.value is not None)
        echo(f"{text('Focus area')}: {_shown(area.title)} {years}".rstrip())
    for event in page.events:
        _print_event(event)
    for report in page.reports:
        echo(f"\n{text('Report')}: {_shown(report.title)}")
        _line("", report.publisher, report.address)
    for remark in page.remarks:
        echo(f"\n{translated(remark)}")
    echo("")
    echo(plural("%(count)s talk", "%(count)s talks", sum(len(event.talks) for event in page.events)))


def _print_event(event: "ReadEvent") -> None:
    echo(f"\n{_shown(event.title)}")
    _line("", event.kind, event.starts_on, event.ends_on, event.place)
    _line(text("Occasion"), event.occasion)
    _line(text("Organiser"), event.organiser)
    _line(text("Text"), event.text)
    for address in (*event.decks.value, *event.films.value):
        echo(f"  {address}")
    for number, talk in enumerate(event.talks, 1):
        echo(f"\n  {number}. {_shown(talk.topic)}")
        for speaker in talk.speakers:
            echo(f"     {_speaker(speaker)}")
        for speaker in talk.moderators:
            echo(f"     {text('Moderator')}: {_speaker(speaker)}")
        _line("", talk.abstract, indent=5)
        if talk.regions.value:
            echo(f"     {text('Regions')}: {', '.join(talk.regions.value)}")
        for address in (*talk.decks.value, *talk.films.value):
            echo(f"     {address}")


def _speaker(speaker: "ReadSpeaker") -> str:
    return ", ".join(filter(None, map(_shown, (speaker.name, speaker.role, speaker.organisation))))


def _line(label: str, *fields: "ReadField[str | None]", indent: int = 2) -> None:
    said = ", ".join(filter(None, map(_shown, fields)))
    if said:
        echo(" " * indent + (f"{label}: {said}" if label else said))


def _shown(field: "ReadField[str | None]") -> str:
    from archive.model.seminar_pages.seminar_page import SURE_MIN

    if not field.value:
        return ""
    return field.value if field.certainty >= SURE_MIN else f"{field.value} (?)"
