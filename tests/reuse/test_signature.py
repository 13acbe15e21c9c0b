"""A slide is the same after the changes that authors make, and another slide is another."""

from dataclasses import replace

import pytest

from archive.catalogue.block_codec import pack_blocks, unpack_texts
from archive.catalogue.pages import PageTexts
from archive.catalogue.reuse.signatures import Signature
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX, BlockField, Page
from archive.reuse.likeness import alike, likeness
from archive.reuse.signature import signature_of
from archive.reuse.words import WORDS_MIN
from tests.filled_archive import block, slide
from tests.reuse.decks import AS_PDF, ENERGY, MARKET, NEXT_YEAR, PEOPLE, THANKS, darker, shades, with_logo

WHITE = bytes([255]) * (GREY_WIDTH_PX * GREY_HEIGHT_PX)


def texts(page: Page) -> PageTexts:
    return PageTexts(page.hidden, page.language, unpack_texts(pack_blocks(page.blocks)))


def made(page: Page, grey: bytes | None = None, is_first: bool = False) -> Signature:
    signature = signature_of(texts(page), grey, is_first)
    assert signature is not None
    return signature


@pytest.mark.parametrize("other", [MARKET, NEXT_YEAR, AS_PDF], ids=["same", "next year", "as a PDF"])
def test_changed_slide_is_the_same(other: Page) -> None:
    assert alike(made(MARKET), [made(other)]) == [True]
    assert set(made(MARKET).keys) & set(made(other).keys)


def test_other_slides_are_not_the_same() -> None:
    assert alike(made(MARKET), [made(ENERGY), made(PEOPLE)]) == [False, False]


def test_numbers_do_not_count() -> None:
    other = replace(MARKET, blocks=(*MARKET.blocks, block(BlockField.BODY, "2019 2020 2021 17,5 %")))
    assert made(other).sketch == made(MARKET).sketch


def test_notes_and_comments_do_not_count() -> None:
    said = block(BlockField.NOTES, "Säg detta till alla"), block(BlockField.COMMENT, "Ändra inte detta ord")
    assert made(replace(MARKET, blocks=(*MARKET.blocks, *said))).sketch == made(MARKET).sketch


def test_slide_with_few_words_is_known_by_its_picture() -> None:
    few = slide("Resultat")
    assert made(few, shades(1)).word_count == 1 < WORDS_MIN
    changed = [made(few, with_logo(shades(1))), made(few, darker(shades(1)))]
    assert alike(made(few, shades(1)), [*changed, made(few, shades(2))]) == [True, True, False]


def test_same_design_with_other_words_is_another_slide() -> None:
    one, other = slide("Bakgrund och syfte"), slide("Slutsatser")
    assert alike(made(one, shades(3)), [made(other, shades(3))]) == [False]


def test_words_that_ocr_read_count_where_the_file_has_few() -> None:
    seen = block(BlockField.OCR, *[one.text for one in MARKET.blocks])
    scan = replace(MARKET, blocks=(seen,))
    assert alike(made(scan, shades(1)), [made(MARKET)]) == [True]


@pytest.mark.parametrize("grey", [None, WHITE], ids=["not drawn", "blank"])
def test_slide_that_shows_nothing_has_no_signature(grey: bytes | None) -> None:
    assert signature_of(texts(slide("")), grey, False) is None
    assert signature_of(texts(THANKS), grey, False) is None


def test_pictures_are_not_compared_with_words() -> None:
    assert alike(made(MARKET), [made(slide("Stål"), shades(1))]) == [False]


def test_likeness_is_nothing_where_slides_are_not_the_same() -> None:
    found = likeness([made(MARKET), None, made(ENERGY)], [made(ENERGY), None, made(NEXT_YEAR)])
    assert (found > 0).tolist() == [[False, False, True], [False] * 3, [True, False, False]]
    assert found[2, 0] == 1.0
    assert not likeness([made(MARKET)], []).size
