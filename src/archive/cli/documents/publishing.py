"""`archive publish`, `unpublish`, `original`: drafts that others may see, and who gets the file itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.documents.taking_out import ACTOR, each, require_whole
from archive.cli.language import text
from archive.model.visibility import OriginalsPolicy

if TYPE_CHECKING:
    from archive.catalogue.database.sessions import Session

_SETTING = "setting"
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


@click.command("original")
@_IDS
@click.option(
    "--access",
    type=click.Choice([*(policy.value for policy in OriginalsPolicy), _SETTING]),
    required=True,
    help="clean: others get it where nothing in it is for staff, else a clean copy; staff: staff alone; "
    "everybody: whoever sees the document, with all that is in it; setting: as `originals` says.",
)
@click.pass_obj
def original(data: Path, identifiers: Sequence[str], access: str) -> None:
    """Say who gets the originals of documents, whatever the setting `originals` says."""
    from archive.catalogue.publishing.original_access import set_original_access

    require_whole(identifiers)
    policy = None if access == _SETTING else OriginalsPolicy(access)

    def change(session: "Session", identifier: str) -> str:
        is_changed = set_original_access(session, identifier, policy, ACTOR)
        return text("changed.") if is_changed else text("it was so already.")

    each(data, identifiers, change)
