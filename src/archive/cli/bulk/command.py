"""`archive bulk`: changes many documents at once, as the pages for staff do."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.bulk.table import use_table
from archive.cli.echo import echo
from archive.cli.language import plural, text

if TYPE_CHECKING:
    from archive.catalogue.database.sessions import Session
    from archive.model.bulk import BulkChange, Plan
    from archive.model.edits import Edit
    from archive.search.selection import Selection

_ACTOR = "command line"
_FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)
_SETTINGS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.command("bulk", context_settings=_SETTINGS)
@click.argument("query", nargs=-1, metavar="[QUESTION]")
@click.option(
    "--filter", "filters", multiple=True, metavar="FACET=VALUE", help="Narrow: region=SE31, year=2022."
)
@click.option("--document", "documents", multiple=True, metavar="ID", help="This document, too.")
@click.option("--drafts", is_flag=True, help="All drafts.")
@click.option("--all", "everything", is_flag=True, help="All documents.")
@click.option("--without", multiple=True, metavar="ID", help="Not this document.")
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="FIELD=VALUE",
    help="visibility=public, members or staff; language=sv or en; event=ID, or event= for none.",
)
@click.option("--add-region", multiple=True, metavar="REGION", help="Name or code.")
@click.option("--remove-region", multiple=True, metavar="REGION", help="Name or code.")
@click.option("--add-focus-area", multiple=True, metavar="ID", help="To the documents' events.")
@click.option("--remove-focus-area", multiple=True, metavar="ID", help="From the documents' events.")
@click.option("--withdraw", is_flag=True, help="Withdraw them.")
@click.option("--read-again", is_flag=True, help="Read their files again.")
@click.option("--csv-out", type=_FILE, metavar="FILE", help="Write them to a CSV file, and change nothing.")
@click.option("--csv-in", type=_FILE, metavar="FILE", help="Change what is changed in such a file.")
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(
    data: Path,
    /,
    query: Sequence[str],
    filters: Sequence[str],
    documents: Sequence[str],
    drafts: bool,
    everything: bool,
    without: Sequence[str],
    dry_run: bool,
    as_json: bool,
    csv_out: Path | None,
    csv_in: Path | None,
    **wanted: object,
) -> int:
    """Change many documents at once: those that QUESTION finds with all its words, a list, or named ones.

    All is changed in one transaction, or nothing, and `archive undo` takes it back. Ends with 1 where a
    document was left as it is.
    """
    from archive.catalogue.bulk import applying, planning
    from archive.catalogue.identifiers import new_id
    from archive.catalogue.journal.recording import recording
    from archive.cli.opening import opened
    from archive.errors import InputError
    from archive.model.edits import Author, Reason
    from archive.model.visibility import Visibility
    from archive.search.filters import refuse_unknown
    from archive.search.selection import selected

    selection = _selection(query, filters, documents, drafts, everything, without)
    if csv_out or csv_in:
        return use_table(data, selection, (csv_out, csv_in), any(wanted.values()), dry_run, as_json)
    if selection.is_empty:
        raise InputError("Say which documents: a question, --filter, --document, --drafts or --all.")
    with opened(data, must_exist=True, quiet=True) as archive:
        with archive.database.read() as session:
            refuse_unknown(session, selection.filters, Visibility.STAFF.rank)
            ids = selected(archive.search, session, selection, Visibility.STAFF)
            changes = _changes(session, wanted)
        if not changes:
            raise InputError("Say what to change: --set, --add-region, --withdraw …")
        summary = ", ".join(f"{change.kind} {change.value}".strip() for change in changes)
        author = Author(_ACTOR, Reason.COMMAND, summary, new_id())
        plans: list[Plan] = []
        edit: Edit | None = None
        if dry_run:
            with archive.database.read() as session:
                plans = [planning.plan(session, ids, change) for change in changes]
        else:
            with archive.database.write() as session, recording(session, author) as record:
                for change in changes:
                    plans.append(planning.plan(session, ids, change))
                    applying.apply(session, plans[-1], author)
            edit = record.edit
            archive.indexer.catch_up()
    _print(plans, edit, dry_run, as_json)
    return 1 if any(plan.refused for plan in plans) else 0


def _selection(
    query: Sequence[str],
    filters: Sequence[str],
    documents: Sequence[str],
    drafts: bool,
    everything: bool,
    without: Sequence[str],
) -> "Selection":
    from archive.search.filters import filters_of, pair_of
    from archive.search.question import Question
    from archive.search.selection import SelectableList, Selection

    for word in query:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    chosen = filters_of(map(pair_of, filters))
    listed = SelectableList.ALL if everything else SelectableList.DRAFTS if drafts else None
    question = Question(" ".join(query), chosen) if query or chosen else None
    return Selection(question, listed, tuple(documents), frozenset(without))


def _changes(session: "Session", wanted: dict[str, object]) -> "list[BulkChange]":
    """Return the changes that the options ask for, in the order of the options. Raises InputError."""
    from archive.catalogue.events import regions
    from archive.errors import InputError
    from archive.model.bulk import BulkChange, BulkKind

    settable = (BulkKind.VISIBILITY, BulkKind.LANGUAGE, BulkKind.EVENT)
    found: list[BulkChange] = []
    for one in _texts(wanted, "values"):
        name, equals, value = one.partition("=")
        if name not in settable or not equals:
            raise InputError(f"'{one}' cannot be set. Give visibility=, language= or event= and a value.")
        found.append(BulkChange(BulkKind(name), value))
    for kind in (BulkKind.ADD_REGION, BulkKind.REMOVE_REGION):
        for name in _texts(wanted, kind.value):
            region = regions.find(session, name)
            found.append(BulkChange(kind, region.code if region else name))
    for kind in (BulkKind.ADD_FOCUS_AREA, BulkKind.REMOVE_FOCUS_AREA):
        found += [BulkChange(kind, value) for value in _texts(wanted, kind.value)]
    found += [BulkChange(kind) for kind in (BulkKind.READ_AGAIN, BulkKind.WITHDRAW) if wanted[kind.value]]
    return found


def _texts(wanted: dict[str, object], name: str) -> Sequence[str]:
    given = wanted[name]
    assert isinstance(given, tuple)
    return given


def _print(plans: "Sequence[Plan]", edit: "Edit | None", dry_run: bool, as_json: bool) -> None:
    from archive.cli.output import print_json, print_table

    if as_json:
        print_json(_json(plans, edit, dry_run))
        return
    rows = [
        (one.record.value, one.id, one.title, one.before, one.after) for plan in plans for one in plan.changes
    ]
    if rows and dry_run:
        print_table([text("Record"), text("Identifier"), text("Title"), text("Now"), text("Becomes")], rows)
    for plan in plans:
        for one in plan.refused:
            echo(f"{one.document}: {_why(one.why.value)}")
    if dry_run:
        echo(plural("%(count)s record would change.", "%(count)s records would change.", len(rows)))
        return
    echo(plural("%(count)s record has been changed.", "%(count)s records have been changed.", len(rows)))
    if edit is not None:
        echo(text("`archive undo %(number)s` takes it back.", number=edit.id))


def _json(plans: "Sequence[Plan]", edit: "Edit | None", dry_run: bool) -> dict[str, object]:
    changes = [
        {
            "change": one.change.kind.value,
            "record": one.record.value,
            "id": one.id,
            "title": one.title,
            "before": one.before,
            "after": one.after,
            "documents": list(one.documents),
        }
        for plan in plans
        for one in plan.changes
    ]
    refused = [
        {"change": one.change.kind.value, "document": one.document, "why": one.why.value}
        for plan in plans
        for one in plan.refused
    ]
    made = {"edit": edit.id, "group": edit.author.group} if edit else {"edit": None, "group": ""}
    return {**made, "dry_run": dry_run, "total": len(changes), "changes": changes, "refused": refused}


def _why(code: str) -> str:
    return {
        "unknown": text("there is no such document."),
        "withdrawn": text("it is withdrawn."),
        "no_talk": text("it belongs to no talk, and talks have regions."),
        "no_event": text("it belongs to no event, and events have focus areas."),
        "already": text("it is so already."),
        "being_read": text("it is being read, or waits to be."),
        "event_stricter": text("its event's own file lets fewer see it."),
    }[code]
