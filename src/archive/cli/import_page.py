"""`archive import`: shows what is read out of a seminar's page."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.echo import echo
from archive.cli.language import plural, text, translated

if TYPE_CHECKING:
    from archive.model.seminar_page import ReadEvent, ReadField, ReadSpeaker, ReadTalk, SeminarPage

_ADDRESSES = ("http://", "https://")


@click.command("import")
@click.argument("source", metavar="FILE|ADDRESS")
@click.option("--dry-run", is_flag=True, help="Show what is read out; keep nothing.")
@click.option("--address", default="", help="The address that the file is from; links count from there.")
@click.option("--content-type", default="", help="The header that the server sent the file with.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every field.")
@click.pass_obj
def command(data: Path, source: str, *, dry_run: bool, address: str, content_type: str, as_json: bool) -> int:
    """Read a seminar's page: its event, talks, speakers, decks, films and reports.

    SOURCE is the page as a file, as a server would send it. What is marked with a question mark is not sure.
    """
    from archive.errors import InputError

    if not dry_run:
        raise InputError("Only --dry-run is possible here: it shows what a page tells. Add it.")
    page = _read(data, _file_of(source), address, content_type)
    if as_json:
        from archive.cli.output import print_json

        print_json(as_object(page))
    else:
        _print(page)
    return 0


def _file_of(source: str) -> Path:
    """Return the file that holds the page. Here an address is to be fetched first."""
    from archive.errors import InputError, PathError

    if source.lower().startswith(_ADDRESSES):
        raise InputError(
            "A page is read from a file here. Save it and name the file, with --address for its address."
        )
    if not Path(source).is_file():
        raise PathError(f"{source}: there is no such file. Check the spelling.")
    return Path(source)


def _read(data: Path, file: Path, address: str, content_type: str) -> "SeminarPage":
    from archive.imports.reading.page import known_names, read_page
    from archive.imports.standard_regions import standard_regions
    from archive.ingest.reading.web_page import read_web_page
    from archive.settings import load_settings

    outline = read_web_page(load_settings(data), file, address, content_type)
    return read_page(outline, known_names((), standard_regions()))


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


def _print(page: "SeminarPage") -> None:
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
    from archive.model.seminar_page import SURE_MIN

    if not field.value:
        return ""
    return field.value if field.certainty >= SURE_MIN else f"{field.value} (?)"
