"""The list of erasures, beside the snapshots and newer than they are: old ones are restored without a name.

It has salted hashes and digests, no names (`archive.erasing.lists`).
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from archive.backup.place import BackupPlace
from archive.catalogue.database.database import Database
from archive.catalogue.erasing import erasures
from archive.errors import BackupDamaged, InputError, NotFound

KEY: Final = "erasures.json"
_FORMAT: Final = "archive-erasures"
_VERSION: Final = 1
_KEYS: Final = frozenset({"id", "reason", "words", "digests"})

Listed = Sequence[Mapping[str, Any]]


def put_list(database: Database, place: BackupPlace, work: Path) -> None:
    """Write the list of an archive to a place; what the place has of erasures that it lacks stays."""
    with database.read() as session:
        ours = {one.id: erasures.as_listed(one) for one in erasures.all_of(session)}
    before = {one["id"]: one for one in read_list(place)}
    if ours.keys() - before.keys():
        told = {"format": _FORMAT, "format_version": _VERSION, "erasures": list((before | ours).values())}
        path = work / KEY
        path.write_text(json.dumps(told), "utf-8")
        place.put(KEY, path)


def read_list(place: BackupPlace) -> Listed:
    """Return the list that is beside the backups of a place; empty where there is none.

    Raises BackupDamaged: nothing is restored without it.
    """
    try:
        data = b"".join(place.chunks(KEY))
    except NotFound:
        return ()
    found = _listed(data)
    if found is None:
        raise BackupDamaged(
            f"The list of erasures in {place.name} is damaged. Name a copy of it with --erasures."
        )
    return found


def read_list_file(path: Path) -> Listed:
    """Return the list in a file. Raises InputError."""
    try:
        found = _listed(path.read_bytes())
    except OSError:
        found = None
    if found is None:
        raise InputError(f"{path} is no list of erasures. It is the file {KEY} beside backups.")
    return found


def _listed(data: bytes) -> Listed | None:
    try:
        told = json.loads(data)
        is_known = told["format"] == _FORMAT and int(told["format_version"]) <= _VERSION
        listed: Listed = told["erasures"]
        return listed if is_known and all(one.keys() >= _KEYS for one in listed) else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
