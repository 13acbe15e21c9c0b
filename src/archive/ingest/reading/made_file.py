"""The one file that a child made from another, as it hands it over."""

from collections.abc import Iterator
from typing import BinaryIO

from archive.ingest.extractors.archives import frames
from archive.model.extraction import Outcome

_WHOLE = [Outcome.OK.value.encode()] * 2
"""What follows a whole file: how it went with the member, then with all."""


def take_made_file(untrusted_frames: Iterator[bytes], file: BinaryIO) -> bool:
    """Write the file that a child hands over.

    Args:
        untrusted_frames: What the child answers (`extractors/archives/frames.py`).
        file: Where it is written to, from where that stands.

    Returns:
        Whether it is whole; what was written otherwise is of no use.
    """
    ends: list[bytes] = []
    for untrusted_frame in untrusted_frames:
        kind, untrusted = untrusted_frame[:1], untrusted_frame[1:]
        if kind == frames.CHUNK and not ends:
            file.write(untrusted)
        elif kind != frames.MEMBER:
            ends.append(untrusted)
    return ends == _WHOLE
