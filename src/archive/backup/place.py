"""Where backups are kept: files by key ("objects/ab/abcd…", "snapshots/20261129T041500Z/manifest.json")."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from archive.errors import BackupRefused, StorageError

MARK: Final = "archive-backup.json"
"""The key of the file by which a place of backups is known, and which says of which archive they are."""
MANIFEST: Final = "manifest.json"
MANIFEST_SUM: Final = "manifest.sha256"
"""Written last: a snapshot with this file is whole."""
CATALOGUE: Final = "catalogue.db"
SNAPSHOT: Final = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class BackupPlace(Protocol):
    """A place of backups. Each method raises StorageError where the place is away, full or refuses."""

    @property
    def name(self) -> str:
        """Return what people call it: a path, or an s3:// address."""
        ...

    def locked(self, shared: bool = False) -> AbstractContextManager[None]:
        """Keep others that write away; with `shared` only those that remove. Raises Busy."""
        ...

    def is_new(self) -> bool:
        """Return whether there is nothing. Raises BackupRefused where something of somebody else's is."""
        ...

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys of finished files below a prefix that ends at a stroke."""
        ...

    def object_sizes(self) -> dict[str, int]:
        """Return how large each object is, by its SHA-256."""
        ...

    def chunks(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of a file. Raises NotFound."""
        ...

    def put_object(self, sha256: str, path: Path) -> None:
        """Keep an object for good; return once it is safe. Raises OriginalDamaged for other bytes."""
        ...

    def put(self, key: str, path: Path) -> None:
        """Write a file that does not belong to a snapshot; return once it is safe."""
        ...

    def put_in_snapshot(self, snapshot: str, file: str, path: Path) -> None:
        """Write a file of a snapshot that is not finished yet."""
        ...

    def finish(self, snapshot: str) -> None:
        """Make all that was put durable, then let the snapshot be seen, at once."""
        ...

    def remove_snapshot(self, snapshot: str) -> None:
        """Remove a snapshot; it is no longer seen, whatever moment this ends at."""
        ...

    def remove_object(self, sha256: str) -> None:
        """Remove an object that no snapshot names."""
        ...

    def clear_unfinished(self) -> int:
        """Remove what runs that ended early left of their snapshots; return how many."""
        ...


def object_key(sha256: str) -> str:
    """Return where an object is."""
    return f"objects/{sha256[:2]}/{sha256}"


def object_digests(place: BackupPlace) -> set[str]:
    """Return the SHA-256 of every object in a place."""
    return {name for key in place.keys("objects/") if (name := digest_of(key))}


def digest_of(key: str) -> str:
    """Return the SHA-256 of an object by its key, "" for the key of something else."""
    name = key.rpartition("/")[2]
    return name if _DIGEST.fullmatch(name) else ""


def snapshots(place: BackupPlace) -> tuple[str, ...]:
    """Return the names of the finished snapshots, oldest first."""
    found = set()
    for key in place.keys("snapshots/"):
        _, name, file = [*key.split("/", 2), "", ""][:3]
        if file == MANIFEST_SUM and SNAPSHOT.fullmatch(name):
            found.add(name)
    return tuple(sorted(found, key=order))


def order(name: str) -> tuple[str, int]:
    """Return by what snapshots are sorted: their time, then their number within a second."""
    at, _, number = name.partition("-")
    return at, int(number or 0)


def next_name(at: datetime, there: tuple[str, ...]) -> str:
    """Return a name that sorts after all others, also where the clock was set back or runs are quick."""
    stamp = f"{at:%Y%m%dT%H%M%SZ}"
    same = [order(name)[1] for name in there if order(name)[0] == stamp]
    return f"{stamp}-{max(same) + 1}" if same else stamp


def foreign(name: str) -> BackupRefused:
    """Return the error for a place with something of somebody else's."""
    return BackupRefused(
        f"In {name} there is something that is no backup of the archive. Name an empty folder."
    )


def away(name: str) -> StorageError:
    """Return the error for a place that cannot be written or read."""
    return StorageError(
        f"The place {name} cannot be written or read. Check that it is connected, and its rights."
    )


def full(name: str) -> StorageError:
    """Return the error for a place without room."""
    return StorageError(f"There is no room left in {name}. Free some; backups made before are as they were.")
