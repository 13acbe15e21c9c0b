"""`archive worker`: reads files and makes pictures for an archive that other processes serve."""

from pathlib import Path

import click

from archive.cli.echo import echo
from archive.cli.language import text
from archive.cli.processes.until_stopped import until_stopped


@click.command("worker")
@click.option("--quiet", is_flag=True, help="Print warnings only.")
@click.pass_obj
def command(data: Path, quiet: bool) -> None:
    """Do waiting jobs and take in what comes until Ctrl-C or SIGTERM; run as many as you like.

    It finds its work through the catalogue, so it may run on another machine than the server if both have the
    catalogue on a database server and the same storage of files.
    """
    from archive.cli.opening import opened
    from archive.erasing.ordering import following_orders
    from archive.ingest.progress import Silent
    from archive.model.processes import ProcessKind

    with (
        until_stopped() as stopping,
        opened(data, must_exist=True, quiet=quiet) as archive,
        archive.workers(Silent(), kind=ProcessKind.WORKER) as pool,
        archive.watching(pool.wake),
        following_orders(archive),
    ):
        if not quiet:
            echo(text("Working."))
        stopping.wait()
        pool.take_no_more()
