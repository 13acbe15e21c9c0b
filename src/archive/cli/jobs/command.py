"""`archive jobs`: shows what is done, what waits and what failed; asks for another try; shows a log."""

from pathlib import Path
from typing import Any

import click

from archive.cli.echo import echo
from archive.cli.language import plural, text
from archive.model.extraction import Outcome

_ACTOR = "command line"
_CATEGORIES = click.Choice([category.value for category in Outcome if category is not Outcome.OK])


@click.group("jobs", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Show what is done, what waits and what failed, how far behind the index is, disk and missing parts."""
    if context.invoked_subcommand is None:
        _show(context.obj, as_json)


@command.command("retry")
@click.argument("identifiers", nargs=-1, metavar="[ID]…")
@click.option("--all", "is_all", is_flag=True, help="All documents that were not read at all.")
@click.option(
    "--category",
    "names",
    multiple=True,
    type=_CATEGORIES,
    help="All documents with this outcome (may be given more than once).",
)
@click.pass_obj
def retry(data: Path, identifiers: tuple[str, ...], is_all: bool, names: tuple[str, ...]) -> None:
    """Queue documents to be read once more, and end: the server reads them, or the next ingest.

    `archive retry` reads them at once, and takes a password.
    """
    from archive.catalogue.operation import failed
    from archive.cli.opening import opened
    from archive.errors import InputError

    if not (identifiers or is_all or names):
        raise InputError("Name the documents to read again, or give --category or --all.")
    with opened(data, must_exist=True, quiet=True) as archive:
        count = 0
        with archive.database.write() as session:
            for document_id in dict.fromkeys(identifiers):
                count += failed.retry_one(session, document_id, _ACTOR)
        categories = failed.UNREAD if is_all else ()
        wanted = dict.fromkeys([*categories, *map(Outcome, names)])
        count += failed.retry_all(archive.database, tuple(wanted), _ACTOR) if wanted else 0
    echo(plural("%(count)s document is queued.", "%(count)s documents are queued.", count))


@command.command("log")
@click.argument("identifier", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def log(data: Path, identifier: str, as_json: bool) -> None:
    """Show what became of a document: how it was read, its jobs, and what was done with it."""
    from datetime import UTC, datetime

    from archive.catalogue.operation.history import log as document_log
    from archive.cli.jobs.tables import log_details, print_log
    from archive.cli.opening import opened
    from archive.cli.output import print_json

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        found = document_log(session, identifier, datetime.now(UTC))
    if as_json:
        print_json(log_details(found))
    else:
        print_log(found)


@command.command("questions")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def questions(data: Path, as_json: bool) -> None:
    """Show the questions asked on three days or more: those that found nothing, and the most asked."""
    from archive.catalogue.operation import question_counts
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table

    day, limit = question_counts.today(), 50
    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        lists = {
            "without_hits": question_counts.without_hits(session, day, limit),
            "most_asked": question_counts.most_asked(session, day, limit),
        }
        is_counted = archive.settings.web.count_questions
    if as_json:
        print_json({name: [_question(one) for one in listed] for name, listed in lists.items()})
        return
    if not is_counted:
        echo(text("Questions are not counted: web.count_questions is off. What was counted before is shown."))
    for heading, name in ((text("Without hits"), "without_hits"), (text("Most asked"), "most_asked")):
        echo(heading)
        rows = [(one.text, str(one.count), str(one.days), str(one.last_day)) for one in lists[name]]
        if rows:
            print_table([text("Question"), text("Times"), text("Days"), text("Last")], rows)
        else:
            echo(text("There are none."))


def _question(one: Any) -> dict[str, Any]:
    return {
        "question": one.text,
        "count": one.count,
        "days": one.days,
        "last_day": one.last_day.isoformat(),
    }


def _show(data: Path, as_json: bool) -> None:
    from archive.app.job_overview import Overviews
    from archive.cli.jobs.tables import overview_details, print_overview
    from archive.cli.opening import opened
    from archive.cli.output import print_json

    with opened(data, must_exist=True, quiet=True, only_looks=True) as archive:
        overview = Overviews(
            archive.database, archive.pictures, archive.engine, archive.indexer, archive.settings
        ).look()
    if as_json:
        print_json(overview_details(overview))
    else:
        print_overview(overview)
