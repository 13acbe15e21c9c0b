"""The answer of the child: the file that was made, in pieces, or that there is none."""

from collections.abc import Iterator

from archive.ingest.extractors.archives.frames import CHUNK_BYTES, Chunk, End, Member, Record
from archive.ingest.extractors.base import Finish
from archive.model.extraction import Outcome


def made(name: str, data: bytes) -> Iterator[Record]:
    """Yield a file as Member, Chunks and End, then a good Finish."""
    yield Member(name)
    for at in range(0, len(data), CHUNK_BYTES):
        yield Chunk(data[at : at + CHUNK_BYTES])
    yield End(Outcome.OK)
    yield Finish(Outcome.OK)
