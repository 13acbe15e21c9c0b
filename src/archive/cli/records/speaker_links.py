"""`archive talk link|links|revoke`: links with which a speaker proposes other words, or a new deck."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import text

if TYPE_CHECKING:
    from archive.model.proposals import TalkLink

_ACTOR = "command line"
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_ID = click.argument("identifier", metavar="ID")


@click.command("link")
@_ID
@click.option("--speaker", type=click.IntRange(1), default=1, show_default=True, help="Which, from 1 on.")
@click.option("--days", type=click.FloatRange(0, 365, min_open=True), help="For how long it works.")
@_JSON
@click.pass_obj
def make_link(data: Path, identifier: str, speaker: int, days: float | None, as_json: bool) -> None:
    """Make a link for a talk's speaker and print it, once; give it to them yourself."""
    from archive.accounts.speaker_links import new_speaker_link
    from archive.cli.opening import opened
    from archive.cli.output import print_json

    with opened(data, must_exist=True, quiet=True) as archive:
        settings = archive.settings
        link, path = new_speaker_link(
            archive.database, identifier, speaker, settings.accounts, _ACTOR, days or 0
        )
    address = f"{settings.web.address}{path}"
    if as_json:
        print_json(_json(link) | {"address": address})
        return
    ends = f"{link.ends_at:%Y-%m-%d}"
    echo(text("Link %(id)s for %(speaker)s, until %(ends)s:", id=link.id, speaker=link.speaker, ends=ends))
    echo(address)


@click.command("links")
@_ID
@_JSON
@click.pass_obj
def list_links(data: Path, identifier: str, as_json: bool) -> None:
    """List the links of a talk: identifier, whose, until when, whether it was ended."""
    from archive.catalogue.proposals import links
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        found = links.of_talk(session, identifier)
    if as_json:
        print_json({"talk": identifier, "links": [_json(one) for one in found]})
    elif found:
        rows = [
            (one.id, one.speaker, f"{one.ends_at:%Y-%m-%d}", text("ended.") if one.revoked_at else "")
            for one in found
        ]
        print_table([text("Link"), text("Speaker"), text("Until"), text("State")], rows)
    else:
        echo(text("There are none."))


@click.command("revoke")
@click.argument("link", metavar="LINK")
@_JSON
@click.pass_obj
def revoke(data: Path, link: str, as_json: bool) -> None:
    """End a speaker's link; what came by it stays."""
    from archive.catalogue.proposals import links
    from archive.cli.opening import opened
    from archive.cli.output import print_json

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.write() as session:
        ended = links.revoke(session, link, _ACTOR)
    if as_json:
        print_json(_json(ended))
    else:
        echo(f"{link}: {text('ended.')}")


def _json(link: "TalkLink") -> dict[str, object]:
    return {
        "id": link.id,
        "talk": link.talk_id,
        "speaker": link.speaker,
        "made_by": link.made_by,
        "made_at": link.made_at.isoformat(),
        "ends_at": link.ends_at.isoformat(),
        "revoked_at": link.revoked_at.isoformat() if link.revoked_at else None,
    }
