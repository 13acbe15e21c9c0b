"""Keynote documents as the Mac keeps them: a folder whose name ends in .key is one document (a package)."""

import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import PathError, StorageError, TooLarge

_SUFFIX = ".key"
_MARKS = ("index.apxl", "index.apxl.gz", "Index.zip", "Index", "QuickLook")
_FILES_MAX = 10_000
_DAY = (1980, 1, 1, 0, 0, 0)  # the same folder always gives the same bytes
_FULL = "A Keynote folder cannot be packed. Free some space, or mend the archive folder's rights; try again."


def is_keynote_folder(path: Path) -> bool:
    """Return whether a path is a folder that Keynote shows as one document."""
    if path.suffix.lower() != _SUFFIX:
        return False
    try:
        return path.is_dir() and any((path / mark).exists() for mark in _MARKS)
    except OSError:
        return False


@contextmanager
def as_one_file(path: Path, temporary: Path | None, max_bytes: int) -> Iterator[Path]:
    """Give a document as one file: a Keynote folder as the zip that newer Keynotes write, others as they are.

    Links in the folder are not followed. Raises TooLarge where it has more than `max_bytes`, PathError where
    it cannot be read and StorageError where the zip cannot be written below `temporary`.
    """
    if not is_keynote_folder(path):
        yield path
        return
    files = _files(path)
    if len(files) > _FILES_MAX or sum(size for _, size in files) > max_bytes:
        raise TooLarge(
            f"The folder {path.name} is larger than {max_bytes} bytes, the most the archive takes."
        )
    try:
        folder = tempfile.TemporaryDirectory(prefix="keynote-", dir=temporary, ignore_cleanup_errors=True)
    except OSError as error:
        raise StorageError(_FULL) from error
    with folder as name:
        packed = Path(name) / "deck.key"
        _pack(path, [file for file, _ in files], packed)
        yield packed


def _files(path: Path) -> list[tuple[Path, int]]:
    """Return the files in the folder in the order of their names, with their sizes."""
    try:
        inside = (Path(folder) / name for folder, _, names in os.walk(path) for name in names)
        kept = (file for file in inside if file.is_file() and not file.is_symlink())
        return sorted((file, file.stat().st_size) for file in kept)
    except OSError as error:
        raise PathError(f"The folder {path.name} cannot be read. Mend its rights and try again.") from error


def _pack(path: Path, files: list[Path], packed: Path) -> None:
    try:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
            for file in files:
                member = zipfile.ZipInfo(file.relative_to(path).as_posix(), _DAY)
                package.writestr(member, file.read_bytes())
    except (OSError, ValueError) as error:
        raise StorageError(_FULL) from error
