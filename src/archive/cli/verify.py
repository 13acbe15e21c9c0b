"""`archive verify`: checks that every original has its bytes, and that catalogue and index agree."""

from pathlib import Path

import click

from archive.cli.echo import echo
from archive.cli.language import text, translated


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", is_flag=True, help="Print only what is wrong.")
@click.pass_obj
def command(data: Path, as_json: bool, quiet: bool) -> int:
    """Re-hash every original and picture, check the database, compare catalogue and index.

    Mends nothing; only the index follows the catalogue first. Ends with 1 if anything is wrong.
    """
    from archive.catalogue.statistics import counts
    from archive.cli.opening import opened
    from archive.cli.output import print_json
    from archive.data_folder import is_read_only
    from archive.errors import CatalogueError
    from archive.health import stored_problems
    from archive.settings.settings import load_settings
    from archive.store.opening import open_stores

    problems: list[str] = []
    totals = None
    try:
        with opened(data, must_exist=True, quiet=True, only_looks=True) as archive:
            problems = list(archive.problems())
            with archive.database.read() as session:
                totals = counts(session)
    except CatalogueError as error:
        problems = problems or [
            f"Catalogue: {error.message}",
            *stored_problems(open_stores(load_settings(data).store, data).originals),
        ]
    if as_json:
        known = {"originals": totals.originals, "documents": totals.documents} if totals else {}
        print_json({**known, "problems": problems})
    else:
        for problem in problems:
            echo(translated(problem), err=True)
        if not quiet and is_read_only(data):
            echo(text("read-only"))
        if totals and not quiet and not problems:
            echo(
                text(
                    "All is well: %(originals)s originals, %(documents)s documents.",
                    originals=totals.originals,
                    documents=totals.documents,
                )
            )
    return 1 if problems else 0
