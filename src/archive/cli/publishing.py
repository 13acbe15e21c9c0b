"""`archive publish` and `unpublish`: drafts that others may see, and documents that wait again."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.language import text
from archive.cli.taking_out import ACTOR, each, require_whole

if TYPE_CHECKING:
    from archive.catalogue.database.sessions import Session

_IDS = click.argument("identifiers", nargs=-1, required=True, metavar="ID…")


@click.command("publish")
@_IDS
@click.option(
    "--visibility",
    type=click.Choice(["public", "members", "staff"]),
    help="Who is to see them; without it, whoever was chosen when they were put in.",
)
@click.pass_obj
def publish(data: Path, identifiers: Sequence[str], visibility: str | None) -> None:
    """Publish drafts: from now on they are found by those who may see them."""
    from archive.catalogue.publishing import drafts
    from archive.model.visibility import Visibility

    require_whole(identifiers)

    def change(session: "Session", identifier: str) -> str:
        level = Visibility(visibility) if visibility else drafts.intended(session, identifier)
        drafts.publish(session, identifier, level, ACTOR)
        return {
            Visibility.PUBLIC: text("published: everybody sees it."),
            Visibility.MEMBERS: text("published: members see it."),
            Visibility.STAFF: text("published: only staff see it."),
        }[level]

    each(data, identifiers, change)


@click.command("unpublish")
@_IDS
@click.pass_obj
def unpublish(data: Path, identifiers: Sequence[str]) -> None:
    """Make documents drafts again: only staff see them until `archive publish`."""
    from archive.catalogue.publishing import drafts

    require_whole(identifiers)

    def change(session: "Session", identifier: str) -> str:
        was_published = drafts.unpublish(session, identifier, ACTOR)
        return text("a draft again: only staff see it.") if was_published else text("it is a draft already.")

    each(data, identifiers, change)
