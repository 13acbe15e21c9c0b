"""What the office process and its parent say to each other: JSON behind a length of 4 bytes."""

import json
import os
import struct
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

PREFIX = struct.Struct(">I")
MESSAGE_MAX_BYTES = 64 * 1024


class ConversionOutcome(StrEnum):
    """What came of one file, or that the office is ready for the first one."""

    READY = "ready"
    DONE = "done"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    UNWRITTEN = "unwritten"


@dataclass(frozen=True, slots=True)
class Order:
    """Convert the file `source` to `target`, both names in the office's own folder.

    `format` is what LibreOffice calls the target's format: "pdf" or "pptx". At most `cpu_time_s` seconds of
    processor time go into it.
    """

    source: str
    target: str
    format: str
    password: str
    cpu_time_s: int


def encode(message: dict[str, Any]) -> bytes:
    """Return a message with its length before it."""
    body = json.dumps(message).encode()
    return PREFIX.pack(len(body)) + body


def encode_order(order: Order) -> bytes:
    """Return an order as bytes."""
    return encode(asdict(order))


def read_order(descriptor: int) -> Order | None:
    """Return the next order from an open file, None at its end. The parent is trusted: nothing is checked."""
    prefix = _exactly(descriptor, PREFIX.size)
    if prefix is None:
        return None
    body = _exactly(descriptor, PREFIX.unpack(prefix)[0])
    return None if body is None else Order(**json.loads(body))


def _exactly(descriptor: int, size_bytes: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size_bytes:
        part = os.read(descriptor, size_bytes - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)
