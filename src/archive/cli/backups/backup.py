"""`archive backup`: keeps the archive, as it is now, in another place, and shows that it can be had back."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import plural, text, translated

if TYPE_CHECKING:
    from archive.app import Archive
    from archive.backup.making import FinishedBackup
    from archive.backup.place import BackupPlace
    from archive.backup.reading import Removed


@click.command("backup")
@click.argument("target")
@click.option("--keep", default="", help="What to keep of earlier backups: 7d,4w,12m (days, weeks, months).")
@click.option("--no-pictures", is_flag=True, help="Leave out pictures; they are drawn again after a restore.")
@click.option("--check", is_flag=True, help="Make none: restore the newest for a trial, and tell.")
@click.option("--anew", is_flag=True, help="Begin anew where backups were the last time and are gone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(
    data: Path, target: str, keep: str, no_pictures: bool, check: bool, anew: bool, as_json: bool
) -> int:
    """Back up the archive to TARGET: a folder, a mounted disk, or s3://bucket/prefix.

    The archive may be in use meanwhile. What is there already is not copied again. Ends with 1 where the
    archive lacks files itself, or a check fails.
    """
    from archive.backup.making import back_up
    from archive.backup.opening import open_place, open_target
    from archive.backup.reading import parse_rules, remove_old
    from archive.cli.opening import opened
    from archive.cli.output import print_json
    from archive.errors import InputError

    if check and (keep or no_pictures or anew):
        raise InputError("--check makes no backup. Say it without --keep, --no-pictures and --anew.")
    rules = parse_rules(keep) if keep else {}
    with opened(data, must_exist=True, quiet=True, only_looks=True) as archive:
        if check:
            return _check(archive, open_place(target, archive.settings), as_json)
        place = open_target(target, archive.settings)
        made = back_up(archive, place, told(as_json), not no_pictures, anew)
        removed = remove_old(place, rules) if rules else None
        if as_json:
            print_json(_values(made, place) | {"removed": list(removed.snapshots) if removed else []})
        else:
            _tell(made, place, archive)
    if removed:
        _tell_removed(removed, as_json)
    return 1 if made.lacking or (removed and removed.unreadable) else 0


def told(is_silent: bool) -> Callable[[str, int], None]:
    """Return what shows on a terminal how far copying has come."""
    shows = not is_silent and sys.stderr.isatty()

    def show(what: str, count: int) -> None:
        if shows:
            echo(text("%(what)s: %(count)s copied", what=what, count=count), err=True)

    return show


def _values(made: "FinishedBackup", place: "BackupPlace") -> dict[str, object]:
    return {
        "place": place.name,
        "name": made.name,
        "documents": made.documents,
        "originals": made.originals,
        "pictures": made.pictures,
        "added": made.added,
        "added_bytes": made.added_bytes,
        "replaced": sorted(made.replaced),
        "questions": made.questions,
        "lacking": list(made.lacking),
    }


def _tell(made: "FinishedBackup", place: "BackupPlace", archive: "Archive") -> None:
    from archive.backup.folder_place import is_on_same_disk

    echo(
        text(
            "Backup %(name)s is finished: %(documents)s documents, %(originals)s originals, "
            "%(pictures)s pictures; %(added)s files were new (%(size)s MB).",
            size=f"{made.added_bytes / 1e6:.1f}",
            name=made.name,
            documents=made.documents,
            originals=made.originals,
            pictures=made.pictures,
            added=made.added,
        )
    )
    if made.replaced:
        echo(
            plural(
                "%(count)s file that was damaged there was written anew.",
                "%(count)s files that were damaged there were written anew.",
                len(made.replaced),
            )
        )
    for digest in made.lacking:
        echo(
            text("The archive has lost %(name)s, or not all of it; the backup lacks it.", name=digest[:12]),
            err=True,
        )
    if is_on_same_disk(Path(place.name), archive.settings.data):
        echo(
            text("This place is on the same disk as the archive, and breaks with it. Use another disk too."),
            err=True,
        )


def _tell_removed(removed: "Removed", as_json: bool) -> None:
    if not as_json:
        echo(
            text(
                "Removed: %(snapshots)s, and %(objects)s.",
                snapshots=plural(
                    "%(count)s earlier backup", "%(count)s earlier backups", len(removed.snapshots)
                ),
                objects=plural(
                    "%(count)s file that no other needs",
                    "%(count)s files that no other needs",
                    removed.objects,
                ),
            )
        )
    if removed.unreadable:
        echo(
            text(
                "Backup %(name)s cannot be read, so that no files were removed. "
                "Remove its folder in snapshots/ yourself if you do not need it.",
                name=removed.unreadable,
            ),
            err=True,
        )


def _check(archive: "Archive", place: "BackupPlace", as_json: bool) -> int:
    from archive.backup.checking import check
    from archive.cli.backups.restored import restored_values, tell_restored
    from archive.cli.output import print_json

    restored = check(archive, place, told(as_json))
    if as_json:
        print_json(restored_values(restored))
    else:
        tell_restored(restored)
        if restored.is_whole:
            echo(text("Backup %(name)s can be restored.", name=restored.name))
        else:
            echo(translated("The backup is not as it should be."), err=True)
    return 0 if restored.is_whole else 1
