"""Files that survive a power loss, are whole or not there, and digests that show whether they are."""

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Final, Literal

from archive.errors import PathError, StorageError

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def sync_to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def has_content(path: Path) -> bool:
    """Return whether a file is there and not empty."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def sha256_of_file(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def storage_failures() -> Iterator[None]:
    """Turn what the disk refuses while the context lasts into StorageError."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            "The archive's folder cannot be written or read. Free some space or mend its rights; try again."
        ) from error


def refuse_place_of_file(path: Path) -> None:
    """Raise PathError where a file cannot be written: before there is any work in making it."""
    with _refusals(path):
        if path.is_dir():
            raise PathError(f"{path} is a folder. Name a file in it.")
        if path.exists():
            if not os.access(path, os.W_OK):
                raise _cannot_be_written(path)
            return
        folder = Path(os.path.realpath(path)).parent
        if not folder.is_dir():
            raise PathError(f"There is no folder {folder}. Make it first, or name another place.")


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that somebody has named: it is there when it is whole, until then what was there before.

    What a link leads to is replaced, not the link. The file that is replaced hands on its rights; what is no
    file (a pipe, a device) is written to as it is.

    Args:
        path: where it goes.
        pieces: what it has in it. An exception of theirs goes on as it is, and leaves nothing behind.

    Raises:
        PathError: it cannot be written there.
    """
    refuse_place_of_file(path)
    if path.exists() and not path.is_file():
        with _opened(path, path, "wb") as file:
            _write_pieces(path, file, pieces)
        return
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".{secrets.token_hex(6)}.unfinished")
    try:
        with _opened(path, unfinished, "xb") as file:
            with _refusals(path):
                _hand_on_rights(target, file)
            _write_pieces(path, file, pieces)
            with _refusals(path):
                os.fsync(file.fileno())
        with _refusals(path):
            unfinished.replace(target)
        with suppress(OSError):  # it is there; not every file system lets a folder be synced
            sync_to_disk(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _opened(path: Path, file: Path, mode: Literal["wb", "xb"]) -> FileIO:
    with _refusals(path):
        return file.open(mode, buffering=0)  # with a buffer, closing it would fail once more


def _write_pieces(path: Path, file: FileIO, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        left = memoryview(piece)
        with _refusals(path):
            while left:
                left = left[file.write(left) :]


def _hand_on_rights(target: Path, file: FileIO) -> None:
    """Give a new file the owner and the mode of the one that it replaces, if there is one."""
    with suppress(FileNotFoundError):
        before = target.stat()
        with suppress(PermissionError):  # whoever may not give files away owns it from now on
            os.fchown(file.fileno(), before.st_uid, before.st_gid)
        os.fchmod(file.fileno(), stat.S_IMODE(before.st_mode))


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into what whoever named the file can do."""
    try:
        yield
    except BrokenPipeError:  # the reader of a pipe has had enough
        raise
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise PathError(
                f"There is no room for {path}. Free some space, or name another place."
            ) from error
        raise _cannot_be_written(path) from error


def _cannot_be_written(path: Path) -> PathError:
    return PathError(f"{path} cannot be written. Name a file in a folder that you may write in.")
