"""Which words one of two slides has alone."""

from dataclasses import replace

from archive.catalogue.block_codec import pack_blocks, unpack_texts
from archive.catalogue.pages import PageTexts
from archive.model.pages import BlockField, Page
from archive.reuse.differences import word_changes
from tests.filled_archive import block, slide
from tests.reuse.decks import MARKET, NEXT_YEAR


def texts(page: Page) -> PageTexts:
    return PageTexts(page.hidden, page.language, unpack_texts(pack_blocks(page.blocks)))


def test_words_of_one_alone_are_told_in_their_order() -> None:
    changes = word_changes(texts(MARKET), texts(NEXT_YEAR))
    assert (changes.ours, changes.theirs) == (("60",), ("72", "Priset", "föll"))


def test_order_and_capitals_are_no_change() -> None:
    assert word_changes(texts(slide("", "Stål och malm")), texts(slide("", "malm och stål"))).is_same


def test_word_counts_as_often_as_it_stands_there() -> None:
    changes = word_changes(texts(slide("", "stål stål malm")), texts(slide("", "stål malm")))
    assert (changes.ours, changes.theirs) == (("stål",), ())


def test_numbers_stay_whole() -> None:
    changes = word_changes(texts(slide("", "17,5 % av 1.200")), texts(slide("", "17,6 % av 1.200")))
    assert (changes.ours, changes.theirs) == (("17,5",), ("17,6",))


def test_what_staff_alone_read_is_no_change() -> None:
    said = block(BlockField.NOTES, "hemligt"), block(BlockField.COMMENT, "ändra")
    assert word_changes(texts(MARKET), texts(replace(MARKET, blocks=(*MARKET.blocks, *said)))).is_same
