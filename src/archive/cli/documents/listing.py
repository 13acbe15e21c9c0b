"""`archive list`: all documents, also those that are hidden or withdrawn."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import text

if TYPE_CHECKING:
    from archive.catalogue.documents import ListedDocument


@click.command("list")
@click.option("--withdrawn", "only_withdrawn", is_flag=True, help="Only what is withdrawn.")
@click.option(
    "--hidden", "only_hidden", is_flag=True, help="Only what is not for everybody, in whole or in part."
)
@click.option("--drafts", "only_drafts", is_flag=True, help="Only what is not published.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def list_command(
    data: Path, only_withdrawn: bool, only_hidden: bool, only_drafts: bool, as_json: bool
) -> None:
    """List the documents by title: identifier, who sees it, file."""
    from archive.catalogue.documents import list_documents
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        listed = [
            one
            for one in list_documents(session)
            if (not only_withdrawn or one.withdrawn_at)
            and (not only_hidden or _is_hidden(one))
            and (not only_drafts or one.draft)
        ]
    if as_json:
        print_json({"total": len(listed), "documents": [_details(one) for one in listed]})
    elif listed:
        rows = [(one.id, _seen_by(one), one.title, one.filename) for one in listed]
        print_table([text("Document"), text("Seen by"), text("Title"), text("File")], rows)
    else:
        echo(text("There are none."))


def _is_hidden(one: "ListedDocument") -> bool:
    return one.visibility.value != "public" or one.hidden_count > 0


def _seen_by(one: "ListedDocument") -> str:
    if one.withdrawn_at:
        return {
            "left_out": text("nobody: its seminar.toml left it out"),
            "discarded": text("nobody: a draft that staff discarded"),
        }.get(one.withdrawn_reason, text("nobody: staff withdrew it"))
    if one.draft:
        return text("nobody but staff: not published")
    level = one.visibility.value
    return f"{level}, {one.hidden_count} hidden" if one.hidden_count else level


def _details(one: "ListedDocument") -> dict[str, object]:
    return {
        "document": one.id,
        "title": one.title,
        "filename": one.filename,
        "visibility": one.visibility.value,
        "page_count": one.page_count,
        "hidden_pages": one.hidden_count,
        "withdrawn": one.withdrawn_at.isoformat() if one.withdrawn_at else "",
        "withdrawn_reason": one.withdrawn_reason,
        "draft": one.draft,
    }
