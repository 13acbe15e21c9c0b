"""A clean copy of a deck: nothing of staff's in any byte of it, and all that everybody may see."""

import io
import zipfile

import pytest
from lxml import etree
from pptx import Presentation

from archive.ingest.extractors.archives.clean_deck import DeckCleaner
from archive.ingest.extractors.archives.frames import Chunk
from archive.ingest.extractors.archives.unmarked_pictures import unmarked
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.model.extraction import Outcome
from tests.ingest.extractors.archives.full_decks import SECRET, full_deck
from tests.ingest.extractors.decks import deck_of_titles, rewritten, rich_deck

LIMITS = ReadLimits(pages_max=20_000, page_text_max_chars=1_000_000)


def cleaned(deck: bytes, *numbers: int) -> bytes:
    """Return a copy of some slides of a deck, b"" where none was made."""
    options = {str(place): number for place, number in enumerate(numbers)}
    records = list(DeckCleaner().cut(io.BytesIO(deck), LIMITS, options, ()))
    (finish,) = (one for one in records if isinstance(one, Finish))
    data = b"".join(one.data for one in records if isinstance(one, Chunk))
    assert (finish.category is Outcome.OK) is bool(data)
    return data


@pytest.fixture(scope="module")
def copy() -> bytes:
    return cleaned(full_deck(), 1, 3)


def members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_deck_of_the_test_has_the_words_that_are_looked_for() -> None:
    everything = b"".join(members(full_deck()).values()).decode("utf-8", "replace")
    assert all(f"{SECRET}{number}" in everything for number in (*range(1, 5), *range(6, 20)))


def test_no_part_of_the_copy_has_a_word_of_staffs(copy: bytes) -> None:
    found = members(copy)
    assert not [name for name, data in found.items() if SECRET.encode() in data]
    assert not [name for name in found if SECRET in name]
    kinds = ("notes", "comment", "embed", "tags", "docProps", "customXml", "viewProps", "thumbnail", "author")
    assert not [name for name in found if any(kind in name for kind in kinds)]


def test_copy_is_a_deck_of_the_slides_that_are_wanted(copy: bytes) -> None:
    deck = Presentation(io.BytesIO(copy))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == ["Öppen ett", "Öppen tre"]
    first, last = deck.slides
    assert "Text på bilden" in [shape.text_frame.text for shape in first.shapes if shape.has_text_frame]
    assert [slide.slide_id for slide in deck.slides] == [256, 257]
    links = [
        run.hyperlink.address
        for shape in last.shapes
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert [address for address in links if address] == ["https://example.org/rapport"]


def test_embedded_file_is_replaced_by_its_picture(copy: bytes) -> None:
    shapes = Presentation(io.BytesIO(copy)).slides[0].shapes
    pictures = [shape for shape in shapes if getattr(shape.element, "blip_rId", None)]
    assert len(pictures) == 2  # of the workbook, and the photograph
    assert not [shape for shape in shapes if shape.element.tag.endswith("graphicFrame")]
    sizes = {(picture.width.pt, picture.height.pt) for picture in pictures}
    assert (80.0, 60.0) in sizes


def test_sections_without_slides_are_left_out_and_the_others_lead_to_theirs(copy: bytes) -> None:
    main = members(copy)["ppt/presentation.xml"].decode()
    assert 'name="Öppen del"' in main
    assert main.count("<p14:sldId ") == 2
    assert main.count("<p14:section ") == 1


def test_every_relationship_leads_to_a_part_and_every_part_has_a_type(copy: bytes) -> None:
    found = members(copy)
    for name, data in found.items():
        if name.endswith(".rels"):
            for node in etree.fromstring(data):
                if node.get("TargetMode") != "External":
                    assert node.get("Target", "").lstrip("/") in found
    types = found["[Content_Types].xml"].decode()
    parts = [name for name in found if not name.endswith(".rels") and name != "[Content_Types].xml"]
    assert not [name for name in parts if f'PartName="/{name}"' not in types]


def test_tables_charts_and_groups_stay(copy: bytes) -> None:
    made = members(cleaned(rich_deck(), 1, 2, 3, 4))
    everything = b"".join(made.values()).decode("utf-8", "replace")
    for words in ("Buss och tåg", "djupt i grupp", "Sammanlagt tolv", "Resor per år"):
        assert words in everything
    assert "Säg något om kostnaden" not in everything
    assert not [name for name in made if name.endswith(".xlsx")]


@pytest.mark.parametrize(
    "deck",
    [
        b"no zip",
        rewritten(deck_of_titles("Ett"), lambda name, data: None if name == "ppt/presentation.xml" else data),
        rewritten(deck_of_titles("Ett"), lambda name, data: b"<p:" if "slides/slide1.xml" in name else data),
    ],
)
def test_what_is_no_whole_deck_gives_no_copy(deck: bytes) -> None:
    assert cleaned(deck, 1) == b""


def test_slide_that_there_is_not_gives_no_copy() -> None:
    assert cleaned(deck_of_titles("Ett"), 2) == b""


def test_same_deck_gives_the_same_bytes() -> None:
    deck = full_deck()
    assert cleaned(deck, 1, 3) == cleaned(deck, 1, 3)


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x00", b"\x89PNG\r\n\x1a\n\x00", b"GIF89a"]
)
def test_damaged_and_other_pictures_stay_as_they_are(data: bytes) -> None:
    assert unmarked(data) == data
