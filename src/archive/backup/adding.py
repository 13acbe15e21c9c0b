"""Adding the objects of a snapshot to a place: those that it lacks, each once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from archive.backup.place import BackupPlace
from archive.errors import NotFound, OriginalDamaged
from archive.store.store import Store

Told = Callable[[str, int], None]
"""Called with what is copied ("catalogue", "originals", "pictures", "uploads") and how many are there."""

_EVERY_OBJECTS: Final = 100


@dataclass(slots=True)
class Copied:
    """What was copied: `count` new objects; by kind those that the place has now, and their bytes.

    `gone` are objects that the archive does not have, or not whole.
    """

    count: int = 0
    size_bytes: int = 0
    gone: list[str] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    kept_bytes: dict[str, int] = field(default_factory=dict)


def copy_objects(
    kind: str,
    store: Store,
    digests: Sequence[str],
    place: BackupPlace,
    there: set[str],
    copied: Copied,
    told: Told,
) -> None:
    """Copy the objects of one kind that are not `there`, and note in `copied` what the place has.

    Raises StorageError where the place or the store cannot be used.
    """
    kept, total_bytes = [], 0
    for digest in digests:
        try:
            if digest in there:
                size_bytes = _size(store, digest)
            else:
                size_bytes = _put(store, digest, place)
                there.add(digest)
                copied.count += 1
                copied.size_bytes += size_bytes
        except (NotFound, OriginalDamaged):
            copied.gone.append(digest)
            continue
        kept.append(digest)
        total_bytes += size_bytes
        if len(kept) % _EVERY_OBJECTS == 0:
            told(kind, len(kept))
    told(kind, len(kept))
    copied.kept[kind] = kept
    copied.kept_bytes[kind] = total_bytes


def _put(store: Store, digest: str, place: BackupPlace) -> int:
    path = store.path(digest)
    size_bytes = path.stat().st_size if path.exists() else 0
    place.put_object(digest, path)
    return size_bytes


def _size(store: Store, digest: str) -> int:
    """Return how large an object is that the place has; 0 where the archive has lost it since."""
    try:
        return store.size_bytes(digest)
    except NotFound:
        return 0
