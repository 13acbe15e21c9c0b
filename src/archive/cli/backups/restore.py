"""`archive restore`: brings an archive back from a backup, or withdrawn documents into the archive."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import text

if TYPE_CHECKING:
    from archive.settings.settings import Settings

_S3 = "s3://"


@click.command("restore")
@click.argument("sources", nargs=-1, required=True, metavar="BACKUP|ID…")
@click.option("--into", type=click.Path(path_type=Path), help="The new folder to restore a backup into.")
@click.option("--at", default="", help="The newest backup of this day or before (2026-11-29), or its name.")
@click.option("--incomplete", is_flag=True, help="Restore what can be where the backup itself is damaged.")
@click.option(
    "--erasures",
    type=click.Path(path_type=Path),
    help="The list of what was erased since; without it, the one that is beside the backups.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (backups).")
@click.pass_obj
def command(
    data: Path,
    sources: Sequence[str],
    into: Path | None,
    at: str,
    incomplete: bool,
    erasures: Path | None,
    as_json: bool,
) -> int:
    """Restore a backup into a new folder (--into), or bring withdrawn documents back, with their addresses.

    A restore writes over nothing. Every file is compared with its sum, the index is made, documents are
    opened, and the questions that the backup knows are asked again. Persons that were erased since are
    erased again (see `archive erase`). Ends with 1 where not all is as it was.
    """
    from archive.errors import InputError

    if into is None:
        for source in sources:
            if source.startswith(_S3) or Path(source).is_dir():
                raise InputError(
                    f"To restore the backup in {source}, name the new folder: "
                    "archive restore … --into FOLDER. Without that, documents are brought back by their ID."
                )
        from archive.cli.documents.taking_out import restore_documents

        restore_documents(data, sources)
        return 0
    if len(sources) > 1:
        raise InputError("Name one place of backups.")
    return _restore_backup(data, sources[0], into, at, incomplete, erasures, as_json)


def _restore_backup(
    data: Path,
    source: str,
    into: Path,
    at: str,
    incomplete: bool,
    erasures: Path | None,
    as_json: bool,
) -> int:
    from archive.backup.erasure_list import read_list_file
    from archive.backup.opening import open_place, refuse_inside
    from archive.backup.restoring import restore
    from archive.cli.backups.backup import told
    from archive.cli.backups.restored import restored_values, tell_restored
    from archive.cli.output import print_json
    from archive.erasing.ordering import erase_again
    from archive.log import configure_logging

    configure_logging("console", quiet=True)
    refuse_inside(into)
    listed = read_list_file(erasures) if erasures else None
    place = open_place(source, _settings(data, source))
    restored = restore(place, into, told(as_json), at, incomplete, erase_again, listed)
    if as_json:
        print_json(restored_values(restored) | {"into": str(into.absolute())})
    else:
        tell_restored(restored)
        echo(text("The archive is in %(folder)s. Use it with --data %(folder)s.", folder=into.absolute()))
        if restored.manifest.settings_left_out:
            echo(
                text(
                    "Set anew in its archive.toml: %(names)s.",
                    names=", ".join(restored.manifest.settings_left_out),
                )
            )
    return 0 if restored.is_whole else 1


def _settings(data: Path, source: str) -> "Settings":
    """Return the settings that say how storage that speaks S3 is reached; a folder needs none."""
    from archive.settings.settings import Settings, load_settings

    return load_settings(data) if source.startswith(_S3) else Settings.model_construct()
