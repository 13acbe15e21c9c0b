"""The list of erasures, beside the snapshots and newer than they are: old ones are restored without a name.

It has salted hashes and digests, no names (`archive.erasing.lists`).
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from archive.backup.manifest import Manifest
from archive.backup.place import BackupPlace, snapshots
from archive.backup.reading import manifest_of
from archive.catalogue.database.database import Database
from archive.catalogue.erasing import erasures
from archive.errors import BackupDamaged, BackupRefused, InputError, NotFound

KEY: Final = "erasures.json"
_FORMAT: Final = "archive-erasures"
_VERSION: Final = 1
_TABLE: Final = "erasure"
_KEYS: Final = frozenset({"id", "reason", "words", "digests"})

Listed = Sequence[Mapping[str, Any]]


def put_list(database: Database, place: BackupPlace, work: Path) -> None:
    """Write the list of an archive to a place; what the place has of erasures that it lacks stays."""
    with database.read() as session:
        ours = {one.id: erasures.as_listed(one) for one in erasures.all_of(session)}
    listed = _read(place)
    before = {one["id"]: one for one in listed or ()}
    if listed is None or ours.keys() - before.keys():
        told = {"format": _FORMAT, "format_version": _VERSION, "erasures": list((before | ours).values())}
        path = work / KEY
        path.write_text(json.dumps(told), "utf-8")
        place.put(KEY, path)


def read_list(place: BackupPlace, manifest: Manifest) -> Listed:
    """Return the list that is beside the backups of a place; empty where there is none.

    Raises BackupDamaged: something was erased since the backup of this manifest, which is not restored then.
    """
    listed = _read(place)
    if listed is None and _erased_since(place, manifest):
        raise BackupDamaged(
            f"The list of erasures in {place.name} is gone, and something was erased since this backup was "
            "made. Name a copy of the list with --erasures, or restore the newest backup."
        )
    return listed or ()


def _erased_since(place: BackupPlace, manifest: Manifest) -> bool:
    """Return whether the newest backup that can be read knows of more erasures than another."""
    for name in reversed(snapshots(place)):
        with suppress(BackupDamaged, BackupRefused):
            known = manifest_of(place, name).tables.get(_TABLE, 0)
            return known > manifest.tables.get(_TABLE, 0)
    return False


def _read(place: BackupPlace) -> Listed | None:
    try:
        data = b"".join(place.chunks(KEY))
    except NotFound:
        return None
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
