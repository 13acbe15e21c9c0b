"""What keeps the bytes of uploads until they are taken in. `tests/uploads/test_stores.py` is its contract."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol


class UploadStore(Protocol):
    """Files that grow at their end, by identifier. Safe for several threads and processes at once."""

    def size_bytes(self, upload_id: str) -> int:
        """Return how many bytes are safely there: 0 for one that has none yet. Raises StorageError."""
        ...

    def append(
        self, upload_id: str, offset: int, piece: IO[bytes], piece_bytes: int, sha256: str = ""
    ) -> int:
        """Add a piece at the end; return how many bytes are safely there then.

        A piece that ends early is kept as far as it goes: what came of it is right.

        Args:
            upload_id: whose piece it is.
            offset: where it begins, which must be the present end.
            piece: is read from where it is.
            piece_bytes: how many bytes are taken of it at most.
            sha256: of the whole piece, "" where it is not known.

        Raises:
            UploadConflict: it begins elsewhere, or has other bytes than its sum says; nothing is kept.
            Busy: another piece of the same file is being written.
            StorageError: the disk is full or refuses; nothing of the piece is kept.
        """
        ...

    def path(self, upload_id: str) -> Path:
        """Return where the bytes can be read. Raises NotFound."""
        ...

    def touched_at_s(self, upload_id: str) -> float | None:
        """Return when the last piece came, in seconds since 1970; None where there is none."""
        ...

    def remove(self, upload_id: str) -> None:
        """Delete the bytes, if there are any. Raises StorageError."""
        ...

    def upload_ids(self) -> Iterator[str]:
        """Yield the identifiers of all files. Raises StorageError."""
        ...

    def free_bytes(self) -> int:
        """Return how much room is left. Raises StorageError."""
        ...
