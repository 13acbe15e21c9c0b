"""What is added to a place for a snapshot: the objects that it lacks, each once.

Files that were sent and are not taken in yet are held for it while nobody can take them in.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from archive.app import Archive
from archive.backup.place import BackupPlace
from archive.catalogue.uploads import uploads
from archive.errors import NotFound, OriginalDamaged
from archive.model.uploads import UploadState
from archive.store.store import Store

Told = Callable[[str, int], None]
"""Called with what is copied ("catalogue", "originals", "pictures", "uploads") and how many are there."""

DAMAGED: Final = -1
"""The size of an object that the place has with other bytes."""
MISSING: Final = -2
_EVERY_OBJECTS: Final = 100


@dataclass(slots=True)
class CopiedObjects:
    """What was copied: `count` new objects; by kind those that the place has now, and their bytes.

    `gone` are objects that the archive does not have, or not whole; `replaced` those that were damaged in
    the place.
    """

    count: int = 0
    size_bytes: int = 0
    replaced: set[str] = field(default_factory=set)
    gone: list[str] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    kept_bytes: dict[str, int] = field(default_factory=dict)


def copy_objects(
    kind: str,
    store: Store,
    digests: Sequence[str],
    place: BackupPlace,
    there: dict[str, int],
    copied: CopiedObjects,
    told: Told,
) -> None:
    """Copy the objects of one kind that are not `there` whole, and note in `copied` what the place has.

    `there` are the sizes of those in the place (DAMAGED: it has other bytes), which come to be added.
    One whose size is not that of the archive's own is written anew, if the archive's is whole.

    Raises StorageError where the place or the store cannot be used.
    """
    kept, total_bytes = [], 0
    for digest in digests:
        known = there.get(digest, MISSING)
        if not _is_whole(store, digest, known):
            try:
                there[digest] = _put(store, digest, place)
            except (NotFound, OriginalDamaged):
                if known < 0:
                    copied.gone.append(digest)
                    continue
            else:
                copied.count += 1
                copied.size_bytes += there[digest]
                if known != MISSING:
                    copied.replaced.add(digest)
        kept.append(digest)
        total_bytes += there[digest]
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


def _is_whole(store: Store, digest: str, known: int) -> bool:
    """Return whether the place has an object in the archive's own size, or alone."""
    if known < 0:
        return False
    try:
        return store.size_bytes(digest) == known
    except NotFound:
        return True


def held_uploads(archive: Archive, folder: Path) -> dict[str, Path]:
    """Return files with what has come of each upload so far, by its identifier.

    They are links into the folder of uploads, which take no time; where uploads are kept in a bucket, they
    are copies. Call it while nobody writes to the catalogue: bytes are removed only after it says that they
    were taken in.
    What is sent meanwhile may be in the file, too.
    """
    with archive.database.read() as session:
        waiting = uploads.in_states(session, UploadState.RECEIVING, UploadState.RECEIVED)
    held = {}
    for upload in waiting:
        link = folder / upload.id
        link.unlink(missing_ok=True)
        try:
            path = archive.receiving.store.path(upload.id)
            try:
                link.hardlink_to(path)
            except FileNotFoundError:
                continue
            except OSError:
                shutil.copyfile(path, link)
        except (NotFound, FileNotFoundError):  # nothing of it has come yet
            continue
        held[upload.id] = link
    return held
