"""`archive verify --all`: looks at everything at a set pace, and brings back what a backup has."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from archive.cli.backups.backup import told
from archive.cli.echo import echo
from archive.cli.language import plural, text, translated

if TYPE_CHECKING:
    from archive.app import Archive
    from archive.backup.scrubbing import Verified

_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*([kMG]?)B?(?:/s)?")
_UNITS = {"": 1, "k": 1e3, "M": 1e6, "G": 1e9}


def scrub(data: Path, as_json: bool, quiet: bool, rate: str, source: str) -> int:
    """Look at everything and tell what was found; return 1 where something is wrong."""
    from archive.backup.opening import open_place
    from archive.backup.reading import check_mark
    from archive.backup.scrubbing import verify_all
    from archive.catalogue.operation.backups import last
    from archive.cli.opening import opened
    from archive.cli.output import print_json

    rate_bytes_s = _rate(rate)
    with opened(data, must_exist=True, quiet=True, only_looks=True) as archive:
        place = open_place(source, archive.settings) if source else None
        if place is not None:
            check_mark(place)
        verified = verify_all(archive, told(as_json or quiet), rate_bytes_s, place)
        with archive.database.read() as session:
            backup = last(session, "backup_made")
        if as_json:
            print_json(_values(verified) | {"last_backup": backup.at.isoformat() if backup else None})
        else:
            _tell(verified, quiet, archive)
    return 1 if verified.problems else 0


def backup_age(archive: "Archive") -> str:
    """Return in words when the last backup was made, and when one last passed a check."""
    from archive.catalogue.operation.backups import last

    with archive.database.read() as session:
        made, checked = last(session, "backup_made"), last(session, "backup_checked")
    if made is None:
        return text("never")
    ago = text("%(ago)s, in %(place)s", ago=_ago(made.at), place=made.place)
    passed = text("passed %(ago)s", ago=_ago(checked.at)) if checked else text("never")
    return text("%(made)s; check: %(passed)s", made=ago, passed=passed)


def _ago(at: datetime) -> str:
    hours = max(0, int((datetime.now(UTC) - at).total_seconds() // 3600))
    if hours < 48:
        return plural("%(count)s hour ago", "%(count)s hours ago", hours)
    return plural("%(count)s day ago", "%(count)s days ago", hours // 24)


def _rate(given: str) -> float:
    """Read "50MB/s" as bytes a second; "" is 0. Raises InputError."""
    from archive.errors import InputError

    if not given:
        return 0.0
    match = _RATE.fullmatch(given)
    if match is None or not float(match[1]):
        raise InputError(f"“{given}” is no pace. Write one such as 50MB/s.")
    return float(match[1]) * _UNITS[match[2]]


def _values(verified: "Verified") -> dict[str, object]:
    return {
        "objects": verified.objects,
        "bytes": verified.size_bytes,
        "resumed": verified.resumed,
        "mended": list(verified.mended),
        "problems": list(verified.problems),
    }


def _tell(verified: "Verified", quiet: bool, archive: "Archive") -> None:
    for name in verified.mended:
        echo(text("%(name)s was damaged or gone, and came back from the backup.", name=name))
    for problem in verified.problems:
        echo(translated(problem), err=True)
    if quiet:
        return
    if not verified.problems:
        echo(
            text(
                "All is well: %(objects)s files (%(size)s MB), the catalogue, its journal and the index.",
                objects=verified.objects,
                size=f"{verified.size_bytes / 1e6:.1f}",
            )
        )
    echo(text("Last backup: %(age)s", age=backup_age(archive)))
