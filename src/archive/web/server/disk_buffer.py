"""The body of a large request, on the disk while it comes: the memory of the server does not grow with it."""

import tempfile
from pathlib import Path
from typing import IO

from waitress.utilities import Error

# Pieces of an upload on a slow link are no larger, and need no file.
_IN_MEMORY_BYTES = 128 * 1024


class NoRoom(Error):  # type: ignore[misc] # Waitress has no types
    """The disk has no room for a request."""

    code = 507
    reason = "Insufficient Storage"

    def __init__(self) -> None:
        super().__init__("no room on the disk")


class DiskBuffer:
    """Bytes in a file without a name, which is gone when it is closed or its process ends.

    It has what Waitress asks of a buffer for a request.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder for the file."""
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES, dir=str(folder))  # noqa: SIM115
        self._size_bytes = 0

    def __len__(self) -> int:
        """Return how many bytes have come."""
        return self._size_bytes

    def append(self, data: bytes) -> None:
        """Take bytes. Raises OSError."""
        self._file.write(data)
        self._size_bytes += len(data)

    def getfile(self) -> IO[bytes]:
        """Return the file at its beginning."""
        self._file.seek(0)
        return self._file

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
