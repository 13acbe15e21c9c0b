"""`archive show`: prints the record of a document, or the words of a slide."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.echo import echo
from archive.cli.language import text

if TYPE_CHECKING:
    from archive.catalogue.records import CatalogueRecord
    from archive.model.pages import Page


_NUMBER_MAX_DIGITS = 6


@click.command("show")
@click.argument("identifier", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(data: Path, identifier: str, as_json: bool) -> None:
    """Print a document (ID) or one of its slides (ID/NUMBER). Nothing is changed.

    Of what `archive hide` hid it says so: `archive unhide` lets others see it again.
    """
    from archive.catalogue import documents, hidden_pages, pages, records
    from archive.catalogue.publishing.drafts import is_draft
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_pairs

    document_id, number = place(identifier)
    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        record = records.record(session, document_id)
        version_id = record.document.version.id
        shown = (
            [pages.page(session, version_id, number)]
            if number is not None
            else pages.pages(session, version_id)
        )
        waits = is_draft(session, document_id)
        hidden_ids = [document_id] if documents.is_hidden_by_staff(session, document_id) else []
        hidden_by_staff = hidden_pages.hidden_numbers(session, document_id)
        hidden_ids += [f"{document_id}/{page.number}" for page in shown if page.number in hidden_by_staff]
    if as_json:
        print_json({**_details(record), "pages": [_page(page) for page in shown]})
        return
    print_pairs(
        (_name(name), str(value)) for name, value in _details(record).items() if value not in ("", None)
    )
    for page in shown:
        hidden = f" ({text('hidden')})" if page.hidden else ""
        echo(f"\n--- {page.number}{hidden} {page.title}".rstrip())
        if number is not None:
            for block in page.blocks:
                echo(f"[{block.field.value}] {block.text}")
    if waits:
        echo(
            "\n"
            + text("A draft, for staff alone. `archive publish %(id)s` shows it to others.", id=document_id)
        )
    if hidden_ids:
        ids = " ".join(hidden_ids)
        echo("\n" + text("Only staff see this. `archive unhide %(ids)s` shows it to others.", ids=ids))


def place(identifier: str) -> tuple[str, int | None]:
    """Return the document and the slide's number (None without one) that ID or ID/NUMBER names.

    Raises:
        InputError: what is behind the stroke is no number.
    """
    from archive.errors import InputError

    document_id, _, number = identifier.partition("/")
    if number and not (number.isdecimal() and len(number) <= _NUMBER_MAX_DIGITS):
        raise InputError(f"{identifier}: a slide is named by its document and number, as in abc123/4.")
    return document_id, int(number) if number else None


def _name(key: str) -> str:
    """Return what a detail is called, which is what JSON calls it in English."""
    names = {
        "document": text("document"),
        "title": text("title"),
        "kind": text("kind"),
        "speakers": text("speakers"),
        "event": text("event"),
        "date": text("date"),
        "publisher": text("publisher"),
        "year": text("year"),
        "language": text("language"),
        "visibility": text("visibility"),
        "filename": text("filename"),
        "version": text("version"),
        "bytes": text("bytes"),
        "media_type": text("media_type"),
        "category": text("category"),
        "message": text("message"),
        "engine": text("engine"),
        "page_count": text("page_count"),
        "pictures": text("pictures"),
        "picture_message": text("picture_message"),
    }
    return names.get(key, key)


def _details(record: "CatalogueRecord") -> dict[str, Any]:
    document, talk, event = record.document, record.talk, record.event
    version = document.version
    speakers = [contribution.name for contribution in talk.contributions] if talk else []
    return {
        "document": document.id,
        "title": record.title,
        "kind": document.kind.value,
        "speakers": ", ".join(speakers),
        "event": event.title if event else "",
        "date": event.starts if event else "",
        "file_date": record.read_date,
        "publisher": document.publisher,
        "year": document.year,
        "language": document.language,
        "visibility": document.visibility.value,
        "filename": version.filename,
        "version": version.number,
        "sha256": version.original.sha256,
        "bytes": version.original.size_bytes,
        "media_type": version.original.media_type,
        "category": version.category.value if version.category else "waiting",
        "message": version.message,
        "engine": version.engine,
        "page_count": version.page_count,
        "pictures": "done" if version.pictures_done else "waiting",
        "picture_message": version.picture_message,
    }


def _page(page: "Page") -> dict[str, Any]:
    blocks = [{"field": block.field.value, "text": block.text} for block in page.blocks]
    return {"number": page.number, "title": page.title, "hidden": page.hidden, "blocks": blocks}
