"""What the unpacking child says: frames as `extractors.frames` has them, but with a letter and raw bytes.

`M` begins a file (its name in UTF-8), `C` is a part of its bytes, `E` ends it and `D` ends everything (both
with a category). The parent's side is `archive.ingest.intake.unpacking`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.ingest.extractors.base import Finish
from archive.ingest.framing import framed
from archive.model.extraction import Outcome

MEMBER, CHUNK, END, DONE = b"M", b"C", b"E", b"D"
CHUNK_BYTES = 1024 * 1024
NAME_MAX_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class Member:
    """A file begins: its name inside the zip, with slashes."""

    name: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """The next bytes of the file."""

    data: bytes


@dataclass(frozen=True, slots=True)
class End:
    """The file is over: OK, or why it is not whole."""

    category: Outcome


Record = Member | Chunk | End | Finish


def file_records(name: str, data: bytes, category: Outcome = Outcome.OK) -> Iterator[Record]:
    """Yield a file as Member, Chunks and End; `category` is OK, or why the file is not whole."""
    yield Member(name)
    for at in range(0, len(data), CHUNK_BYTES):
        yield Chunk(data[at : at + CHUNK_BYTES])
    yield End(category)


def only_file(name: str, data: bytes) -> Iterator[Record]:
    """Yield a file that is the whole answer: its records, then a good Finish."""
    yield from file_records(name, data)
    yield Finish(Outcome.OK)


def encode(record: Record, text_max_chars: int) -> bytes:
    """Return the frame of one record, with its length. There is no text to bound."""
    del text_max_chars
    if isinstance(record, Member):
        body = MEMBER + record.name.encode("utf-8", "replace")[:NAME_MAX_BYTES]
    elif isinstance(record, Chunk):
        body = CHUNK + record.data
    elif isinstance(record, End):
        body = END + record.category.value.encode()
    else:
        body = DONE + record.category.value.encode()
    return framed(body)
