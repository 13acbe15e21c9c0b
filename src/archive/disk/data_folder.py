"""The archive's own folder on the disk: made and marked, ours alone, cleared of what killed runs left.

An archive holds notes that only staff may read. So its folders are opened for their owner alone (mode 0700)
at every start, also where somebody made them beforehand; where a mode cannot be set, that is told.
"""

import logging
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from archive.disk import own_folders
from archive.disk.file_lock import require_locks
from archive.errors import StorageError

logger = logging.getLogger(__name__)

# Temporary files younger than this may belong to an ingest that is running.
TEMPORARY_AGE_S: Final = 6 * 3600.0
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_WORK: Final = ("tmp", "originals/tmp", "pictures/tmp")
_CLEARED: Final[dict[str, own_folders.Purpose]] = {**dict.fromkeys(_WORK, "work"), "index": "index"}
_PRIVATE: Final = ("", "tmp", "index", "originals", "pictures", "workers", "uploads", "copies")


def prepare(data: Path) -> None:
    """Make the folders that are missing, and open all of them for their owner alone.

    Raises:
        StorageError: They cannot be made, one that the archive clears has something of somebody else's, or
            their file system has no locks.
    """
    if is_read_only(data):
        logger.info("%s is read-only: what reads the archive works.", data)
        return
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        foreign = [] if _is_of_before(data) else _take(data)
    except OSError as error:
        raise StorageError(
            f"The data folder {data} cannot be made. Choose another with --data, or mend its rights."
        ) from error
    if foreign:
        raise StorageError(
            f"The folder {data / foreign[0]} has files in it that are not the archive's. "
            "Move them elsewhere, or choose another folder with --data."
        )
    require_locks(data / "tmp")
    _close_to_others(data)


def is_read_only(data: Path) -> bool:
    """Return whether an archive is there that can only be read: a backup, a mount, another user's."""
    try:
        is_mounted_so = os.statvfs(data).f_flag & os.ST_RDONLY
    except OSError:
        return False  # there is none
    return bool(is_mounted_so) or not os.access(data, os.W_OK)


def clear(data: Path) -> None:
    """Delete what killed runs left of their work in progress. Raises StorageError."""
    for name in _WORK:
        own_folders.clear(data / name, "work", TEMPORARY_AGE_S)


def exposed(data: Path) -> tuple[Path, ...]:
    """Return the folders of the archive that other users of this machine may read, outermost first."""
    found = []
    for name in _PRIVATE:
        with suppress(OSError):
            if stat.S_IMODE((data / name).stat().st_mode) & _OTHERS:
                found.append(data / name)
    return tuple(found)


def _take(data: Path) -> list[str]:
    """Make and mark the folders; return those with something of somebody else's, where nothing is made."""
    foreign = [name for name, purpose in _CLEARED.items() if own_folders.is_foreign(data / name, purpose)]
    if not foreign:
        own_folders.take(data, "data")
        for name, purpose in _CLEARED.items():
            own_folders.take(data / name, purpose)
        own_folders.mark(data, "data")
    return foreign


def _is_of_before(data: Path) -> bool:
    """Return whether an archive was made before folders were marked; mark them then.

    It is known by its stores: no other program makes `originals/tmp` and `pictures/tmp` beside an `index`.
    """
    is_marked = own_folders.is_own(data, "data") or any(
        own_folders.is_own(data / name, purpose) for name, purpose in _CLEARED.items()
    )
    if is_marked or not all((data / name).is_dir() for name in ("originals/tmp", "pictures/tmp", "index")):
        return False
    with suppress(OSError):  # a folder that can only be read: nothing is deleted there either
        _mark_all(data)
    return True


def _mark_all(data: Path) -> None:
    for name in _WORK:
        (data / name).mkdir(mode=0o700, exist_ok=True)
        own_folders.mark(data / name, "work")
    own_folders.mark(data / "index", "index")
    for folder in (data / "index").glob("gen-*"):
        own_folders.mark(folder, "generation")
    if (data / "index" / "merging").is_dir():
        own_folders.mark(data / "index" / "merging", "merging")
    own_folders.mark(data, "data")  # last: a killed start begins again


def _close_to_others(data: Path) -> None:
    for folder in exposed(data):
        mode = stat.S_IMODE(folder.stat().st_mode)
        with suppress(OSError):
            folder.chmod(mode & ~_OTHERS)
    for folder in exposed(data):
        logger.warning(
            "Other users of this machine may read %s, and its mode cannot be changed by user %d. "
            "Let its owner run: chmod 700 %s",
            folder,
            os.geteuid(),
            folder,
        )
