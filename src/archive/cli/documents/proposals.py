"""`archive queue proposals|accept`: what speakers have proposed by a link."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.documents.taking_out import ACTOR
from archive.cli.echo import echo
from archive.cli.language import text

if TYPE_CHECKING:
    from archive.model.proposals import ReadyProposal

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_FIELDS = ("name", "role", "organisation", "topic", "abstract")


@click.command("proposals")
@_JSON
@click.pass_obj
def list_proposals(data: Path, as_json: bool) -> None:
    """List what speakers have proposed and nobody has decided on: each field now and as proposed."""
    from archive.catalogue.proposals.waiting import ready, waiting
    from archive.cli.opening import opened
    from archive.cli.output import print_json

    with opened(data, must_exist=True, quiet=True) as archive, archive.database.read() as session:
        found = [ready(session, one.id) for one in waiting(session)]
    if as_json:
        print_json({"total": len(found), "proposals": [_json(one) for one in found]})
        return
    for one in found:
        echo(f"{one.proposal.id}  {one.proposal.link.speaker}  {one.proposal.base.topic}")
        for field in one.fields:
            echo(f"  {field.name}: {field.now} -> {field.given}")
        for deck in one.decks[-1:]:
            echo(f"  deck: {deck}")
    if not found:
        echo(text("There are none."))


@click.command("accept")
@click.argument("identifier", metavar="PROPOSAL")
@click.option("--field", "fields", multiple=True, type=click.Choice(_FIELDS), help="Only these; else all.")
@click.option("--deck/--no-deck", default=True, show_default=True, help="Whether its deck is taken, too.")
@click.option("--reason", default="", help="What the speaker reads.")
@_JSON
@click.pass_obj
def accept_one(
    data: Path, identifier: str, fields: tuple[str, ...], deck: bool, reason: str, as_json: bool
) -> None:
    """Write what a speaker has proposed into the talk; its deck becomes the document's next version."""
    from archive.catalogue.journal.recording import recording
    from archive.catalogue.proposals.deciding import accept
    from archive.catalogue.proposals.waiting import ready
    from archive.cli.opening import opened
    from archive.cli.output import print_json
    from archive.model.edits import Author, Reason

    with opened(data, must_exist=True, quiet=True) as archive:
        with archive.database.write() as session:
            found = ready(session, identifier)
            speaker, group = found.proposal.link.speaker, f"proposal-{identifier}"
            with recording(session, Author(ACTOR, Reason.LINK, speaker, group)):
                accept(session, identifier, fields or _FIELDS, deck, found.mark, reason, ACTOR)
        archive.indexer.catch_up()
    if as_json:
        print_json({"id": identifier, "accepted": True})
    else:
        echo(f"{identifier}: {text('accepted.')}")


def _json(found: "ReadyProposal") -> dict[str, Any]:
    proposal = found.proposal
    return {
        "id": proposal.id,
        "talk": proposal.link.talk_id,
        "speaker": proposal.link.speaker,
        "made_at": proposal.made_at.isoformat(),
        "note": proposal.note,
        "fields": [asdict(one) for one in found.fields],
        "deck": found.decks[-1] if found.decks else None,
    }
