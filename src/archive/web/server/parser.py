"""Requests as Waitress reads them, without those whose end two readers may see at different places.

The body of a large one is on the disk while it comes: the memory of the server does not grow with it.
"""

import tempfile
from copy import copy
from pathlib import Path
from typing import IO, Any, Protocol

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import FixedStreamReceiver
from waitress.utilities import Error

# Pieces of an upload on a slow link are no larger, and need no file.
_IN_MEMORY_BYTES = 128 * 1024


class LargeBodyRule(Protocol):
    """Says which requests may have a large body."""

    @property
    def folder(self) -> Path:
        """Return where bodies are kept until they are answered."""
        ...

    def max_bytes(self, method: str, path: str, cookies: str, authorization: str) -> int:
        """Return how large the body of a request may be, 0 where it is no larger than others.

        Args:
            method: of the request.
            path: that it asks for.
            cookies: what its header `Cookie` says.
            authorization: what its header `Authorization` says.
        """
        ...

    def has_room(self, size_bytes: int) -> bool:
        """Return whether a body has room on the disk."""
        ...


class RequestParser(HTTPRequestParser):  # type: ignore[misc] # Waitress has no types
    """Refuses what a proxy in front may take for two requests; takes one request at a time.

    Bodies are small, but for those that `large_bodies` (of the server's adjustments) lets in: these are
    written to the disk, and may take as long as they get on.
    """

    has_surplus = False
    """Whether more came than one request."""
    is_large = False
    """Whether its body may be a large one."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request; Waitress answers 400 to a ParsingError.

        RFC 9112, section 6.1: a message with both lengths ought to be handled as an error, and one of
        HTTP/1.0 with a Transfer-Encoding must be.
        """
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # more digits than Python makes a number of
            raise ParsingError("Content-Length is invalid") from error
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")
        if "TRANSFER_ENCODING" in self.headers:
            raise ParsingError("Transfer-Encoding needs HTTP/1.1")
        large_bodies: LargeBodyRule | None = getattr(self.adj, "large_bodies", None)
        if large_bodies is not None and self.content_length >= self.adj.max_request_body_size:
            self._let_in(large_bodies)

    def _let_in(self, large_bodies: LargeBodyRule) -> None:
        """Raise the bound for this request, where whoever sends it may send as much."""
        cookies, authorization = self.headers.get("COOKIE", ""), self.headers.get("AUTHORIZATION", "")
        max_bytes = large_bodies.max_bytes(self.command, self.path, cookies, authorization)
        if self.content_length > max_bytes:
            return  # Waitress answers 413
        self.adj: Any = copy(self.adj)
        self.adj.max_request_body_size = max_bytes + 1  # Waitress means the first number that is too many
        if not large_bodies.has_room(self.content_length):
            self.error, self.completed = NoRoom(), True
            return
        self.is_large = True
        self.body_rcv = FixedStreamReceiver(self.content_length, DiskBuffer(large_bodies.folder))

    def received(self, data: bytes) -> int:
        """Read on; drop what comes after the request, which is answered with `Connection: close`.

        No browser and no proxy sends requests ahead. Each would add an answer to those that wait for a client
        that may never read one (RFC 9112, section 9.3.2: it asks again on another connection).
        """
        try:
            consumed: int = super().received(data)
        except OSError:  # the disk is full or refuses
            self.error, self.completed, consumed = NoRoom(), True, len(data)
        if self.completed and not self.empty and data[consumed:].strip(b"\r\n"):
            self.has_surplus = True
            self.headers["CONNECTION"] = "close"
            return len(data)
        return consumed


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
