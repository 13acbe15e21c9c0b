"""Folders that the archive has made itself: the only ones that it ever clears, replaces or removes.

A folder that is found (a setting named it, or an earlier process left it) may be anybody's. So each folder
that the archive makes for itself gets a marker, an empty file whose name says what the folder is for, and
whatever deletes folders asks for it here. Only folders that the same process has made under a name that never
was (tempfile) need none, and the lexicon lists its files itself (`analysis/lexicon/build.py`).
`tests/test_own_folders.py` reads the source for deletions made elsewhere.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Literal

from archive.disk.file_lock import file_lock
from archive.errors import Busy, StorageError

Purpose = Literal["data", "work", "index", "generation", "merging", "uploads", "backup", "export"]
"""What a folder is for: the whole archive, work in progress, the index and its parts, files on their way,
a place of backups and what is in it, a restore or an export that is not finished."""


_LOCK: Final = ".at-work"


def marker(purpose: Purpose) -> str:
    """Return the name of the file that marks a folder as one that the archive has made."""
    return f".archive-{purpose}"


def make(folder: Path, purpose: Purpose) -> None:
    """Make a new folder (mode 0700) and mark it. Raises OSError, FileExistsError where there is one."""
    folder.mkdir(mode=0o700)
    mark(folder, purpose)


def take(folder: Path, purpose: Purpose) -> bool:
    """Make the folder where it is missing and mark it where it is empty; return whether it is the archive's.

    Raises OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_foreign(folder, purpose):
        return False
    if not is_own(folder, purpose):
        mark(folder, purpose)
    return True


def is_foreign(folder: Path, purpose: Purpose) -> bool:
    """Return whether a folder has something in it and not the marker. Raises OSError."""
    return folder.exists() and not is_own(folder, purpose) and any(folder.iterdir())


def mark(folder: Path, purpose: Purpose) -> None:
    """Mark a folder that was just made, or that is known to be the archive's. Raises OSError."""
    os.close(os.open(folder / marker(purpose), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))


def is_own(folder: Path, purpose: Purpose) -> bool:
    """Return whether a folder, and no link to one, has the marker of this purpose."""
    return not folder.is_symlink() and (folder / marker(purpose)).is_file()


def remove(folder: Path, purpose: Purpose) -> bool:
    """Remove a folder that the archive has made, as far as possible; return whether nothing is left of it.

    One without the marker stays as it is, unless it is empty (its maker was killed before it was marked). The
    marker goes last, so that whoever is killed here leaves a folder that the next one can remove.
    """
    if is_own(folder, purpose):
        _empty(folder, keep=marker(purpose))
        with suppress(OSError):
            if [path.name for path in folder.iterdir()] == [marker(purpose)]:
                (folder / marker(purpose)).unlink()
    with suppress(OSError):
        folder.rmdir()
    return not folder.exists()


def clear(folder: Path, purpose: Purpose, older_than_s: float) -> int:
    """Delete what is in a folder of the archive's and was last changed more than `older_than_s` seconds ago.

    Younger things may belong to a process that is at work, as does a folder of `working` whose lock is held.
    Returns how many are gone. Without the marker nothing is deleted.

    Raises:
        StorageError: Something cannot be deleted.
    """
    if not is_own(folder, purpose):
        return 0
    limit = time.time() - older_than_s
    cleared = 0
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name == marker(purpose) or _changed_at(entry) >= limit or _is_at_work(entry):
                    continue
                cleared += _delete(entry)
    except OSError as error:
        raise StorageError(
            "The archive's folder for work in progress cannot be cleared. Mend its rights; try again."
        ) from error
    return cleared


@contextmanager
def working(parent: Path, prefix: str) -> Iterator[Path]:
    """Make a folder for work while the context lasts; `clear_ended` knows when its process was killed."""
    with (
        tempfile.TemporaryDirectory(prefix=prefix, dir=parent) as name,
        file_lock(Path(name) / _LOCK, 0, "Another process works in this folder."),
    ):
        yield Path(name)


def clear_ended(folder: Path, purpose: Purpose) -> None:
    """Delete the folders that killed processes made by `working`, however young. Raises OSError."""
    if not is_own(folder, purpose):
        return
    for lock in list(folder.glob(f"*/{_LOCK}")):
        with suppress(FileNotFoundError, Busy), file_lock(lock, 0, "It is at work."):
            shutil.rmtree(lock.parent, ignore_errors=True)


def _is_at_work(entry: "os.DirEntry[str]") -> bool:
    """Return whether a process holds the lock of a folder made by `working`, however old that is."""
    lock = Path(entry.path) / _LOCK
    try:
        if lock.is_file():
            with file_lock(lock, 0, "It is at work."):
                pass
    except Busy:
        return True
    return False


def _changed_at(entry: "os.DirEntry[str]") -> float:
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:  # another process has deleted it
        return float("inf")


def _delete(entry: "os.DirEntry[str]") -> bool:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path, ignore_errors=True)
        return not os.path.lexists(entry.path)
    Path(entry.path).unlink(missing_ok=True)
    return True


def _empty(folder: Path, keep: str) -> None:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name != keep:
                with suppress(OSError):
                    _delete(entry)
