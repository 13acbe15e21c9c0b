"""`archive reuse`: the slides that most talks have, or where the slides of one document are again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import text

if TYPE_CHECKING:
    from archive.catalogue.database.sessions import Session


@click.command("reuse")
@click.argument("document_id", metavar="[ID]", default="")
@click.option("--limit", default=20, type=click.IntRange(1, 400), help="How many slides (default 20).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(data: Path, document_id: str, limit: int, as_json: bool) -> None:
    """List the slides that most talks have, or those of a document (ID) that other talks have too.

    All that staff see is counted. Nothing is changed.
    """
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        rows = _of_document(session, document_id) if document_id else _most(session, limit)
    if as_json:
        names = ("document", "number", "talk_count", "first_year", "last_year", "title")
        print_json({"slides": [dict(zip(names, row, strict=True)) for row in rows]})
    elif rows:
        headings = [text("Slide"), text("Talks"), text("Years"), text("Title")]
        shown = [(f"{row[0]}/{row[1]}", str(row[2]), _years(row[3], row[4]), row[5]) for row in rows]
        print_table(headings, shown)
    else:
        echo(text("There are none."))


_Row = tuple[str, int, int, str, str, str]
"""Document, number, its talks, their first and last year, the title of the slide or the deck."""


def _most(session: "Session", limit: int) -> list[_Row]:
    from archive.catalogue import pages, records
    from archive.model.visibility import Visibility
    from archive.reuse.most_reused import most_reused
    from archive.reuse.same_slide import Copies

    found = most_reused(session, Visibility.STAFF, limit)
    texts = pages.texts_at(session, [(one.copy.version_id, one.copy.number) for one in found])
    decks = records.records(session, list(dict.fromkeys(one.copy.document_id for one in found)))
    return [
        (
            one.copy.document_id,
            one.copy.number,
            one.talk_count,
            *Copies((one.copy, *one.copies.copies)).years,
            texts[one.copy.version_id, one.copy.number].title or decks[one.copy.document_id].title,
        )
        for one in found
    ]


def _of_document(session: "Session", document_id: str) -> list[_Row]:
    from archive.catalogue import pages, records
    from archive.model.visibility import Visibility
    from archive.reuse.most_reused import of_deck

    record = records.record(session, document_id)
    version_id = record.document.version.id
    numbers = pages.numbers(session, version_id, Visibility.STAFF)
    found = of_deck(session, record, numbers, Visibility.STAFF).slides
    texts = pages.texts_at(session, [(version_id, number) for number in found])
    return [
        (
            document_id,
            number,
            1 + len(copies.copies),
            *copies.years,
            texts[version_id, number].title or record.title,
        )
        for number, copies in sorted(found.items())
    ]


def _years(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
