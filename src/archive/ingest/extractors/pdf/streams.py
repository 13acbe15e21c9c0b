"""Two parsers on one open file, each with a reading position of its own."""

import io
from typing import BinaryIO

_BUFFER_BYTES = 64 * 1024


def view(file: BinaryIO) -> io.BufferedReader:
    """Return a reader of the whole of `file` that keeps its own position.

    The confined child has one descriptor and cannot open the file again. Not for use in several threads.
    """
    return io.BufferedReader(_View(file), _BUFFER_BYTES)


class _View(io.RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._position = 0
        self._size = file.seek(0, io.SEEK_END)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's WriteableBuffer is private
        self._file.seek(self._position)
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)
