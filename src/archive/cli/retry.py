"""`archive retry`: reads documents again."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.language import text
from archive.model.extraction import Outcome

if TYPE_CHECKING:
    from archive.app import Archive


@click.command("retry")
@click.argument("identifiers", nargs=-1, metavar="[ID]…")
@click.option(
    "--category",
    "names",
    multiple=True,
    type=click.Choice([category.value for category in Outcome]),
    help="All documents with this outcome (may be given more than once).",
)
@click.option(
    "--password",
    "asks",
    is_flag=True,
    help="Ask for a password that opens the files (a pipe gives it in its first line); it is not kept.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each step.")
@click.option("--quiet", is_flag=True, help="Print only what failed.")
@click.pass_obj
def command(
    data: Path, identifiers: tuple[str, ...], names: tuple[str, ...], asks: bool, as_json: bool, quiet: bool
) -> int:
    """Read documents once more: those named, or all with an outcome (see `archive outcomes`).

    Ends with 1 if any of them could not be read this time either.
    """
    from archive.cli.opening import opened
    from archive.cli.progress.views import JsonLines, ProgressBar, Quiet
    from archive.errors import InputError

    if not identifiers and not names:
        raise InputError("Name the documents to read again, or give --category (see `archive outcomes`).")
    password = _password() if asks else ""
    with opened(data, thorough=True, must_exist=True, quiet=quiet or as_json) as archive:
        document_ids = _document_ids(archive, identifiers, names)
        view = JsonLines() if as_json else Quiet() if quiet else ProgressBar([])
        with view:
            archive.retry(document_ids, view.report, "command line", password)
    view.show_summary()
    return 1 if view.report.failures else 0


def _password() -> str:
    """Ask for the password, or take the first line of what is piped in: nobody can be asked there."""
    from archive.errors import InputError

    if sys.stdin.isatty():
        answer: str = click.prompt(text("Password"), hide_input=True, err=True)
        return answer
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise InputError("No password was piped in. Pipe one in, or run this in a terminal, which asks.")
    return password


def _document_ids(archive: "Archive", identifiers: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return the identifiers of the documents to read again, without repetitions."""
    from archive.catalogue.outcomes import outcomes

    with archive.database.read() as session:
        chosen = outcomes(session, [Outcome(name) for name in names])
    return list(dict.fromkeys([*identifiers, *(outcome.document_id for outcome in chosen)]))
