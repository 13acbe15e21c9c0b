"""`archive queue`: what waits for staff, and who works on it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from archive.cli.documents.proposals import accept_one, list_proposals
from archive.cli.documents.taking_out import ACTOR
from archive.cli.echo import echo
from archive.cli.language import text
from archive.model.review_queue import Missing

if TYPE_CHECKING:
    from archive.catalogue.database.sessions import Session
    from archive.model.review_queue import QueueEntry
    from archive.model.submissions import Submission

_Value = TypeVar("_Value")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_ID = click.argument("identifier", metavar="ID")
_MISSING = click.option(
    "--missing", type=click.Choice([one.value for one in Missing]), help="Only documents that lack this."
)
_LOGIN = click.option("--login", default=ACTOR, help="The account that takes it; else the command line does.")
_LOOKED_THROUGH_AT_ONCE = 200


@click.group("queue")
def queue() -> None:
    """The review queue: drafts, and documents that lack something, oldest first; what speakers propose."""


for _command in (list_proposals, accept_one):
    queue.add_command(_command)


@queue.command("list")
@_MISSING
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="How many at most.")
@_JSON
@click.pass_obj
def list_queue(data: Path, missing: str | None, limit: int, as_json: bool) -> None:
    """List what waits: identifier, since when, what it lacks, who has taken it or sent it in."""
    from archive.catalogue.queue import waiting
    from archive.catalogue.submissions import submissions
    from archive.cli.opening import opened
    from archive.cli.output import print_json, print_table
    from archive.review.looking_through import SCHEME, look_through

    chosen = Missing(missing) if missing else None
    with opened(data, must_exist=True, quiet=True) as archive:
        look_through(archive.database, _LOOKED_THROUGH_AT_ONCE)
        with archive.database.read() as session:
            found = waiting.entries(session, _now(), chosen, limit=limit)
            counts = waiting.counts(session, SCHEME)
            sent_in = submissions.of_documents(session, [one.document_id for one in found])
    if as_json:
        by_missing = {kind.value: count for kind, count in counts.by_missing.items()}
        told = {"total": counts.total, "missing": by_missing, "unseen": counts.unseen}
        print_json(told | {"entries": [_json(one, sent_in.get(one.document_id)) for one in found]})
    elif found:
        rows = [
            (
                one.document_id,
                f"{one.created_at:%Y-%m-%d}",
                ", ".join(one.missing),
                one.taken_by,
                _said(sent_in.get(one.document_id)),
            )
            for one in found
        ]
        columns = [text("Identifier"), text("Since"), text("Lacks"), text("Taken by"), text("Sent in by")]
        print_table(columns, rows)
    else:
        echo(text("There are none."))


@queue.command("take")
@_ID
@_LOGIN
@_JSON
@click.pass_obj
def take(data: Path, identifier: str, login: str, as_json: bool) -> None:
    """Take a document; nobody else gets it until it is given back, or two hours have passed."""
    from archive.catalogue.queue import claims, waiting

    def change(session: "Session") -> "QueueEntry | None":
        claims.take(session, identifier, login, _now())
        return waiting.entry(session, identifier, _now())

    _tell(_write(data, change), as_json, identifier, login)


@queue.command("next")
@_MISSING
@click.option("--after", default="", metavar="ID", help="The next one behind this document.")
@_LOGIN
@_JSON
@click.pass_obj
def take_next(data: Path, missing: str | None, after: str, login: str, as_json: bool) -> None:
    """Take the next free document and print which it is."""
    from archive.catalogue.queue.taking import take_next as take_next_free

    chosen = Missing(missing) if missing else None
    entry = _write(data, lambda session: take_next_free(session, login, _now(), chosen, after))
    if entry is None and not as_json:
        echo(text("There are none."))
        return
    _tell(entry, as_json, entry.document_id if entry else "", login)


@queue.command("give-back")
@_ID
@_LOGIN
@_JSON
@click.pass_obj
def give_back(data: Path, identifier: str, login: str, as_json: bool) -> None:
    """Give a document back, so that others may take it."""
    from archive.catalogue.queue import claims
    from archive.cli.output import print_json

    was_taken = _write(data, lambda session: claims.give_back(session, identifier, login))
    if as_json:
        print_json({"id": identifier, "given_back": was_taken})
    else:
        echo(text("given back.") if was_taken else text("it was not taken."))


@queue.command("decline")
@_ID
@click.option("--reason", required=True, help="Why: whoever sent it in reads it.")
@_JSON
@click.pass_obj
def decline_one(data: Path, identifier: str, reason: str, as_json: bool) -> None:
    """Decline a document that was sent in, or a speaker's proposal; `archive undo` brings a document back."""
    from archive.catalogue.journal.recording import recording
    from archive.catalogue.proposals import deciding
    from archive.catalogue.proposals.waiting import is_proposal
    from archive.catalogue.submissions.declining import decline
    from archive.cli.output import print_json
    from archive.model.edits import Author, Reason

    def change(session: "Session") -> None:
        with recording(session, Author(ACTOR, Reason.COMMAND)):
            if is_proposal(session, identifier):
                deciding.decline(session, identifier, reason, None, ACTOR)
            else:
                decline(session, identifier, reason, ACTOR)

    _write(data, change)
    if as_json:
        print_json({"id": identifier, "declined": True, "reason": reason})
    else:
        echo(f"{identifier}: {text('declined.')}")


def _write(data: Path, change: "Callable[[Session], _Value]") -> _Value:
    from archive.cli.opening import opened

    with (
        opened(data, must_exist=True, quiet=True) as archive,
        archive.database.write() as session,
    ):
        return change(session)


def _tell(entry: "QueueEntry | None", as_json: bool, identifier: str, login: str) -> None:
    from archive.cli.output import print_json

    lacks = [one.value for one in entry.missing] if entry else []
    if as_json:
        taken = {"id": identifier or None, "taken_by": login if identifier else "", "missing": lacks}
        print_json(taken)
    else:
        echo(f"{identifier}  {', '.join(lacks)}")


def _said(sent: "Submission | None") -> str:
    """Return who has sent a document in and what they say of it, in a line."""
    if sent is None:
        return ""
    given = sent.given
    return ": ".join(filter(None, (given.sender, " ".join(given.note.split()))))


def _json(entry: "QueueEntry", sent: "Submission | None") -> dict[str, object]:
    given = sent.given if sent else None
    return {
        "sent_in": given
        and {
            "by": given.sender,
            "title": given.title,
            "event": given.event,
            "talk": given.talk,
            "note": given.note,
        },
        "id": entry.document_id,
        "created_at": entry.created_at.isoformat(),
        "missing": [one.value for one in entry.missing],
        "taken_by": entry.taken_by,
    }


def _now() -> datetime:
    return datetime.now(UTC)
