"""Which slides of a basket a visitor gets, and what is left out."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from archive.baskets.deck_forms import DeckForm, deck_form
from archive.catalogue import documents
from archive.catalogue.publishing.original_access import set_original_access
from archive.ingest.filetypes.media_types import PPTX
from archive.model.visibility import OriginalsPolicy, Visibility
from tests.baskets.gathered_slides import Ground, add, address, basket_of, ground_in
from tests.web.slides import Slide

PUBLIC, MEMBERS, STAFF = Visibility


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with ground_in(tmp_path_factory.mktemp("gathered")) as made:
        yield made


def form(ground: Ground, text: str, visitor: Visibility = PUBLIC) -> DeckForm:
    basket, _ = basket_of(ground.archive, text, visitor)
    return deck_form(basket, visitor, OriginalsPolicy.CLEAN, ground.archive.clean_copies)


def test_each_visitor_gets_what_they_may_see_in_the_order_of_the_address(ground: Ground) -> None:
    text = address(
        (ground.staff, 1), (ground.deck, 3), (ground.members, 1), (ground.deck, 2), (ground.report, 1)
    )
    seen = {
        visitor: [
            (slide.ref.document_id, slide.ref.number)
            for slide in basket_of(ground.archive, text, visitor)[0].slides
        ]
        for visitor in Visibility
    }
    deck, report = (ground.deck, 3), (ground.report, 1)
    assert seen[PUBLIC] == [deck, report]
    assert seen[MEMBERS] == [deck, (ground.members, 1), report]
    assert seen[STAFF] == [(ground.staff, 1), deck, (ground.members, 1), (ground.deck, 2), report]
    assert len(basket_of(ground.archive, text)[0].left_out) == 3


def test_what_is_not_there_is_left_out_as_what_is_not_theirs_is(ground: Ground) -> None:
    text = f"{address((ground.members, 1), (ground.deck, 9))},{ground.deck}.v7.1,zzzzzzzzzz.v1.1"
    basket, sources = basket_of(ground.archive, text)
    assert basket.slides == ()
    assert len(basket.left_out) == 4
    assert sources.sources == ()


def test_slide_without_a_version_is_named_with_the_one_it_is_of(ground: Ground) -> None:
    basket, sources = basket_of(ground.archive, f"{ground.deck}.1,{ground.deck}.v1.1")
    assert [str(ref) for ref in basket.refs] == [f"{ground.deck}.v1.1"]
    assert basket.left_out == ()
    assert sources.sources[0].address.endswith(f"/d/{ground.deck}/v1/1")


def test_slide_of_a_version_that_was_replaced_is_still_that_one(ground: Ground) -> None:
    document = add(ground.archive, "Bytt", (Slide("Som det var"),), PPTX, b"first")
    add(ground.archive, "Bytt", (Slide("Som det blev"),), PPTX, b"second")
    basket, _ = basket_of(ground.archive, f"{document}.v1.1,{document}.v2.1")
    assert [slide.page.title for slide in basket.slides] == ["Som det var", "Som det blev"]


def test_withdrawn_document_is_left_out(ground: Ground) -> None:
    document = add(ground.archive, "Borta", (Slide("Borta"),), PPTX, b"gone")
    with ground.archive.database.write() as session:
        documents.withdraw(session, document, "test")
    basket, _ = basket_of(ground.archive, address((document, 1)), STAFF)
    assert len(basket.left_out) == 1


def test_line_of_a_source_says_who_when_and_where_it_is_for_ever(ground: Ground) -> None:
    _, sources = basket_of(ground.archive, address((ground.deck, 3), (ground.report, 2)))
    first, second = (source.line for source in sources.sources)
    for words in ("Åsa Öberg", "bild 3", "Hållbara dagar", "2021-11-24", f"/d/{ground.deck}/v1/3"):
        assert words in first
    for words in ("Handelskammaren", "s. 2", "2020", f"/d/{ground.report}/v1/2"):
        assert words in second


def test_deck_is_cut_down_only_where_its_file_may_be_had(ground: Ground) -> None:
    of_deck = address((ground.deck, 3), (ground.deck, 1))
    assert form(ground, of_deck) is DeckForm.CUT_DOWN
    assert form(ground, of_deck + "," + address((ground.words, 1))) is DeckForm.SEVERAL
    assert form(ground, address((ground.report, 1))) is DeckForm.OTHER_TYPE
    with ground.archive.database.write() as session:
        set_original_access(session, ground.deck, OriginalsPolicy.STAFF, "test")
    try:
        assert form(ground, of_deck) is DeckForm.NOT_ALLOWED
        assert form(ground, of_deck, STAFF) is DeckForm.CUT_DOWN
    finally:
        with ground.archive.database.write() as session:
            set_original_access(session, ground.deck, None, "test")


def test_words_of_a_slide_are_those_that_everybody_may_read(ground: Ground) -> None:
    basket, _ = basket_of(ground.archive, address((ground.deck, 1)), STAFF)
    slide = basket.slides[0]
    assert not any("hemligordet4" in text for text in slide.paragraphs)
    assert replace(slide, page=replace(slide.page, blocks=())).paragraphs == ()
