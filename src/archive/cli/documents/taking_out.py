"""`archive hide`, `unhide`, `withdraw`: what others than staff no longer see; and what they see again."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import text

if TYPE_CHECKING:
    from archive.catalogue.database.sessions import Session

ACTOR = "command line"
_IDS = click.argument("identifiers", nargs=-1, required=True, metavar="ID…")
_PLACES = click.argument("identifiers", nargs=-1, required=True, metavar="ID[/NUMBER]…")


@click.command("hide")
@_PLACES
@click.pass_obj
def hide(data: Path, identifiers: Sequence[str]) -> None:
    """Let only staff see documents (ID) or slides (ID/NUMBER). `archive unhide` shows them again.

    A hidden slide stays hidden in later versions of its document. `archive show` only prints.
    """
    from archive.catalogue import documents, hidden_pages
    from archive.cli.show import place
    from archive.model.visibility import Visibility

    def change(session: "Session", identifier: str) -> str:
        document_id, number = place(identifier)
        if number is None:
            documents.set_visibility(session, document_id, Visibility.STAFF, ACTOR)
        else:
            hidden_pages.set_hidden(session, document_id, number, True, ACTOR)
        return text("only staff see it now.")

    each(data, identifiers, change)


@click.command("unhide")
@_PLACES
@click.pass_obj
def unhide(data: Path, identifiers: Sequence[str]) -> None:
    """Show documents (ID) or slides (ID/NUMBER) again, also slides that their author has hidden."""
    from archive.catalogue import documents, hidden_pages
    from archive.cli.show import place

    def change(session: "Session", identifier: str) -> str:
        document_id, number = place(identifier)
        if number is not None:
            hidden_pages.set_hidden(session, document_id, number, False, ACTOR)
            return text("those who see the document see it now.")
        documents.show_again(session, document_id, ACTOR)
        return text("it is seen as before.")

    each(data, identifiers, change)


@click.command("withdraw")
@_IDS
@click.pass_obj
def withdraw(data: Path, identifiers: Sequence[str]) -> None:
    """Withdraw documents: nobody finds them, their addresses say that they were here.

    The same bytes are not taken in again by any ingest until `archive restore`.
    """
    from archive.catalogue import documents

    require_whole(identifiers)

    def change(session: "Session", identifier: str) -> str:
        documents.withdraw(session, identifier, ACTOR)
        return text("withdrawn. `archive restore` brings it back.")

    each(data, identifiers, change)


def restore_documents(data: Path, identifiers: Sequence[str]) -> None:
    """Bring withdrawn documents back, with their addresses (`archive restore`)."""
    from archive.catalogue import documents

    require_whole(identifiers)

    def change(session: "Session", identifier: str) -> str:
        was_withdrawn = documents.restore(session, identifier, ACTOR)
        return text("it is back.") if was_withdrawn else text("it was not withdrawn.")

    each(data, identifiers, change)


def require_whole(identifiers: Sequence[str]) -> None:
    """Raise InputError for the first identifier that names a slide."""
    from archive.errors import InputError

    for identifier in identifiers:
        if "/" in identifier:
            raise InputError(
                f"'{identifier}' is a slide, and only whole documents can be published, withdrawn and "
                "restored. `archive hide` lets only staff see a slide, and `archive unhide` shows it again."
            )


def each(data: Path, identifiers: Sequence[str], change: Callable[["Session", str], str]) -> None:
    """Make a change to each, all or none, and wait until a search shows it."""
    from archive.catalogue.journal.recording import recording
    from archive.cli.opening import opened
    from archive.model.edits import Author, Reason

    with opened(data, must_exist=True, quiet=True) as archive:
        author = Author(ACTOR, Reason.COMMAND)
        with archive.database.write() as session, recording(session, author):
            told = [f"{identifier}: {change(session, identifier)}" for identifier in identifiers]
        archive.indexer.catch_up()
    for line in told:
        echo(line)
