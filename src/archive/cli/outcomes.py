"""`archive outcomes`: lists the files that could not be read, or not in whole."""

from pathlib import Path

import click

from archive.cli.echo import echo
from archive.cli.language import text, translated
from archive.model.extraction import Outcome


@click.command("outcomes")
@click.option(
    "--category",
    "names",
    multiple=True,
    type=click.Choice([category.value for category in Outcome]),
    help="Only these outcomes (may be given more than once; default: all but ok).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(data: Path, names: tuple[str, ...], as_json: bool) -> None:
    """List files by how their reading ended, each with what happened. `archive retry` reads them again."""
    from archive.catalogue.outcomes import NOT_WHOLE, outcomes
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        listed = outcomes(session, [Outcome(name) for name in names] or NOT_WHOLE)
    if as_json:
        documents = [
            {
                "document": outcome.document_id,
                "filename": outcome.filename,
                "category": outcome.category.value,
                "message": outcome.message,
            }
            for outcome in listed
        ]
        print_json({"total": len(documents), "documents": documents})
        return
    if not listed:
        echo(text("There are none."))
        return
    rows = [
        (outcome.category.value, outcome.document_id, outcome.filename, translated(outcome.message))
        for outcome in listed
    ]
    print_table([text("Outcome"), text("Document"), text("File"), text("What happened")], rows)
