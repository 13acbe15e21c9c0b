"""Readers answer any bytes with pages and one Finish, and raise nothing. (The campaign tries pdfium.)"""

import io
import struct
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.ingest.extractors.registry import EXTRACTORS, load
from archive.ingest.filetypes import compound
from archive.ingest.filetypes.media_types import DOCX, HTML, KEY, MAIL, ODP, ODT, PNG, PPT, PPTX, TEXT, TIFF
from archive.model.extraction import Outcome
from tests.hostile.references import referring_files
from tests.hostile.sources import seeds
from tests.ingest.extractors.extraction import read

_IN_PROCESS = (DOCX, HTML, KEY, MAIL, ODP, ODT, PNG, PPT, PPTX, TEXT, TIFF)
_MAGICS = (
    b"",
    b"PK\x03\x04",
    compound.OLE_MAGIC,
    b"<html>",
    b"II*\0",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xfe",
    b"From: a@b.se\n",
)
_NUMBER = st.integers(0, 0xFFFFFFFF)

pytestmark = pytest.mark.filterwarnings(
    "ignore"
)  # parsers warn of what they find, in a child where nobody hears


def _assert_answers(media_type: str, data: bytes) -> None:
    extractor = load("extract", media_type)
    assert extractor is not None
    pages, finish = read(extractor, data)
    assert finish.category in Outcome
    assert finish.category is not Outcome.CRASH
    used = {block.field for page in pages for block in page.blocks}
    assert used <= extractor.fields


@pytest.mark.parametrize("media_type", _IN_PROCESS)
@settings(max_examples=40, deadline=None)
@given(magic=st.sampled_from(_MAGICS), body=st.binary(max_size=2_000))
def test_any_bytes_are_answered(media_type: str, magic: bytes, body: bytes) -> None:
    _assert_answers(media_type, magic + body)


@cache
def _good_files() -> tuple[tuple[bytes, str], ...]:
    made = (*seeds(), *referring_files("http://127.0.0.1:9").values())
    return tuple(one for one in made if one[1] in _IN_PROCESS)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_change_of_a_good_file_is_answered(data: st.DataObject) -> None:
    content, media_type = data.draw(st.sampled_from(_good_files()))
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    _assert_answers(media_type, bytes(changed))


@settings(max_examples=200, deadline=None)
@given(
    shift=st.integers(0, 0xFFFF),
    first=_NUMBER,
    fat=st.lists(_NUMBER, max_size=6),
    body=st.binary(max_size=3_000),
)
def test_any_compound_file_has_names_or_none(shift: int, first: int, fat: list[int], body: bytes) -> None:
    header = bytearray(512)
    header[:8] = compound.OLE_MAGIC
    struct.pack_into("<H", header, 30, shift % 16)
    struct.pack_into("<I", header, 48, first % 9 if first % 2 else first)
    struct.pack_into(f"<{len(fat)}I", header, 76, *(one % 9 for one in fat))
    assert isinstance(compound.root_names(io.BytesIO(bytes(header) + body)), frozenset)


def test_every_reader_but_pdfium_is_tried() -> None:
    assert {EXTRACTORS[one] for one in _IN_PROCESS} == set(EXTRACTORS.values()) - {
        EXTRACTORS["application/pdf"]
    }
