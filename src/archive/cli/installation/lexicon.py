"""`archive lexicon`: compiles the lexicon of Swedish and English words that search uses."""

from pathlib import Path

import click

from archive.cli.echo import echo
from archive.cli.language import text


@click.group("lexicon")
def command() -> None:
    """Make the lexicon that words are looked up in."""


@command.command("build")
@click.option("--force", is_flag=True, help="Make it also where it is there and its sources are unchanged.")
@click.option("--quiet", is_flag=True, help="Print nothing when all goes well.")
@click.pass_obj
def build(data: Path, force: bool, quiet: bool) -> None:
    """Compile the lexicon from the packages installed here. Takes a minute or two, once."""
    from archive.analysis.lexicon.build import build_lexicon, is_current, lexicon_folder
    from archive.analysis.lexicon.sources import find_sources
    from archive.settings.settings import load_settings

    folder = load_settings(data).text.lexicon or lexicon_folder()
    sources = find_sources()
    if not force and is_current(folder, sources):
        if not quiet:
            echo(text("The lexicon in %(folder)s is as new as its sources.", folder=folder))
        return
    # Printed even with --quiet: nobody should wonder why nothing happens for so long.
    echo(text("Making the Swedish lexicon (a minute or two, once) ..."), err=True)
    build_lexicon(folder, sources)
    if not quiet:
        names = ", ".join(source.name for source in sources)
        echo(text("The lexicon was made in %(folder)s from %(names)s.", folder=folder, names=names))
