"""Frames of the child: what is written is read back, and nothing else gets through."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import archive.ingest
from archive.ingest.extractors import frames
from archive.ingest.extractors.base import DrawnPage, Finish, Record
from archive.ingest.framing import PREFIX
from archive.ingest.reading import wire
from archive.model.extraction import Outcome
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX, Block, BlockField, Page, Paragraph, WordBox

TEXT_MAX = 100_000
WEBP = b"RIFF\x04\x00\x00\x00WEBP"
GREY = bytes(GREY_WIDTH_PX * GREY_HEIGHT_PX)

texts = st.text(st.characters(), max_size=50)
paragraphs = st.builds(Paragraph, texts, st.integers(-5, 500), st.booleans())
blocks = st.builds(
    Block,
    st.sampled_from(BlockField),
    st.lists(paragraphs, max_size=3).map(tuple),
    st.lists(st.lists(texts, max_size=3).map(tuple), max_size=3).map(tuple),
    st.booleans(),
)
numbers = st.floats(allow_nan=True, allow_infinity=True)
pages = st.builds(
    Page,
    number=st.integers(1, 20_000),
    blocks=st.lists(blocks, max_size=4).map(tuple),
    hidden=st.booleans(),
    reader=texts,
    width_pt=numbers,
    height_pt=numbers,
    broken=st.text(st.characters(), max_size=600),
)
finishes = st.builds(
    Finish, st.sampled_from(Outcome), texts, st.dictionaries(texts, texts, max_size=5), st.integers(), texts
)
boxes = st.builds(WordBox, texts, numbers, numbers, numbers, numbers)
pictures = st.builds(
    DrawnPage,
    number=st.integers(1, 20_000),
    width_pt=numbers,
    height_pt=numbers,
    width_px=st.integers(1, 4096),
    height_px=st.integers(1, 4096),
    large=st.binary(max_size=50).map(lambda tail: WEBP + tail),
    small=st.just(WEBP),
    grey=st.binary(min_size=len(GREY), max_size=len(GREY)),
    words=st.lists(boxes, max_size=5).map(tuple),
)


def sent(record: Record, text_max: int = TEXT_MAX) -> Record:
    """Return the record after its way through both sides."""
    frame = frames.encode(record, text_max)
    (size,) = PREFIX.unpack_from(frame)
    assert size == len(frame) - PREFIX.size
    return wire.decode(frame[PREFIX.size :], text_max)


def test_page_is_read_back() -> None:
    table = Block(BlockField.TABLE, rows=(("Län", "Antal"), ("Dalarna", "3")), has_header=True)
    body = Block(BlockField.BODY, (Paragraph("Punkt ett", 1, True), Paragraph("Löptext")))
    page = Page(7, (body, table), hidden=True, reader="test", width_pt=960.0, height_pt=540.0, broken="")
    assert sent(page) == page


def test_finish_is_read_back() -> None:
    finish = Finish(Outcome.OK_PARTIAL, "Sida 3 är trasig.", {"title": "Årsrapport"}, 12, "test")
    assert sent(finish) == finish


def test_picture_is_read_back() -> None:
    words = (WordBox("Gävle", 10.5, 20.0, 30.25, 12.0), WordBox("ord", -3.0, 0.0, 1.0, 1.0))
    drawn = DrawnPage(3, 960.0, 540.0, 1280, 720, WEBP + b"large", WEBP + b"small", GREY, words)
    assert sent(drawn) == drawn


@given(st.one_of(pages, finishes, pictures))
def test_whatever_an_honest_reader_says_is_accepted(record: Record) -> None:
    assert type(sent(record)) is type(record)


@given(pages, st.integers(0, 60))
def test_honest_page_is_cut_to_the_allowed_text(page: Page, text_max: int) -> None:
    received = sent(page, text_max)
    assert isinstance(received, Page)
    size = sum(len(each.text) for block in page.blocks for each in block.paragraphs)
    if size > text_max + 200:
        assert received.broken


def test_page_that_is_cut_says_so() -> None:
    page = Page(1, (Block(BlockField.BODY, (Paragraph("å" * 30), Paragraph("ä" * 30))),))
    received = sent(page, 40)
    assert isinstance(received, Page)
    assert received.broken == frames.CUT
    assert received.blocks[0].text == "å" * 30 + "\n" + "ä" * 10


def test_text_comes_out_normalised() -> None:
    page = Page(1, (Block(BlockField.BODY, (Paragraph("A\u030arsbokslut\u00a0\ufb01n\0\ud800"),)),))
    received = sent(page)
    assert isinstance(received, Page)
    assert received.blocks[0].text == "Årsbokslut fin"


def test_frame_larger_than_the_parent_takes_is_not_written() -> None:
    drawn = DrawnPage(1, 1.0, 1.0, 1, 1, WEBP + b"\0" * frames.FRAME_MAX_BYTES, WEBP, GREY)
    with pytest.raises(ValueError):
        frames.encode(drawn, TEXT_MAX)


def test_limits_of_both_sides_agree() -> None:
    word = WordBox("x" * 5000, 1e9, -1e9, 5.0, 5.0)
    drawn = DrawnPage(1, 1e12, 5.0, 1280, 720, WEBP, WEBP, GREY, (word,) * 20_100)
    received = sent(drawn)
    assert isinstance(received, DrawnPage)
    assert len(received.words) == 20_000
    row = ("x",) * 2_100
    page = sent(Page(1, (Block(BlockField.TABLE, rows=(row,)),)))
    assert isinstance(page, Page)
    assert len(page.blocks[0].rows[0]) == 2_000
    properties = {str(number): "v" * 5_000 for number in range(150)}
    finish = sent(replace(Finish(Outcome.OK), properties=properties))
    assert isinstance(finish, Finish)
    assert len(finish.properties) == 100


def test_parent_side_imports_neither_pickle_nor_parsers() -> None:
    # What other libraries bring along does not count, so the sources are asked about pickle.
    folder = Path(archive.ingest.__file__).parent
    sources = [folder / "framing.py", folder / "extractors" / "frames.py"]
    for part in ("reading", "sandbox", "libreoffice"):
        found = list((folder / part).rglob("*.py"))
        assert found, part
        sources += found
    for source in sources:
        for word in ("pickle", "marshal", "shelve", "eval(", "multiprocessing"):
            assert word not in source.read_text(), source
    parsers = "{'pptx', 'pdfminer', 'pypdfium2', 'PIL', 'lxml'}"
    imports = "import sys, archive.ingest.reading.extract_file, archive.ingest.sandbox.open_sandbox"
    code = f"{imports}; print({parsers} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
