"""`archive indexer`: keeps the index up to date for an archive that other processes serve."""

from pathlib import Path

import click

from archive.cli.echo import echo
from archive.cli.language import text
from archive.cli.processes.until_stopped import until_stopped


@click.command("indexer")
@click.option("--quiet", is_flag=True, help="Print warnings only.")
@click.pass_obj
def command(data: Path, quiet: bool) -> None:
    """Let the index follow the catalogue until Ctrl-C or SIGTERM.

    Of several one writes; another takes over within seconds when that one ends, however it does.
    """
    from archive.cli.opening import opened

    with (
        until_stopped() as stopping,
        opened(data, thorough=True, must_exist=True, quiet=quiet) as archive,
        archive.indexing(),
    ):
        if not quiet:
            echo(text("Following."))
        stopping.wait()
