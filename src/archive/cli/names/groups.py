"""The commands of people and of organisations: list, show, alike, edit, merge, apart."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archive.cli.echo import echo
from archive.cli.language import text
from archive.model.edits import Author, Reason
from archive.model.events import Spelling
from archive.model.names import NameFacts, NameKind

if TYPE_CHECKING:
    from archive.catalogue.database.sessions import Session
    from archive.model.names import NameRecord

_ACTOR = "command line"
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_ID = click.argument("identifier", metavar="ID")
_IDS = click.argument("identifiers", nargs=-1, required=True, metavar="ID…")
_Value = TypeVar("_Value")


@click.group("person")
def person() -> None:
    """List, show, name and merge people; a merge is taken back by `archive undo`."""


@click.group("organisation")
def organisation() -> None:
    """List, show, name and merge organisations; a merge is taken back by `archive undo`."""


def _add_reading(group: click.Group, kind: NameKind) -> None:
    @group.command("list")
    @_JSON
    @click.pass_obj
    def list_names(data: Path, as_json: bool) -> None:
        """List all: identifier, how many talks, name, other names."""
        _list(data, kind, as_json)

    @group.command("show")
    @_ID
    @_JSON
    @click.pass_obj
    def show(data: Path, identifier: str, as_json: bool) -> None:
        """Print the names of one; of one that was merged, those of the keeper."""
        _print(_read(data, lambda session: _found(session, kind, identifier)), as_json)

    @group.command("alike")
    @_JSON
    @click.pass_obj
    def alike(data: Path, as_json: bool) -> None:
        """List the pairs that may be the same, the likeliest first."""
        _alike(data, kind, as_json)


def _add_writing(group: click.Group, kind: NameKind) -> None:
    @group.command("edit")
    @_ID
    @click.option("--name", default="", help="The name of today; that of before is kept as another.")
    @click.option("--spelling", "spellings", multiple=True, help='Another name: "NAME" or "NAME; FROM; TO".')
    @click.option("--wrong", multiple=True, help="Another name that is found and never shown.")
    @click.option("--forget", multiple=True, help="Another name that is not kept any more.")
    @_JSON
    @click.pass_obj
    def edit(data: Path, /, identifier: str, as_json: bool, **given: Any) -> None:
        """Change what one is called; what is not given stays."""
        _edit(data, kind, identifier, as_json, **given)

    @group.command("merge")
    @click.argument("keeper", metavar="KEEPER")
    @_IDS
    @click.option("--wrong", is_flag=True, help="The names that go are found and never shown.")
    @click.option("--dry-run", is_flag=True, help="Say what would move, and change nothing.")
    @_JSON
    @click.pass_obj
    def merge(data: Path, /, keeper: str, identifiers: Sequence[str], as_json: bool, **given: bool) -> None:
        """Merge records into KEEPER, whose name stays."""
        _merge(data, kind, keeper, identifiers, as_json, **given)

    @group.command("apart")
    @_IDS
    @click.pass_obj
    def apart(data: Path, identifiers: Sequence[str]) -> None:
        """Remember that these are not the same: `alike` names them no more."""
        from archive.catalogue.names.distinct import tell_apart

        _write(data, lambda session: tell_apart(session, kind, identifiers, _author()))
        echo(text("saved."))


for _group, _kind in ((person, NameKind.PERSON), (organisation, NameKind.ORGANISATION)):
    _add_reading(_group, _kind)
    _add_writing(_group, _kind)


def _list(data: Path, kind: NameKind, as_json: bool) -> None:
    from archive.catalogue.names.listing import name_entries
    from archive.cli.output import print_json, print_table

    found = _read(data, lambda session: name_entries(session, kind))
    if as_json:
        told = [
            {"id": one.id, "name": one.name, "talks": one.talk_count, "spellings": one.spellings}
            for one in found
        ]
        print_json({"total": len(told), "names": told})
    elif found:
        rows = [(one.id, str(one.talk_count), one.name, "; ".join(one.spellings)) for one in found]
        print_table([text("Record"), text("Talks"), text("Name"), text("Other names")], rows)
    else:
        echo(text("There are none."))


def _alike(data: Path, kind: NameKind, as_json: bool) -> None:
    from archive.catalogue.names.listing import name_entries
    from archive.cli.output import print_json, print_table
    from archive.review.alike.suggestions import alike_in

    pairs = _read(data, lambda session: alike_in(session, kind, name_entries(session, kind)))
    if as_json:
        told = [
            {
                "ids": [pair.one.id, pair.other.id],
                "names": [pair.one.name, pair.other.name],
                "likeness": pair.likeness,
            }
            for pair in pairs
        ]
        print_json({"total": len(told), "pairs": told})
    elif pairs:
        rows = [(one.one.id, one.other.id, f"{one.one.name} / {one.other.name}") for one in pairs]
        print_table([text("Record"), text("Record"), text("Name")], rows)
    else:
        echo(text("There are none."))


def _edit(
    data: Path,
    kind: NameKind,
    identifier: str,
    as_json: bool,
    name: str,
    spellings: Sequence[str],
    wrong: Sequence[str],
    forget: Sequence[str],
) -> None:
    from archive.catalogue.events.names import name_key
    from archive.catalogue.names.editing import name_record, save_names

    given = [*map(_spelling, spellings), *(Spelling(one, is_shown=False) for one in wrong)]

    def change(session: "Session") -> "NameRecord":
        before = name_record(session, kind, identifier).facts
        replaced = {name_key(one) for one in (*forget, *(spelling.name for spelling in given))}
        kept = [one for one in before.spellings if name_key(one.name) not in replaced]
        save_names(session, kind, identifier, NameFacts(name or before.name, (*kept, *given)), _author())
        return name_record(session, kind, identifier)

    _print(_write(data, change), as_json)


def _merge(
    data: Path,
    kind: NameKind,
    keeper: str,
    identifiers: Sequence[str],
    as_json: bool,
    wrong: bool,
    dry_run: bool,
) -> None:
    from archive.catalogue.names.merging import merge, merge_preview
    from archive.cli.output import print_json

    preview = _read(data, lambda session: merge_preview(session, kind, keeper, identifiers))
    edit = None
    if not dry_run:
        author = Author(_ACTOR, Reason.MERGE)
        gone = identifiers if wrong else ()
        edit = _write(data, lambda session: merge(session, kind, keeper, identifiers, author, gone))
    if as_json:
        moved = [asdict(one) for one in preview.moved]
        print_json({"keeper": keeper, "moved": moved, "edit": edit.id if edit else None})
        return
    for one in preview.moved:
        echo(f"{one.id}  {one.name} → {preview.keeper.facts.name} ({text('Talks')}: {one.talk_count})")
    if edit:
        echo(text("Merged. `archive undo %(edit)s` takes it back.", edit=edit.id))


def _spelling(given: str) -> Spelling:
    name, begins, ends = [*map(str.strip, given.split(";", 2)), "", ""][:3]
    return Spelling(name, begins, ends)


def _found(session: "Session", kind: NameKind, identifier: str) -> "NameRecord":
    from archive.catalogue.names.editing import name_record
    from archive.catalogue.names.listing import present_id

    return name_record(session, kind, present_id(session, kind, identifier) or identifier)


def _print(record: "NameRecord", as_json: bool) -> None:
    from archive.cli.output import print_json

    if as_json:
        spellings = [asdict(one) for one in record.facts.spellings]
        told = {"id": record.id, "name": record.facts.name, "spellings": spellings}
        print_json(told | {"talks": record.talk_count})
        return
    echo(f"{record.id}  {record.facts.name} ({text('Talks')}: {record.talk_count})")
    for one in record.facts.spellings:
        then = f" ({one.begins}–{one.ends})" if one.begins or one.ends else ""
        echo(f"  {one.name}{then}" + ("" if one.is_shown else f" – {text('not shown')}"))


def _author() -> Author:
    return Author(_ACTOR, Reason.COMMAND)


def _read(data: Path, read: "Callable[[Session], _Value]") -> _Value:
    from archive.cli.opening import opened

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        return read(session)


def _write(data: Path, write: "Callable[[Session], _Value]") -> _Value:
    from archive.cli.opening import opened

    with opened(data, must_exist=True, quiet=True) as archive:
        with archive.database.write() as session:
            value = write(session)
        archive.indexer.catch_up()
    return value
