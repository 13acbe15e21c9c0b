"""Which backups stay: the newest of each of the last days, weeks and months that have any."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from archive.backup.manifest import KINDS
from archive.backup.place import BackupPlace, object_digests, order, snapshots
from archive.backup.reading import manifest_of, named_objects
from archive.errors import ArchiveError, InputError

_RULE: Final = re.compile(r"(\d{1,4})([dwmy])")
_PERIODS: Final = {"d": "%Y-%m-%d", "w": "%G-%V", "m": "%Y-%m", "y": "%Y"}


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
