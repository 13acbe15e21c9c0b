"""Files that survive a power loss, and digests that show whether they did."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import StorageError


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
