"""Writing bytes to a new file while they are hashed, so that what is durable is what was read."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.disk.durable_files import storage_failures
from archive.errors import PathError, TooLarge

_CHUNK_BYTES = 1024 * 1024


def chunks_of(path: Path, max_bytes: int) -> Iterator[bytes]:
    """Yield the bytes of a file. Raises PathError and TooLarge, as `Store.put_file`."""
    too_large = TooLarge(
        f"The file {path.name} is larger than {max_bytes} bytes, the most the archive takes."
    )
    unreadable = PathError(f"The file {path.name} cannot be read. Check that it is there and may be read.")
    total = 0
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise PathError(f"{path.name} is not a file.")
        if status.st_size > max_bytes:
            raise too_large
        file = path.open("rb", buffering=0)
    except (OSError, ValueError) as error:
        raise unreadable from error
    with file:
        while True:
            try:
                chunk = file.read(_CHUNK_BYTES)
            except OSError as error:
                raise unreadable from error
            if not chunk:
                return
            total += len(chunk)
            if total > max_bytes:  # it grew while it was read
                raise too_large
            yield chunk


def write_new(path: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write a new file, read-only and synced to the disk; return the SHA-256 and size of what was written.

    Raises StorageError.
    """
    digest = hashlib.sha256()
    size_bytes = 0
    with storage_failures():
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        handle = os.open(path, flags, 0o600)
    try:
        for chunk in chunks:
            digest.update(chunk)
            size_bytes += len(chunk)
            with storage_failures():
                _write_all(handle, chunk)
        with storage_failures():
            path.chmod(0o444)  # before the fsync, so that it too is durable
            os.fsync(handle)
    finally:
        os.close(handle)
    return digest.hexdigest(), size_bytes


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
