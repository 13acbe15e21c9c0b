"""`archive rebuild`: makes a new index from the catalogue."""

import sys
from pathlib import Path

import click

from archive.cli.echo import echo
from archive.cli.language import text


@click.command("rebuild")
@click.option("--quiet", is_flag=True, help="Print nothing when all goes well.")
@click.option(
    "--trust-catalogue",
    is_flag=True,
    help="Take the catalogue for right, though it knows less than the store (see `archive verify`).",
)
@click.pass_obj
def command(data: Path, quiet: bool, trust_catalogue: bool) -> None:
    """Make a new index beside the old one, then let it take its place. Searches go on meanwhile."""
    from archive.catalogue.statistics import counts
    from archive.cli.opening import opened

    with opened(data, must_exist=True, quiet=quiet, trust_catalogue=trust_catalogue) as archive:
        with archive.database.read() as session:
            total = counts(session).documents
        hidden = quiet or not sys.stderr.isatty()
        with click.progressbar(length=total, label=text("Indexing"), hidden=hidden, file=sys.stderr) as bar:
            count = archive.indexer.rebuild(lambda done: bar.update(done - bar.pos))
        documents, pages = archive.engine.counts()
    if not quiet:
        echo(
            text(
                "The index was made anew: %(documents)s documents, %(pages)s pages (%(count)s read).",
                documents=documents,
                pages=pages,
                count=count,
            )
        )
