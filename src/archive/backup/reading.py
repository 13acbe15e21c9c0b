"""Which snapshots a place has, what each says of itself before anything is copied, and which of them stay.

Of those that a place has the newest of each of the last days, weeks and months that have any are kept.
"""

import hashlib
import json
import re
from dataclasses import dataclass
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
    object_digests,
    order,
    snapshots,
)
from archive.catalogue.database.migration import REVISIONS
from archive.errors import ArchiveError, BackupDamaged, BackupRefused, InputError, NotFound
from archive.store.writing import write_new

_SMALL_MAX_BYTES: Final = 512 * 1024 * 1024
_DAY_CHARS: Final = len("2026-11-29")

_RULE: Final = re.compile(r"(\d{1,4})([dwmy])")
_PERIODS: Final = {"d": "%Y-%m-%d", "w": "%G-%V", "m": "%Y-%m", "y": "%Y"}


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


@dataclass(frozen=True, slots=True)
class Removed:
    """What went: snapshots by name, and how many objects that none of the others names.

    `unreadable` is a snapshot whose lists cannot be read, so that no object may go; "" for none.
    """

    snapshots: tuple[str, ...]
    objects: int
    unreadable: str = ""


def parse_rules(text: str) -> dict[str, int]:
    """Read "7d,4w,12m": how many days, weeks, months and years keep a backup. Raises InputError."""
    rules = {}
    for part in text.replace(" ", ",").split(","):
        if not part:
            continue
        match = _RULE.fullmatch(part)
        if match is None or not int(match[1]):
            raise InputError(f"“{part}” does not say what to keep. Write, for instance, 7d,4w,12m.")
        rules[match[2]] = int(match[1])
    if not rules:
        raise InputError(f"“{text}” does not say what to keep. Write, for instance, 7d,4w,12m.")
    return rules


def kept(names: tuple[str, ...], rules: dict[str, int]) -> set[str]:
    """Return which snapshots stay, always the newest among them."""
    newest_first = sorted(names, key=order, reverse=True)
    stays = set(newest_first[:1])
    for period, count in rules.items():
        newest_of: dict[str, str] = {}
        for name in newest_first:
            newest_of.setdefault(f"{_time(name):{_PERIODS[period]}}", name)
        stays.update(list(newest_of.values())[:count])
    return stays


def remove_old(place: BackupPlace, rules: dict[str, int]) -> Removed:
    """Remove the snapshots that do not stay, then the objects that none of the others names.

    Raises Busy and StorageError.
    """
    with place.locked():
        names = snapshots(place)
        stays = kept(names, rules)
        gone = tuple(name for name in names if name not in stays)
        for name in gone:
            place.remove_snapshot(name)
        named: set[str] = set()
        for name in sorted(stays):
            try:
                objects = named_objects(place, name, manifest_of(place, name))
            except ArchiveError:
                return Removed(gone, 0, name)
            named.update(*(objects[kind] for kind in KINDS))
        unnamed = object_digests(place) - named
        for digest in sorted(unnamed):
            place.remove_object(digest)
        return Removed(gone, len(unnamed))


def _time(name: str) -> datetime:
    return datetime.strptime(order(name)[0], "%Y%m%dT%H%M%SZ")  # noqa: DTZ007 - compared among themselves
