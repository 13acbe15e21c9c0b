"""Finding a snapshot in a place, and reading what it says of itself before anything is copied."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from archive.backup.manifest import (
    FORMAT,
    FORMAT_VERSION,
    KINDS,
    FilePart,
    Manifest,
    newer,
    read_list,
    read_manifest,
)
from archive.backup.place import (
    CATALOGUE,
    MANIFEST,
    MANIFEST_SUM,
    MARK,
    SNAPSHOT,
    BackupPlace,
    foreign,
    order,
    snapshots,
)
from archive.catalogue.database.migration import REVISIONS
from archive.errors import BackupDamaged, BackupRefused, InputError, NotFound
from archive.store.writing import write_new

_SMALL_MAX_BYTES: Final = 512 * 1024 * 1024
_DAY_CHARS: Final = len("2026-11-29")


def mark(identity: str) -> bytes:
    """Return the file by which a place is known."""
    return json.dumps({"format": FORMAT, "format_version": FORMAT_VERSION, "archive": identity}).encode()


def check_mark(place: BackupPlace, identity: str = "") -> None:
    """See that a place has backups that this version reads, and of this archive where one is named.

    Raises BackupRefused.
    """
    try:
        told = json.loads(_small(place, MARK))
        found, version, archive = told["format"], int(told["format_version"]), told["archive"]
    except NotFound:
        raise BackupRefused(f"There is no backup of the archive in {place.name}.") from None
    except (ValueError, TypeError, KeyError):
        raise foreign(place.name) from None
    if found != FORMAT:
        raise foreign(place.name)
    if version > FORMAT_VERSION:
        raise newer(place.name, "?")
    if identity and archive != identity:
        raise BackupRefused(f"In {place.name} there are backups of another archive. Name an empty folder.")


def choose(place: BackupPlace, at: str = "") -> str:
    """Return the newest snapshot, or the newest that is not after `at`: a name, a day or a time (UTC).

    Raises InputError and BackupRefused.
    """
    names = snapshots(place)
    if not names:
        raise BackupRefused(f"There is no finished backup in {place.name}.")
    if not at or at in names:
        return at or names[-1]
    if SNAPSHOT.fullmatch(at):
        limit = at
    else:
        try:
            until = datetime.fromisoformat(at)
        except ValueError:
            raise InputError(f"“{at}” is no date. Write one such as 2026-11-29.") from None
        if len(at) == _DAY_CHARS:
            until += timedelta(days=1, seconds=-1)
        until = until.replace(tzinfo=UTC) if until.tzinfo is None else until.astimezone(UTC)
        limit = f"{until:%Y%m%dT%H%M%SZ}-999999"
    fitting = [name for name in names if order(name) <= order(limit)]
    if not fitting:
        raise BackupRefused(f"There is no backup from {at} or before. The first is {names[0]}.")
    return fitting[-1]


def manifest_of(place: BackupPlace, name: str) -> Manifest:
    """Read a snapshot's manifest. Raises BackupRefused (another's, newer) and BackupDamaged."""
    try:
        total = _small(place, f"snapshots/{name}/{MANIFEST_SUM}").decode("ascii", "replace")
        manifest = read_manifest(_small(place, f"snapshots/{name}/{MANIFEST}"), total, name)
    except NotFound:
        raise BackupDamaged(f"The manifest of backup {name} is gone. Use another backup.") from None
    if manifest.revision not in REVISIONS:
        raise newer(name, manifest.program)
    return manifest


def named_objects(place: BackupPlace, name: str, manifest: Manifest) -> dict[str, tuple[str, ...]]:
    """Return the objects that a snapshot names, by kind. Raises BackupDamaged."""
    found = {}
    for kind in KINDS:
        file = f"{kind}.sha256"
        part = manifest.objects[kind].list
        found[kind] = read_list(_checked(_small_of(place, name, file), part, name, file))
    return found


def fetch_catalogue(place: BackupPlace, name: str, manifest: Manifest, into: Path) -> None:
    """Copy a snapshot's catalogue into a new file. Raises BackupDamaged where it is not whole."""
    fetch(place, name, CATALOGUE, manifest.catalogue, into)
    into.chmod(0o600)


def fetch(place: BackupPlace, name: str, file: str, part: FilePart, into: Path) -> None:
    """Copy a file of a snapshot into a new file. Raises BackupDamaged where it is not whole."""
    try:
        sha256, size_bytes = write_new(into, place.chunks(f"snapshots/{name}/{file}"))
    except NotFound:
        raise _gone(name, file) from None
    if size_bytes < part.size_bytes:
        raise BackupDamaged(
            f"{file} of backup {name} is cut off: {size_bytes} of {part.size_bytes} bytes. "
            "Use another backup."
        )
    if sha256 != part.sha256:
        raise _changed(name, file)


def _checked(data: bytes, part: FilePart, name: str, file: str) -> bytes:
    if hashlib.sha256(data).hexdigest() != part.sha256:
        raise _changed(name, file)
    return data


def _small_of(place: BackupPlace, name: str, file: str) -> bytes:
    try:
        return _small(place, f"snapshots/{name}/{file}")
    except NotFound:
        raise _gone(name, file) from None


def _small(place: BackupPlace, key: str) -> bytes:
    data = bytearray()
    for chunk in place.chunks(key):
        data += chunk
        if len(data) > _SMALL_MAX_BYTES:
            raise BackupDamaged("A file of the backup is far too large to be one. Use another backup.")
    return bytes(data)


def _gone(name: str, file: str) -> BackupDamaged:
    return BackupDamaged(f"{file} of backup {name} is gone. Use another backup.")


def _changed(name: str, file: str) -> BackupDamaged:
    return BackupDamaged(f"{file} of backup {name} is not as it was written. Use another backup.")
