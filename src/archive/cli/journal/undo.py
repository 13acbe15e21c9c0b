"""`archive undo`: takes edits back, and tells what was changed since and is left."""

from collections.abc import Sequence
from pathlib import Path

import click

from archive.cli.echo import echo
from archive.cli.language import plural, text
from archive.model.edits import Conflict, ConflictKind, UndoOutcome

_ACTOR = "command line"


@click.command("undo")
@click.argument("numbers", nargs=-1, type=int, metavar="[EDIT]…")
@click.option("--group", default="", help="All edits of this group: an import, a bulk edit, an ingest.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken back and what is left.")
@click.option("--overwrite", is_flag=True, help="Also what was changed since gets its value of before.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(
    data: Path, numbers: Sequence[int], group: str, dry_run: bool, overwrite: bool, as_json: bool
) -> int:
    """Take back edits by their numbers in `archive history`, or all of a group, the newest first.

    What somebody has changed since is told and left alone. An undo is an edit and can be taken back, too.
    Ends with 1 where something was left.
    """
    from archive.catalogue.journal import undo
    from archive.catalogue.journal.history import edits_of_group
    from archive.cli.opening import opened
    from archive.errors import InputError, NotFound
    from archive.model.edits import Author, Reason

    if bool(numbers) == bool(group):
        raise InputError("Name the edits to take back, or give --group.")
    author = Author(_ACTOR, Reason.UNDO)
    with opened(data, must_exist=True, quiet=True) as archive:
        with archive.database.write() as session:
            wanted = list(numbers)
            if group:
                wanted = [edit.id for edit in edits_of_group(session, group) if edit.undone_by is None]
                if not wanted:
                    raise NotFound(f"There is nothing left to take back of the group '{group}'.")
            run = undo.preview if dry_run else undo.undo
            outcome = run(session, wanted, author, overwrite)
        if not dry_run:
            archive.indexer.catch_up()
    _print(outcome, dry_run, as_json)
    return 1 if outcome.conflicts else 0


def _print(outcome: UndoOutcome, dry_run: bool, as_json: bool) -> None:
    from archive.catalogue.journal.rows import conflict_json
    from archive.cli.output import print_json

    if as_json:
        told = [conflict_json(conflict) for conflict in outcome.conflicts]
        number = None if dry_run else outcome.edit
        print_json({"edit": number, "restored": len(outcome.restored), "left": told})
        return
    count = len(outcome.restored)
    if dry_run:
        echo(plural("%(count)s row would be as before.", "%(count)s rows would be as before.", count))
    else:
        echo(plural("%(count)s row is as before.", "%(count)s rows are as before.", count))
    for conflict in outcome.conflicts:
        echo(f"{conflict.table} {conflict.key}: {_reason(conflict)}")


def _reason(conflict: Conflict) -> str:
    if conflict.kind is ConflictKind.CHANGED:
        return text(
            "%(field)s has been changed since and is left: %(found)s.",
            field=conflict.column,
            found=conflict.found,
        )
    return {
        ConflictKind.IN_USE: text("it stays, since something newer refers to it."),
        ConflictKind.GONE: text("it is gone, or what it belongs to."),
        ConflictKind.TAKEN: text("another record has its name now."),
    }[conflict.kind]
