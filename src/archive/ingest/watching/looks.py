"""What lies in a watched folder, and what of it has not changed since the look before."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.ingest.intake.sources import SeminarFolder, SingleFile, Source, find_sources

DONE, FAILED = "inlagt", "misslyckat"
"""The folders that files are moved to, in the watched one."""

# Names that programs give to files on their way: browsers, copying programs, synchronisation.
_ON_THE_WAY = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart", ".opdownload")
# Some programs make the file first and write it later; one that stays empty is told as such.
_EMPTY_FOR_S = 60.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file, or all files of a seminar's folder, are known to be unchanged."""

    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class WatchedItem:
    """What is taken in as one: a file, or a folder with a `seminar.toml`. `path` is what is moved."""

    path: Path
    source: Source
    stamp: Stamp


def look(folder: Path) -> dict[Path, WatchedItem]:
    """Return what lies in a folder and below, but for what was moved, hidden, linked or is on its way.

    Raises PathError where the folder cannot be reached.
    """
    found: dict[Path, WatchedItem] = {}
    for entry in _entries(folder):
        for source in find_sources([entry]):
            if isinstance(source, SeminarFolder):
                path = source.seminar_file.parent
            elif isinstance(source, SingleFile):
                path = source.path
            else:
                continue
            stamp = None if _is_on_the_way(path) else _stamp(path)
            if stamp is not None:
                found[path] = WatchedItem(path, source, stamp)
    return found


def steady(
    before: Mapping[Path, WatchedItem], now: Mapping[Path, WatchedItem], now_s: float
) -> list[WatchedItem]:
    """Return what is the same as at the look before, and not just an empty beginning.

    Args:
        before: the look before.
        now: this one.
        now_s: the time, in seconds since 1970.
    """
    return [
        item
        for path, item in now.items()
        if path in before
        and before[path].stamp == item.stamp
        and (item.stamp.size_bytes or now_s - item.stamp.mtime_ns / 1e9 >= _EMPTY_FOR_S)
    ]


def _entries(folder: Path) -> Iterator[Path]:
    """Yield what lies in the folder itself; a folder that is the seminar is one."""
    if (folder / "seminar.toml").is_file():
        return  # what would be moved is the watched folder itself
    with os.scandir(folder) as entries:
        names = sorted(
            entry.name
            for entry in entries
            if not entry.name.startswith((".", "~$")) and not entry.is_symlink()
        )
    yield from (folder / name for name in names if name not in (DONE, FAILED))


def _is_on_the_way(path: Path) -> bool:
    return path.name.lower().endswith(_ON_THE_WAY)


def _stamp(path: Path) -> Stamp | None:
    """Return size and newest time of a file, or of all files in a folder; None where it is gone again."""
    try:
        if not path.is_dir():
            status = path.stat()
            return Stamp(status.st_size, status.st_mtime_ns)
        statuses = [each.stat() for each in path.rglob("*") if each.is_file() and not each.is_symlink()]
    except OSError:
        return None
    if any(_is_on_the_way(each) for each in path.rglob("*")):
        return None
    return Stamp(
        sum(status.st_size for status in statuses),
        max((status.st_mtime_ns for status in statuses), default=0),
    )
