import io
import random

import olefile
import pytest

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.ppt.reader import PptExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.libreoffice.samples_of_office import needs_office, sample

pytestmark = needs_office
_ENCRYPTED_TOKEN = (0xF3D1C4DF).to_bytes(4, "little")
_PLAIN_TOKEN = (0xE391C05F).to_bytes(4, "little")


def all_words(pages: list[Page]) -> set[str]:
    return {word for page in pages for block in page.blocks for word in block.text.split()}


def test_slides_are_read_in_order_with_titles_notes_and_hidden_ones() -> None:
    pages, finish = read(PptExtractor(), sample("ppt"))
    assert (finish.category, finish.page_count) == (Outcome.OK, 4)
    assert pages[0].title == "Hållbart resande"
    assert texts(pages[0], BlockField.NOTES) == ["Säg något om kostnaden."]
    assert [page.hidden for page in pages] == [False, True, False, False]
    assert {"Buss", "och", "tåg", "Gävle–Söderhamn"} <= all_words(pages[:1])
    assert {"nere", "höger", "vänster", "grupp", "djupt"} <= all_words(pages[1:2])
    assert {"Län", "Resor", "Gävleborg", "Sammanlagt", "tolv"} <= all_words(pages[2:3])


def test_properties_are_the_files_own() -> None:
    _, finish = read(PptExtractor(), sample("ppt"))
    assert finish.properties["title"] == "Kollektivtrafik i Gävleborg"
    assert finish.properties["author"] == "Åsa Öberg"


def test_number_of_slides_is_bounded_and_said() -> None:
    pages, finish = read(PptExtractor(), sample("ppt"), ReadLimits(2, 10_000))
    assert (len(pages), finish.category, finish.page_count) == (2, Outcome.OK_PARTIAL, 4)


def test_locked_deck_asks_for_its_password() -> None:
    data = sample("ppt")
    assert data.count(_PLAIN_TOKEN) == 1
    _, finish = read(PptExtractor(), data.replace(_PLAIN_TOKEN, _ENCRYPTED_TOKEN))
    assert finish.category is Outcome.PASSWORD


def test_text_is_saved_from_a_deck_whose_lists_are_broken() -> None:
    data = bytearray(sample("ppt"))
    at = data.index(_PLAIN_TOKEN) + 4
    data[at : at + 4] = b"\xff\xff\xff\x7f"
    pages, finish = read(PptExtractor(), bytes(data))
    assert len(pages) == 1
    assert {"Hållbart", "Gävleborg", "vänster"} <= all_words(pages)
    assert finish.category is Outcome.OK_PARTIAL


@pytest.mark.parametrize("kept_bytes", [0, 8, 600, 2000])
def test_deck_that_is_not_whole_is_damaged(kept_bytes: int) -> None:
    data = sample("ppt")[:kept_bytes]
    pages, finish = read(PptExtractor(), data)
    assert (pages, finish.category) == ([], Outcome.DAMAGED)


def test_text_beyond_the_bound_is_refused() -> None:
    _, finish = read(PptExtractor(), sample("ppt"), ReadLimits(10, 10_000, unpacked_max_bytes=1000))
    assert finish.category is Outcome.RESOURCE_LIMIT


@pytest.mark.parametrize("seed", range(30))
def test_changed_bytes_never_raise(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(sample("ppt"))
    stream = olefile.OleFileIO(io.BytesIO(bytes(data))).openstream("PowerPoint Document").read(4000)
    start = bytes(data).find(stream[:512])
    assert start > 0
    for _ in range(40):
        data[chance.randrange(start, len(data))] = chance.randrange(256)
    _, finish = read(PptExtractor(), bytes(data))
    assert finish.category is not Outcome.CRASH
