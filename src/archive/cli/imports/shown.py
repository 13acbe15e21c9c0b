"""What was read out of a page, and what has become of imports, as plain values and as lines."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.cli.echo import echo
from archive.cli.language import plural, text, translated

if TYPE_CHECKING:
    from archive.app import Archive
    from archive.model.seminar_pages.imports import ImportLink
    from archive.model.seminar_pages.seminar_page import (
        ReadEvent,
        ReadField,
        ReadSpeaker,
        ReadTalk,
        SeminarPage,
    )


ACTOR = "command line"
_LISTED_MAX = 1000


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


def links_now(archive: "Archive", import_id: str) -> "list[ImportLink]":
    """Return the links of an import and how far each has come."""
    from archive.catalogue.imports.links import links_of

    with archive.database.read() as session:
        return list(links_of(session, import_id))


def tell(archive: "Archive", import_id: str, as_json: bool) -> int:
    """Say what has become of an import; return 1 where a file of it could not be fetched."""
    from archive.catalogue.imports.imports import find_import
    from archive.cli.output import print_json

    with archive.database.read() as session:
        found = find_import(session, import_id)
    links = links_now(archive, import_id)
    missing = [one for one in links if one.state == "failed" or one.code]
    if as_json:
        files = [
            {
                "address": one.link.address,
                "state": one.state.value,
                "code": one.code,
                "document": one.document_id,
            }
            for one in links
        ]
        print_json(_row(found) | {"files": files})
        return 1 if missing else 0
    talks = sum(len(event.talks) for event in found.draft.events)
    echo(f"{found.id}  {found.title}: {_state(found.state.value)}")
    echo(plural("%(count)s talk", "%(count)s talks", talks))
    for one in missing:
        echo(f"{one.link.address}: {translated(one.message)}", err=True)
    if found.page.seminar_addresses:
        echo(text("The page leads to other seminars; --all imports them."))
    return 1 if missing else 0


def list_imports(data: Path, as_json: bool) -> int:
    """Print all imports, the newest first; return the exit code."""
    from archive.catalogue.imports.imports import imports
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        rows = [_row(one) for one in imports(session, _LISTED_MAX)]
    if as_json:
        print_json(rows)
        return 0
    headings = [text("import"), text("title"), text("state"), text("address")]
    print_table(
        headings, ((row["import"], row["title"], _state(row["state"]), row["address"]) for row in rows)
    )
    return 0


def take_back(data: Path, import_id: str, as_json: bool) -> int:
    """Take back what an import published and print what that was; return the exit code."""
    from archive.catalogue.imports.undoing import undo_import
    from archive.cli.opening import opened
    from archive.cli.output import print_json

    with opened(data, must_exist=True, quiet=True) as archive:
        with archive.database.write() as session:
            outcome = undo_import(session, import_id, ACTOR)
        archive.indexer.catch_up()
    if as_json:
        left = [
            {"table": one.table, "key": one.key, "column": one.column, "why": one.kind.value}
            for one in outcome.conflicts
        ]
        print_json({"records": outcome.row_count, "withdrawn": list(outcome.withdrawn), "left": left})
        return 0
    count = outcome.row_count
    echo(plural("%(count)s record was taken back.", "%(count)s records were taken back.", count))
    if outcome.withdrawn:
        count = len(outcome.withdrawn)
        echo(plural("%(count)s document was withdrawn.", "%(count)s documents were withdrawn.", count))
    if outcome.conflicts:
        count = len(outcome.conflicts)
        echo(
            plural(
                "%(count)s change made since was left as it is.",
                "%(count)s changes made since were left as they are.",
                count,
            )
        )
    return 0


def _row(found: Any) -> dict[str, Any]:
    return {
        "import": found.id,
        "title": found.title,
        "kind": found.source.kind.value,
        "state": found.state.value,
        "address": found.source.address,
        "by": found.login,
        "events": [event.event_id for event in found.draft.events if event.event_id],
    }


def _state(state: str) -> str:
    return {
        "read": text("read, not published"),
        "published": text("published"),
        "undone": text("undone"),
    }[state]
