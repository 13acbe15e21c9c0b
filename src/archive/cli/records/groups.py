"""The commands of each kind of record: list, show, new, edit, delete; the order of an event's talks."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.echo import echo
from archive.cli.language import text
from archive.cli.records.options import (
    DOCUMENT_OPTIONS,
    EVENT_OPTIONS,
    FOCUS_AREA_OPTIONS,
    TALK_OPTIONS,
    FieldOption,
    read_options,
    with_options,
)
from archive.cli.records.speaker_links import list_links, make_link, revoke

if TYPE_CHECKING:
    from archive.app import Archive
    from archive.catalogue.database.sessions import Session
    from archive.catalogue.editing.record_kinds import RecordKind

_ACTOR = "command line"
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_ID = click.argument("identifier", metavar="ID")


@click.group("event")
def event() -> None:
    """List, show, add, change and delete events, and put their talks in order."""


@click.group("talk")
def talk() -> None:
    """List, show, add, change and delete talks, with their speakers and regions."""


@click.group("focus-area")
def focus_area() -> None:
    """List, show, add, change and delete focus areas."""


@click.group("document")
def document() -> None:
    """List, show, change and withdraw documents; `archive ingest` adds them."""


def _add_commands(group: click.Group, kind: str, options: Sequence[FieldOption]) -> None:
    @group.command("list")
    @_JSON
    @click.pass_obj
    def list_records(data: Path, as_json: bool) -> None:
        """List all: identifier, who sees it, what it is called."""
        _list(data, kind, as_json)

    @group.command("show")
    @_ID
    @_JSON
    @click.pass_obj
    def show(data: Path, identifier: str, as_json: bool) -> None:
        """Print the fields of one."""
        _show(data, kind, identifier, as_json)

    @group.command("edit")
    @_ID
    @with_options(options)
    @_JSON
    @click.pass_obj
    def edit(data: Path, /, identifier: str, source: Path | None, as_json: bool, **given: Any) -> None:
        """Change the fields that are given; the others stay."""
        _edit(data, kind, identifier, read_options(options, source, given), as_json)

    @group.command("delete")
    @_ID
    @click.pass_obj
    def delete(data: Path, identifier: str) -> None:
        """Delete one that nothing belongs to; a document is withdrawn. `archive undo` brings it back."""
        _delete(data, kind, identifier)


def _add_new(group: click.Group, kind: str, options: Sequence[FieldOption]) -> None:
    @group.command("new")
    @with_options(options)
    @_JSON
    @click.pass_obj
    def new(data: Path, /, source: Path | None, as_json: bool, **given: Any) -> None:
        """Add one, for staff alone unless --visibility says otherwise, and print its identifier."""
        _new(data, kind, read_options(options, source, given), as_json)


for _group, _kind_name, _options in (
    (event, "event", EVENT_OPTIONS),
    (talk, "talk", TALK_OPTIONS),
    (focus_area, "focus_area", FOCUS_AREA_OPTIONS),
):
    _add_commands(_group, _kind_name, _options)
    _add_new(_group, _kind_name, _options)
_add_commands(document, "document", DOCUMENT_OPTIONS)
for _command in (make_link, list_links, revoke):
    talk.add_command(_command)


@event.command("order")
@_ID
@click.argument("talks", nargs=-1, metavar="[TALK]…")
@_JSON
@click.pass_obj
def order(data: Path, identifier: str, talks: Sequence[str], as_json: bool) -> None:
    """Put an event's talks in the order given; without talks print the order there is."""
    from archive.catalogue.editing.talk_order import set_talk_order, talk_order
    from archive.catalogue.editing.talks import known
    from archive.cli.opening import opened
    from archive.cli.output import print_json

    with opened(data, must_exist=True, quiet=True) as archive:
        if talks:
            _write(archive, lambda session: set_talk_order(session, identifier, talks, _ACTOR))
        with archive.database.read() as session:
            found = [(one, known(session, one).topic) for one in talk_order(session, identifier)]
    if as_json:
        print_json({"event": identifier, "talks": [one for one, _ in found]})
    for talk_id, topic in () if as_json else found:
        echo(f"{talk_id}  {topic}")


def _list(data: Path, kind: str, as_json: bool) -> None:
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        found = _kind(kind).listed(session)
    if as_json:
        told = [
            {
                "id": one.id,
                "title": one.title,
                "about": [part for part in one.about if part],
                "visibility": one.visibility.value if one.visibility else "",
            }
            for one in found
        ]
        print_json({"total": len(found), "records": told})
    elif found:
        rows = [
            (
                one.id,
                one.visibility.value if one.visibility else "",
                one.title,
                ", ".join(filter(None, one.about)),
            )
            for one in found
        ]
        print_table([text("Record"), text("Seen by"), text("Title"), text("About")], rows)
    else:
        echo(text("There are none."))


def _show(data: Path, kind: str, identifier: str, as_json: bool) -> None:
    from archive.catalogue.editing.given import as_values
    from archive.cli.opening import opened

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        values = as_values(_kind(kind).known(session, identifier))
    _print(identifier, values, as_json)


def _new(data: Path, kind: str, given: dict[str, Any], as_json: bool) -> None:
    from archive.catalogue.editing.given import as_values, read_fields
    from archive.cli.opening import opened

    of_kind = _kind(kind)
    fields = read_fields(of_kind.fields, given)
    with opened(data, must_exist=True, quiet=True) as archive:
        identifier = _write(archive, lambda session: of_kind.create(session, fields, _ACTOR))
    if as_json:
        _print(identifier, as_values(fields), as_json)
    else:
        echo(identifier)


def _edit(data: Path, kind: str, identifier: str, given: dict[str, Any], as_json: bool) -> None:
    from archive.catalogue.editing.given import as_values, read_fields
    from archive.cli.opening import opened

    of_kind = _kind(kind)

    def change(session: "Session") -> dict[str, Any]:
        before = as_values(of_kind.known(session, identifier))
        of_kind.change(session, identifier, read_fields(of_kind.fields, before | given), _ACTOR)
        return as_values(of_kind.known(session, identifier))

    with opened(data, must_exist=True, quiet=True) as archive:
        values = _write(archive, change)
    if as_json:
        _print(identifier, values, as_json)
    else:
        echo(f"{identifier}: {text('saved.')}")


def _delete(data: Path, kind: str, identifier: str) -> None:
    from archive.cli.opening import opened

    with opened(data, must_exist=True, quiet=True) as archive:
        _write(archive, lambda session: _kind(kind).delete(session, identifier, _ACTOR))
    is_document = kind == "document"
    told = text("withdrawn. `archive restore` brings it back.") if is_document else text("deleted.")
    echo(f"{identifier}: {told}")


def _write(archive: "Archive", change: Any) -> Any:
    """Make one change that is recorded, and wait until a search shows it."""
    from archive.catalogue.journal.recording import recording
    from archive.model.edits import Author, Reason

    with archive.database.write() as session, recording(session, Author(_ACTOR, Reason.COMMAND)):
        made = change(session)
    archive.indexer.catch_up()
    return made


def _print(identifier: str, values: dict[str, Any], as_json: bool) -> None:
    from archive.cli.output import print_json, print_pairs

    if as_json:
        print_json({"id": identifier} | values)
        return
    print_pairs((name, told) for name, value in values.items() for told in _told(value))


def _told(value: Any) -> list[str]:
    """Return a value as lines: each entry of a list has its own."""
    if isinstance(value, list):
        return [
            ", ".join(str(part) for part in one.values() if part) if isinstance(one, dict) else str(one)
            for one in value
        ]
    return [] if value in ("", None) else [str(value)]


def _kind(name: str) -> "RecordKind":
    from archive.catalogue.editing.record_kinds import KINDS

    return KINDS[name]
