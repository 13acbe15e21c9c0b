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
    """List files by how their reading ended, each with what happened. `archive retry` reads them again.

    Files that were not taken in at all have no document. They are listed for as long as they lie where they
    were, until an ingest takes them in.
    """
    from archive.catalogue.outcomes import NOT_WHOLE, outcomes, refusals
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table
    from archive.ingest.intake.sources import is_there

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        listed = [
            (one.category.value, one.document_id, one.filename, one.message)
            for one in outcomes(session, [Outcome(name) for name in names] or NOT_WHOLE)
        ]
        listed += [
            (one.code, "", one.file, one.message)
            for one in refusals(session)
            if (not names or one.code in names) and is_there(one.file)
        ]
    if as_json:
        keys = ("category", "document", "filename", "message")
        print_json({"total": len(listed), "documents": [dict(zip(keys, one, strict=True)) for one in listed]})
        return
    if not listed:
        echo(text("There are none."))
        return
    rows = [(category, document, file, translated(message)) for category, document, file, message in listed]
    print_table([text("Outcome"), text("Document"), text("File"), text("What happened")], rows)
