"""`archive verify`: checks that every original has its bytes, and that catalogue and index agree."""

from pathlib import Path

import click

from archive.cli.echo import echo
from archive.cli.language import text, translated


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", is_flag=True, help="Print only what is wrong.")
@click.option("--all", "everything", is_flag=True, help="Look closer, and go on where a look was stopped.")
@click.option("--rate", default="", help="With --all: how much to read a second at most, such as 50MB/s.")
@click.option("--from", "source", default="", help="With --all: bring damaged files back from this backup.")
@click.pass_obj
def command(data: Path, as_json: bool, quiet: bool, everything: bool, rate: str, source: str) -> int:
    """Re-hash every original and picture, check the database, compare catalogue and index.

    Mends nothing without --from; only the index follows the catalogue first. Ends with 1 if something is
    wrong.
    """
    if everything:
        from archive.cli.backups.scrub import scrub

        return scrub(data, as_json, quiet, rate, source)
    if rate or source:
        raise click.UsageError(text("--rate and --from belong to --all."))
    from archive.catalogue.statistics import counts
    from archive.cli.opening import opened
    from archive.cli.output import print_json
    from archive.disk.data_folder import is_read_only
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
    known = {"originals": totals.originals, "documents": totals.documents} if totals else {}
    if as_json:
        print_json({**known, "problems": problems})
    else:
        _tell(problems, known, quiet, is_read_only(data))
    return 1 if problems else 0


def _tell(problems: list[str], known: dict[str, int], quiet: bool, is_read_only: bool) -> None:
    for problem in problems:
        echo(translated(problem), err=True)
    if is_read_only and not quiet:
        echo(text("read-only"))
    if known and not quiet and not problems:
        echo(text("All is well: %(originals)s originals, %(documents)s documents.", **known))
