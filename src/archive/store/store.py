"""What keeps originals and pictures. `tests/store/contract.py` is its contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object that is safely on disk. `created` is False where it existed already."""

    sha256: str
    size_bytes: int
    created: bool


class Store(Protocol):
    """Objects by SHA-256. Safe for several threads and processes at once."""

    def put_file(self, path: Path, max_bytes: int) -> StoredObject:
        """Store a copy of the file at `path`; return once the object is durable.

        Args:
            path: A regular file.
            max_bytes: The most that is taken, in bytes.

        Raises:
            PathError: The file is missing, unreadable or not a regular file; nothing is stored.
            TooLarge: It has more bytes; nothing is stored.
            StorageError: The storage refuses; nothing is stored.
        """
        ...

    def put_bytes(self, data: bytes) -> StoredObject:
        """Store `data`; return once the object is durable. Raises StorageError."""
        ...

    def path(self, sha256: str) -> Path:
        """Return a file of this machine with the object's bytes, for reading.

        It stays for a quarter of an hour at least. Raises NotFound; where objects are kept elsewhere also
        StorageError and OriginalDamaged.
        """
        ...

    def size_bytes(self, sha256: str) -> int:
        """Return how large the object is. Raises NotFound."""
        ...

    def verify(self, sha256: str) -> None:
        """Read the whole object; raise OriginalDamaged where its bytes changed, NotFound where it is gone."""
        ...

    def digests(self) -> Iterator[str]:
        """Yield the SHA-256 of every object, in order."""
        ...

    def remove(self, sha256: str) -> None:
        """Delete an object that nothing refers to. Raises NotFound and StorageError."""
        ...

    def clear_temporary(self, older_than_s: float) -> int:
        """Delete temporary files last written more than `older_than_s` seconds ago; return how many.

        Younger ones may belong to an ingest that is running.
        """
        ...
