"""What the office process and its parent exchange: frames of JSON (see `framing`)."""

import json
import os
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from archive.ingest.framing import framed, read_frame

ANSWER_MAX_BYTES = 64 * 1024
HERE = Path("/proc/self/cwd")
"""The folder of an office process, under a name that says nothing of this machine: documents may have fields
that show where they lie."""
PDF_OPTIONS = (
    '{"ExportHiddenSlides":{"type":"boolean","value":"true"},'
    '"ExportNotes":{"type":"boolean","value":"false"},'
    '"ExportNotesPages":{"type":"boolean","value":"false"},'
    '"ExportNotesInMargin":{"type":"boolean","value":"false"}}'
)
"""Hidden slides too, so that page n of the PDF is slide n, but no comments and no notes: visitors get what is
made of it (LibreOffice help, "PDF Export Command Line Parameters")."""


class ConversionOutcome(StrEnum):
    """What came of one file, or that the office is ready for the first one."""

    READY = "ready"
    DONE = "done"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    UNWRITTEN = "unwritten"


@dataclass(frozen=True, slots=True)
class ConversionOrder:
    """Convert the file `source` to `target`, both names in the office's own folder.

    `format` is what LibreOffice calls the target's format: "pdf" or "pptx". At most `cpu_time_s` seconds of
    processor time go into it.
    """

    source: str
    target: str
    format: str
    password: str
    cpu_time_s: int


def encode_order(order: ConversionOrder) -> bytes:
    """Return an order as a frame."""
    return framed(json.dumps(asdict(order)).encode())


def read_order(descriptor: int) -> ConversionOrder | None:
    """Return the next order from an open file, None at its end. The parent is trusted: nothing is checked."""
    body = read_frame(lambda size_bytes: _exactly(descriptor, size_bytes))
    return None if body is None else ConversionOrder(**json.loads(body))


def encode_answer(outcome: ConversionOutcome) -> bytes:
    """Return an answer as a frame."""
    return framed(json.dumps({"outcome": str(outcome)}).encode())


def _exactly(descriptor: int, size_bytes: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size_bytes:
        part = os.read(descriptor, size_bytes - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)
