"""What has become of imports, told on the command line: one, all of them, and one that was taken back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.cli.echo import echo
from archive.cli.language import plural, text, translated

if TYPE_CHECKING:
    from archive.app import Archive
    from archive.model.seminar_pages.imports import ImportLink

ACTOR = "command line"
_LISTED_MAX = 1000


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
