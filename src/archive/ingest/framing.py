"""Frames on a pipe: a length of 4 bytes, most significant first, and then as many bytes.

All child processes answer in frames; what is in them is for others to judge. Lengths that a child gives are
untrusted.
"""

import struct
from collections.abc import Callable, Iterator

PREFIX = struct.Struct(">I")


class FrameTooLarge(ValueError):
    """A frame is declared to be larger than its reader takes."""


def framed(body: bytes) -> bytes:
    """Return `body` with its length before it."""
    return PREFIX.pack(len(body)) + body


def read_frame(exactly: Callable[[int], bytes | None], body_max_bytes: int | None = None) -> bytes | None:
    """Return the body of the next frame, None at the end.

    Args:
        exactly: returns the next n bytes, or None where there are fewer.
        body_max_bytes: how large a body may be; None where the sender is trusted.

    Raises:
        FrameTooLarge: the frame is declared to be larger.
    """
    prefix = exactly(PREFIX.size)
    if prefix is None:
        return None
    (untrusted_size,) = PREFIX.unpack(prefix)
    if body_max_bytes is not None and untrusted_size > body_max_bytes:
        raise FrameTooLarge
    return exactly(untrusted_size)


class FrameSplitter:
    """Splits a stream of untrusted bytes, which come in pieces of any size, into the bodies of frames."""

    def __init__(self, body_max_bytes: int) -> None:
        self._body_max_bytes = body_max_bytes
        self._buffer = bytearray()

    @property
    def is_between_frames(self) -> bool:
        """Return whether all bytes so far belong to whole frames."""
        return not self._buffer

    def feed(self, untrusted_bytes: bytes) -> Iterator[bytes]:
        """Take the next bytes and yield the bodies that are now whole. Raises FrameTooLarge."""
        self._buffer += untrusted_bytes
        start = 0
        while (end := self._frame_end(start)) <= len(self._buffer):
            yield bytes(self._buffer[start + PREFIX.size : end])
            start = end
        del self._buffer[:start]

    def _frame_end(self, start: int) -> int:
        if len(self._buffer) < start + PREFIX.size:
            return start + PREFIX.size
        (untrusted_size,) = PREFIX.unpack_from(self._buffer, start)
        if untrusted_size > self._body_max_bytes:
            raise FrameTooLarge
        return start + PREFIX.size + int(untrusted_size)
