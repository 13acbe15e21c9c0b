"""`archive import`: reads a seminar's page and publishes it; lists imports and takes them back."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.imports.shown import ACTOR, links_now, list_imports, take_back, tell
from archive.cli.language import translated

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from archive.app import Archive
    from archive.imports.sources.base import GivenBytes

_ADDRESSES = ("http://", "https://")
_LOOK_EVERY_S = 0.2


@click.command("import")
@click.argument("source", metavar="[FILE|ADDRESS]", required=False, default="")
@click.option("--dry-run", is_flag=True, help="Show what is read out; keep nothing.")
@click.option("--draft", is_flag=True, help="Keep what is read out for staff to look over; publish nothing.")
@click.option("--all", "takes_all", is_flag=True, help="Import each seminar that the page leads to.")
@click.option("--address", default="", help="The address that the file is from; links count from there.")
@click.option("--content-type", default="", help="The header that the server sent the file with.")
@click.option("--list", "is_list", is_flag=True, help="List the imports.")
@click.option("--publish", "publish_id", default="", metavar="ID", help="Publish an import that was kept.")
@click.option("--undo", "undo_id", default="", metavar="ID", help="Take back what an import has published.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every field.")
@click.pass_obj
def command(
    data: Path,
    source: str,
    *,
    dry_run: bool,
    draft: bool,
    takes_all: bool,
    address: str,
    content_type: str,
    is_list: bool,
    publish_id: str,
    undo_id: str,
    as_json: bool,
) -> int:
    """Import a seminar's page: its event, talks, speakers, decks, films and reports.

    FILE is a page as a server would send it, seminar.toml, CSV, or JSON from Indico. What is read out is
    published at once and the decks are fetched; with --draft staff look it over first (/staff/imports).
    """
    from archive.errors import InputError

    if sum((bool(source), is_list, bool(publish_id), bool(undo_id))) != 1:
        raise InputError("Give a file or an address, or one of --list, --publish and --undo.")
    if dry_run and not source:
        raise InputError("--dry-run shows what a page tells. Give a file or an address.")
    if is_list:
        return list_imports(data, as_json)
    if undo_id:
        return take_back(data, undo_id, as_json)
    if dry_run:
        return _show(data, source, address, content_type, as_json)
    with _archive(data) as archive:
        import_id = publish_id or _read(archive, source, address, content_type)
        if takes_all:
            return _take_all(archive, import_id, draft, as_json)
        return _finish(archive, import_id, draft, as_json)


def _given(source: str, address: str, content_type: str) -> "GivenBytes":
    """Return the file that holds the page. Raises PathError."""
    from archive.errors import PathError
    from archive.imports.sources.base import GivenBytes

    try:
        body = Path(source).read_bytes()
    except OSError:
        raise PathError(f"{source}: there is no such file. Check the spelling.") from None
    return GivenBytes(body, address, Path(source).name, content_type)


def _show(data: Path, source: str, address: str, content_type: str, as_json: bool) -> int:
    """Show what is read out; no archive is needed, and none is made."""
    from archive.cli.imports.shown import as_object, print_page
    from archive.cli.output import print_json
    from archive.imports.known import known_names
    from archive.imports.opening import open_reading, standard_regions
    from archive.settings.settings import load_settings

    reading = open_reading(load_settings(data), lambda: known_names((), standard_regions()))
    is_address = source.lower().startswith(_ADDRESSES)
    given = reading.fetched(source) if is_address else _given(source, address, content_type)
    page = reading.read_out(given).page
    if as_json:
        print_json(as_object(page))
    else:
        print_page(page)
    return 0


def _archive(data: Path) -> "AbstractContextManager[Archive]":
    from archive.cli.opening import opened

    return opened(data, quiet=True)


def _read(archive: "Archive", source: str, address: str, content_type: str) -> str:
    if source.lower().startswith(_ADDRESSES):
        return archive.importing.read_address(source, ACTOR)
    return archive.importing.read_file(_given(source, address, content_type), ACTOR)


def _finish(archive: "Archive", import_id: str, is_draft: bool, as_json: bool) -> int:
    """Publish an import unless it is to be looked over, fetch its files, and say what has become of it."""
    from archive.catalogue.imports.publishing import publish

    if not is_draft:
        with archive.database.write() as session:
            publish(session, import_id, ACTOR)
        _fetch(archive, import_id)
    return tell(archive, import_id, as_json)


def _take_all(archive: "Archive", import_id: str, is_draft: bool, as_json: bool) -> int:
    """Import each seminar of a list, as the site allows; one that cannot be does not end it."""
    from archive.catalogue.imports.imports import find_import
    from archive.errors import ArchiveError, InputError

    with archive.database.read() as session:
        addresses = find_import(session, import_id).page.seminar_addresses
    if not addresses:
        raise InputError("The page does not lead to any seminars. Give the address of one.")
    importing, code = archive.importing, 0
    for address in addresses:
        try:
            found = importing.read_address(address, ACTOR, of_list=True)
            code = _finish(archive, found, is_draft, as_json) or code
        except ArchiveError as error:
            echo(f"{address}: {translated(error.message)}", err=True)
            code = 1
    return code


def _fetch(archive: "Archive", import_id: str) -> None:
    """Fetch and read what the import links to, and come back when that is done or has to wait for a site."""
    from archive.catalogue import jobs
    from archive.ingest.progress import Silent

    if not links_now(archive, import_id):
        return
    with archive.workers(Silent()):
        while True:
            is_fetching = any(
                one.state == "waiting" and (one.attempts == 0 or one.lease_owner)
                for one in links_now(archive, import_id)
            )
            with archive.database.read() as session:
                is_working = sum(jobs.pending(session).values()) > 0
            if not is_fetching and not is_working:
                break
            time.sleep(_LOOK_EVERY_S)
    archive.indexer.catch_up()
