"""`archive migrate`: copies the archive to another place and other parts, and compares both."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import text

if TYPE_CHECKING:
    from archive.transfer import Copied


@click.command("migrate")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="The copy's archive.toml, in the folder that is to be its data folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(data: Path, target: Path, as_json: bool) -> int:
    """Copy the archive to where another archive.toml says: database, storage, search engine.

    The archive itself stays as it is; stop its server first, so that nobody changes it. A copy that was
    interrupted goes on where it stopped. Ends with 1 where the copy is not the same in the end.
    """
    from archive.cli.opening import opened
    from archive.cli.output import print_json
    from archive.settings.settings import load_settings_of_file
    from archive.transfer import copy_archive

    settings = load_settings_of_file(target)
    shows = not as_json and sys.stderr.isatty()

    def told(what: str, count: int) -> None:
        if shows:
            echo(text("%(what)s: %(count)s copied", what=what, count=count), err=True)

    with opened(data, must_exist=True, quiet=True) as archive:
        copied = copy_archive(archive, settings, told)
    if as_json:
        print_json(
            {
                "rows": copied.rows,
                "originals": copied.originals,
                "pictures": copied.pictures,
                "pages": copied.pages,
                "questions": copied.asked,
                "same_order": copied.same_order,
                "differing_tables": copied.tables,
                "differing_questions": copied.questions,
            }
        )
    else:
        _tell(copied)
    return 0 if copied.is_whole else 1


def _tell(copied: "Copied") -> None:
    echo(
        text(
            "The copy has %(rows)s rows, %(originals)s originals, %(pictures)s pictures, "
            "and %(pages)s pages in its index.",
            rows=copied.rows,
            originals=copied.originals,
            pictures=copied.pictures,
            pages=copied.pages,
        )
    )
    if copied.tables:
        echo(
            text(
                "Not the same: %(tables)s. The archive was changed meanwhile. "
                "Stop its server, empty the copy's place, and begin again.",
                tables=", ".join(copied.tables),
            ),
            err=True,
        )
    for question in copied.questions:
        echo(text("The answers to “%(question)s” are not the same.", question=question), err=True)
    if copied.is_whole:
        echo(
            text(
                "Both answer %(asked)s questions alike, %(same_order)s of them in the same order.",
                asked=copied.asked,
                same_order=copied.same_order,
            )
        )
