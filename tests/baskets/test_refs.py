"""What an address of a basket says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.baskets.refs import SLIDES_MAX, SlideRef, exchanged, parsed, written
from archive.catalogue.identifiers import ALPHABET, LENGTH
from archive.errors import BasketTooLarge, SlideAddressRefused

ONE, TWO, THREE = (SlideRef("abcdefghjk", 1, number) for number in (1, 2, 3))
_REFS = st.builds(
    SlideRef,
    st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH),
    st.integers(0, 99_999),
    st.integers(1, 99_999),
)


@given(st.lists(_REFS, max_size=SLIDES_MAX, unique=True))
def test_what_is_written_is_read_back(refs: list[SlideRef]) -> None:
    assert parsed(written(refs)) == tuple(refs)


@pytest.mark.parametrize(
    "text",
    [
        "https://arkiv.example.org/d/abcdefghjk/v2/4",
        "https://arkiv.example.org/en/d/abcdefghjk/v2/4?q=gruva#text",
        "/d/abcdefghjk/v2/4/",
        " abcdefghjk.v2.4 , abcdefghjk.v2.4,,",
    ],
)
def test_address_of_a_slides_page_names_it(text: str) -> None:
    assert parsed(text) == (SlideRef("abcdefghjk", 2, 4),)


def test_slide_without_a_version_is_of_the_one_that_readers_see() -> None:
    assert parsed("abcdefghjk.4 /d/abcdefghjk/5?q=a") == (
        SlideRef("abcdefghjk", 0, 4),
        SlideRef("abcdefghjk", 0, 5),
    )


@pytest.mark.parametrize(
    "text",
    ["gruva", "abcdefghjk", "abcdefghjk.v1", "abcdefghjk.v0.1", "abcdefghjk.1.2", "abcdefghj.v1.2",
     "abcdefghjk.v1.-2", "abcdefghjk.v1.１",
     "abcdefghjk.v1.2x", "../d/abcdefghjk.v1", "abcdefghjk.v1.999999"],
)  # fmt: skip
def test_what_names_no_slide_is_refused(text: str) -> None:
    with pytest.raises(SlideAddressRefused):
        parsed(text)


def test_a_basket_holds_forty_slides() -> None:
    refs = [SlideRef("abcdefghjk", 1, number) for number in range(1, SLIDES_MAX + 2)]
    assert len(parsed(written(refs[:-1]) + "," + str(refs[0]))) == SLIDES_MAX
    for text in (written(refs), "x" * 1_000_000):
        with pytest.raises(BasketTooLarge):
            parsed(text)


def test_two_slides_change_places_and_the_others_stay() -> None:
    assert exchanged((ONE, TWO, THREE), ONE, THREE) == (THREE, TWO, ONE)
