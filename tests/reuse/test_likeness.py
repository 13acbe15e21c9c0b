"""Slides of a series differ in the words that matter; what was added or counted anew is no difference."""

import pytest

from archive.catalogue.block_codec import pack_blocks, unpack_texts
from archive.catalogue.pages import PageTexts
from archive.catalogue.reuse.signatures import Signature
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX, Page
from archive.reuse.likeness import alike, common_shares, likeness
from archive.reuse.signature import signature_of
from tests.filled_archive import slide
from tests.reuse.decks import ENERGY, MARKET, NEXT_YEAR, shades

_WORDS = """
skogen älven gruvan hyttan staden hamnen banan vägen bron kraften nätet linjen verket stålet malmen kolet
gasen vinden solen vattnet jorden berget dalen sjön havet kusten ön byn gården åkern ängen träden
"""


def texts(page: Page) -> PageTexts:
    return PageTexts(page.hidden, page.language, unpack_texts(pack_blocks(page.blocks)))


def made(page: Page, grey: bytes | None = None, is_first: bool = False) -> Signature:
    signature = signature_of(texts(page), grey, is_first)
    assert signature is not None
    return signature


def cover(week: int, topic: str) -> Page:
    return slide(
        "Programmeringsteknik för nybörjare",
        f"Läsvecka {week}: {topic}",
        "Anna Berg, institutionen för datavetenskap vid tekniska högskolan i norr",
    )


def long_slide(count: int, last: str = "") -> Page:
    """Return a slide of many words, of which no two pairs are the same."""
    words = [f"{one}{other}" for one in _WORDS.split() for other in _WORDS.split()][:count]
    return slide("Ordlista", " ".join(words), last)


def test_first_slides_of_a_series_are_not_the_same() -> None:
    one, other = made(cover(1, "Vektorer"), is_first=True), made(cover(2, "Matriser"), is_first=True)
    assert alike(one, [other]) == [False]
    assert alike(one, [made(cover(9, "Vektorer"), is_first=True)]) == [True]


def test_first_slides_of_two_documents_stand_side_by_side_whatever_was_replaced() -> None:
    one, other = made(cover(1, "Vektorer"), is_first=True), made(cover(2, "Matriser"), is_first=True)
    assert likeness([one], [other])[0, 0] > 0.5
    assert not likeness([one], [made(ENERGY)]).any()


def test_first_slide_may_have_more_on_it() -> None:
    more = slide("Programmeringsteknik för nybörjare", "Läsvecka 1: Vektorer", "Anna Berg", "Välkomna hit")
    less = slide("Programmeringsteknik för nybörjare", "Läsvecka 1: Vektorer", "Anna Berg")
    grey = shades(4)
    assert alike(made(more, grey, is_first=True), [made(less, grey, is_first=True)]) == [True]


def test_words_in_the_place_of_others_make_another_slide() -> None:
    lines = "Arbetar med frågor om transporter och boende", "Har skrivit tre böcker om resor längs kusten"
    one = slide("Vi som forskar", "Anna Berg, docent i Luleå", *lines)
    other = slide("Vi som forskar", "Bo Ek, lektor i Umeå", *lines)
    assert alike(made(one), [made(other)]) == [False]
    assert alike(
        made(one), [made(slide("Vi som forskar", "Anna Berg, docent i Luleå", *lines, "Välkomna"))]
    ) == [True]


def test_a_word_in_the_place_of_another_is_no_other_slide_where_there_are_many() -> None:
    corrected = slide(
        "Stålmarknaden i Sverige",
        "Exporten blev 60 miljarder kronor",
        "Tyskland och Kina köper mest av det svenska stålet",
        "Järnmalmen från Kiruna går mest till Europa",
    )
    assert alike(made(MARKET), [made(corrected)]) == [True]
    assert alike(made(MARKET, is_first=True), [made(corrected)]) == [False]


def test_short_slides_on_one_design_are_others() -> None:
    grey = shades(5)
    one, other = slide("Repetera med while-satsen"), slide("Summera med while-satsen")
    assert alike(made(one, grey), [made(other, grey), made(one, grey)]) == [False, True]


def test_pictures_without_words_have_to_be_nearly_the_same() -> None:
    one, other = shades(6), shades(7)
    assert alike(made(slide(""), one), [made(slide(""), one), made(slide(""), other)]) == [True, False]
    half = one[: len(one) // 2] + other[len(other) // 2 :]
    assert alike(made(slide(""), one), [made(slide(""), half)]) == [False]


def test_picture_decides_between_slides_with_the_same_words() -> None:
    first, second = made(MARKET, shades(1)), made(MARKET, shades(2))
    shares = common_shares(made(NEXT_YEAR, shades(2)), [first, second])
    assert None not in shares
    assert max(range(2), key=lambda at: shares[at] or 0.0) == 1


@pytest.mark.parametrize("count", [100, 300, 900])
def test_slides_with_very_many_words_are_compared_by_some_of_them(count: int) -> None:
    one = made(long_slide(count))
    assert len(one.sketch) < 1_200
    assert alike(one, [made(long_slide(count, "mer")), made(ENERGY)]) == [True, False]
    assert alike(one, [made(long_slide(count // 3))]) == [False]


def test_signatures_of_an_older_scheme_are_the_same_as_none() -> None:
    old = Signature(20, bytes(512))
    short = Signature(3, b"\x02" * 524)
    assert alike(made(MARKET), [old, made(MARKET), short]) == [False, True, False]
    assert alike(old, [old, made(MARKET)]) == [False, False]
    assert not likeness([old, None], [old, made(MARKET)]).any()


def test_blank_picture_is_like_none() -> None:
    white = bytes([255]) * (GREY_WIDTH_PX * GREY_HEIGHT_PX)
    assert alike(made(MARKET, white), [made(MARKET, shades(1)), made(MARKET)]) == [True, True]
