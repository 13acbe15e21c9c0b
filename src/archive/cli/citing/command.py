"""`archive cite`: prints how a document, a slide or a talk is cited, as text or for reference programs."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo

if TYPE_CHECKING:
    from archive.citations.item import CitedItem
    from archive.citations.reading import CitedRef
    from archive.model.visibility import Visibility

_ADDRESS = re.compile(
    r"""(?:(?:https?://[^/\s]+)?/(?:en/)?)?      # the site's address may stand before
    (?:t/(?P<talk>\w{1,40})
    | (?:d/)?(?P<document>\w{1,40})
      (?:/v(?P<version>\d{1,6}))?
      (?:/(?P<number>\d{1,6}))?
    )(?:/cite)?/?(?:[?\#]\S*)?""",
    re.VERBOSE,
)
_LEVELS = ("public", "members", "staff")


@click.command("cite")
@click.argument("address")
@click.option("--style", "style_name", default="apa", show_default=True, help="apa, harvard, oxford …")
@click.option("--language", "language_name", type=click.Choice(["sv", "en"]), default="sv", show_default=True)
@click.option("--format", "format_name", default="", help="bibtex, biblatex, ris or csl-json, not text.")
@click.option("--as", "level", type=click.Choice(_LEVELS), default="staff", show_default=True)
@click.pass_obj
def command(
    data: Path, address: str, style_name: str, language_name: str, format_name: str, level: str
) -> None:
    """Print how a record is cited: ADDRESS is an address of it, or ID, ID/NUMBER, ID/v2/NUMBER, t/ID.

    Addresses begin with the setting web.base_url. Nothing is changed.
    """
    from archive.citations.formats import format_named
    from archive.citations.styles import reference, style_named
    from archive.model.visibility import Visibility

    chosen = format_named(format_name) if format_name else None
    style = style_named(style_name)
    item = _item(data, _ref(address), Visibility(level), language_name)
    if chosen:
        click.echo(chosen.text([item]).replace("\r\n", "\n"), nl=False)
    else:
        echo(reference(item, style, language_name))


def _item(data: Path, ref: "CitedRef", visitor: "Visibility", language_name: str) -> "CitedItem":
    from datetime import datetime

    from archive.catalogue import records
    from archive.citations.item import Wording
    from archive.citations.reading import Citing, cited_items
    from archive.cli.opening import opened
    from archive.errors import NotFound

    today = datetime.now().astimezone().date()
    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        citing = Citing(visitor, archive.settings.web.address, today, Wording(language_name))
        items = cited_items(session, [ref], citing)
        if not items and ref.document_id:
            records.record(session, ref.document_id)  # tells what was withdrawn from what never was
    if not items:
        raise NotFound("There is no such document, slide or talk to cite.")
    return items[0]


def _ref(address: str) -> "CitedRef":
    from archive.citations.reading import CitedRef
    from archive.errors import InputError

    found = _ADDRESS.fullmatch(address.strip())
    if found is None or (found["version"] and not found["number"]):
        raise InputError(
            f"{address}: give an address of the archive, or what it ends with: ID, ID/4, ID/v2/4 or t/ID."
        )
    if found["talk"]:
        return CitedRef(talk_id=found["talk"])
    return CitedRef(found["document"], int(found["number"] or 0), int(found["version"] or 0))
