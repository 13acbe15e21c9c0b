"""`detect` runs outside the confined child, so no bytes may ever upset it."""

import struct
from pathlib import Path
from tempfile import NamedTemporaryFile

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.ingest.extractors.registry import EXTRACTORS
from archive.ingest.filetypes import detect
from tests.hostile.sources import seeds, small_deck

_MAGICS = [
    b"",
    b"PK\x03\x04",
    b"%PDF-1.7",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf1",
    b"<html>",
    b"\x89PNG",
]
_NUMBER = st.integers(0, 0xFFFFFFFF)


def _type_of(data: bytes) -> str:
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return detect.detect(Path(file.name))


@settings(max_examples=150, deadline=None)
@given(magic=st.sampled_from(_MAGICS), body=st.binary(max_size=3_000))
def test_any_bytes_have_a_type_or_none(magic: bytes, body: bytes) -> None:
    assert isinstance(_type_of(magic + body), str)


@settings(max_examples=150, deadline=None)
@given(count=st.integers(0, 0xFFFF), size=_NUMBER, start=_NUMBER, comment=st.binary(max_size=80))
def test_any_end_of_a_package_has_a_type_or_none(count: int, size: int, start: int, comment: bytes) -> None:
    whole = small_deck()
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, size, start, len(comment))
    assert isinstance(_type_of(whole[: whole.rindex(b"PK\x05\x06")] + end + comment), str)


@settings(max_examples=150, deadline=None)
@given(seed=st.sampled_from(seeds()), cut=st.floats(0, 1), at=st.floats(0, 0.999), byte=st.integers(0, 255))
def test_any_damage_leaves_a_type_or_none(seed: tuple[bytes, str], cut: float, at: float, byte: int) -> None:
    data = bytearray(seed[0])
    data[int(at * len(data))] = byte
    assert isinstance(_type_of(bytes(data[: int(cut * len(data))])), str)


def test_seeds_have_readers_of_their_type() -> None:
    for data, media_type in seeds():
        assert _type_of(data) == media_type
        assert media_type in EXTRACTORS
