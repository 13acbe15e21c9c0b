"""`archive history`: who changed which record when and why, each field before and after."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import text
from archive.model.edits import Edit, Reason

if TYPE_CHECKING:
    from archive.catalogue.database.sessions import Session

_KINDS = ("event", "talk", "person", "organisation", "focus_area", "document")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("history")
@click.argument("kind", required=False, type=click.Choice(_KINDS))
@click.argument("identifier", required=False, metavar="[ID]")
@click.option("--actor", default="", help="Only edits of this login.")
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in Reason]),
    help="Only edits of this kind.",
)
@click.option("--field", "column", default="", help="Only edits that changed this column.")
@click.option("--group", default="", help="Only edits of this group: an import, a bulk edit, an ingest.")
@click.option("--since", type=_DAY, help="Only edits of this day and later (YYYY-MM-DD).")
@click.option("--until", type=_DAY, help="Only edits of this day and before.")
@click.option("--compare", nargs=2, type=int, help="Compare the record after one edit and after another.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="So many, newest first.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a row a field.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(
    data: Path,
    kind: str | None,
    identifier: str | None,
    actor: str,
    reason: str | None,
    column: str,
    group: str,
    since: datetime | None,
    until: datetime | None,
    compare: tuple[int, int] | None,
    limit: int,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Show the journal of edits, newest first; with KIND and ID what became of one record."""
    from archive.catalogue.journal import history
    from archive.cli.opening import opened
    from archive.errors import InputError

    if compare and not (kind and identifier):
        raise InputError("Name the record to compare: KIND and ID.")
    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        if compare and kind and identifier:
            _print_comparison(session, kind, identifier, compare, as_json)
            return
        if kind and identifier:
            found = history.history(session, kind, identifier)[:limit]
        else:
            end = until + timedelta(days=1) if until else None
            asked = history.HistoryQuery(
                actor, reason or "", kind or "", column, group, _utc(since), _utc(end)
            )
            found = history.edits(session, asked, limit)
        _print(session, found, as_csv, as_json)


def _utc(day: datetime | None) -> datetime | None:
    """Return when a day begins where the archive is, in UTC."""
    return day.astimezone().astimezone(UTC) if day else None


def _print(session: "Session", edits: Sequence[Edit], as_csv: bool, as_json: bool) -> None:
    from archive.catalogue.journal import rows
    from archive.cli.output import print_json
    from archive.csv_text import csv_text

    if as_csv:
        click.echo(csv_text(rows.HEAD, rows.table_rows(session, edits)), nl=False)
    elif as_json:
        print_json({"edits": [rows.as_json(session, edit) for edit in edits]})
    elif not edits:
        echo(text("The journal has no such edit."))
    else:
        for edit in edits:
            _print_edit(session, edit)


def _print_edit(session: "Session", edit: Edit) -> None:
    from archive.catalogue.journal.telling import told

    author = edit.author
    at = edit.at.astimezone().strftime("%Y-%m-%d %H:%M")
    undone = text("taken back by edit %(number)s", number=edit.undone_by) if edit.undone_by else ""
    echo("  ".join(filter(None, (str(edit.id), at, author.actor, author.reason, author.summary, undone))))
    actions = {"new": text("new"), "gone": text("gone"), "changed": text("changed")}
    for record in told(session, edit):
        echo(f"    {record.kind} {record.id} {record.title}: {actions[record.action]}")
        for field in record.fields:
            echo(f"        {field.name}: {field.before or '–'} → {field.after or '–'}")


def _print_comparison(
    session: "Session", kind: str, identifier: str, states: tuple[int, int], as_json: bool
) -> None:
    from archive.catalogue.journal import history
    from archive.catalogue.journal.telling import fields_of
    from archive.cli.output import print_json

    fields = fields_of(session, history.compare(session, kind, identifier, *states))
    if as_json:
        told = [{"name": one.name, "before": one.before, "after": one.after} for one in fields]
        print_json({"kind": kind, "id": identifier, "from": states[0], "to": states[1], "fields": told})
        return
    for field in fields:
        echo(f"{field.name}: {field.before or '–'} → {field.after or '–'}")
    if not fields:
        echo(text("The two states are equal."))
