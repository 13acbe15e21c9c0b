"""`archive basket`: makes a file of gathered slides, as the page of a basket does."""

from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

import click

from archive.cli.echo import echo
from archive.cli.language import plural, text

_FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)
_READ_BYTES = 1024 * 1024


@click.command("basket")
@click.argument("slides", nargs=-1, required=True)
@click.option("--pdf", type=_FILE, metavar="FILE", help="Make one PDF of them; - for stdout.")
@click.option("--pptx", type=_FILE, metavar="FILE", help="Make a PowerPoint file; - for stdout.")
@click.option(
    "--as",
    "visitor",
    type=click.Choice(["public", "members", "staff"]),
    default="public",
    show_default=True,
    help="For whom: what they may not see is left out.",
)
@click.option(
    "--language", type=click.Choice(["sv", "en"]), default="sv", show_default=True, help="Of the sources."
)
@click.pass_obj
def command(
    data: Path, slides: tuple[str, ...], pdf: Path | None, pptx: Path | None, visitor: str, language: str
) -> None:
    """Make a file of SLIDES, given by the addresses of their pages or as in a basket's address.

    In the PDF each slide has its source below it, and a list of sources ends the file. The slides of one
    deck become that deck cut down to them, others pictures; the sources are in the notes.
    """
    from archive.baskets.basket import gathered
    from archive.baskets.citing import basket_sources
    from archive.baskets.deck_forms import deck_form
    from archive.baskets.files import BasketFiles
    from archive.baskets.refs import parsed
    from archive.citations.item import Wording
    from archive.citations.reading import Citing
    from archive.cli.opening import opened
    from archive.cli.output import STDOUT
    from archive.model.visibility import OriginalsPolicy, Visibility

    files_named = _named(pdf, pptx)
    refs = parsed(" ".join(one.partition("?s=")[2] or one for one in slides))
    with opened(data, must_exist=True, quiet=True) as archive:
        settings, level = archive.settings, Visibility(visitor)
        citing = Citing(level, settings.web.address, datetime.now().astimezone().date(), Wording(language))
        with archive.database.read() as session:
            basket = gathered(session, refs, level)
            sources = basket_sources(session, basket, citing)
        files = BasketFiles(archive.originals, archive.pictures, settings, archive.clean_copies)
        if pdf:
            _keep(files.pdf(basket, sources), pdf)
        if pptx:
            setting = OriginalsPolicy(settings.originals)
            form = deck_form(basket, level, setting, archive.clean_copies)
            _keep(files.deck(basket, sources, form), pptx)
    if basket.left_out:
        echo(
            plural(
                "One slide is left out: it is not there, or not for them.",
                "%(count)s slides are left out: they are not there, or not for them.",
                len(basket.left_out),
            ),
            err=True,
        )
    for path in files_named:
        if path != STDOUT:
            echo(text("Made: %(path)s", path=path), err=STDOUT in files_named)


def _named(pdf: Path | None, pptx: Path | None) -> list[Path]:
    """Return the files that are to be made. Raises UsageError, or PathError where one cannot be written."""
    from archive.cli.output import STDOUT
    from archive.disk.durable_files import refuse_place_of_file

    named = [path for path in (pdf, pptx) if path]
    if not named:
        raise click.UsageError("Say what to make of the slides: --pdf FILE or --pptx FILE.")
    if len(set(named)) < len(named):
        raise click.UsageError("Name a file for each: --pdf FILE --pptx FILE.")
    for path in named:
        if path != STDOUT:
            refuse_place_of_file(path)
    return named


def _keep(made: BinaryIO, path: Path) -> None:
    from archive.cli.output import write_file

    with closing(made):
        write_file(path, iter(partial(made.read, _READ_BYTES), b""))
