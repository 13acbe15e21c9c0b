"""Agendas, thanks and pauses are told from slides that say something."""

import pytest

from archive.catalogue.block_codec import pack_blocks, unpack_texts
from archive.catalogue.pages import PageTexts
from archive.model.pages import Page
from archive.reuse.folding import is_stock
from tests.filled_archive import slide
from tests.reuse.decks import ENERGY, MARKET


def texts(page: Page) -> PageTexts:
    return PageTexts(page.hidden, page.language, unpack_texts(pack_blocks(page.blocks)))


@pytest.mark.parametrize(
    "page",
    [
        slide("Agenda", "Mötets öppnande", "Stålets framtid"),
        slide("Dagens program", "Gruvor"),
        slide("Tack!"),
        slide("Tack för att ni lyssnade!", "Frågor?"),
        slide("Thank you for your attention", "Questions?"),
        slide("", "Paus"),
    ],
    ids=lambda page: texts(page).title,
)
def test_slides_that_say_nothing_of_their_talk(page: Page) -> None:
    assert is_stock(texts(page))


@pytest.mark.parametrize(
    "page",
    [MARKET, ENERGY, slide("Tack vare stålet"), slide("Frågor om malm"), slide("")],
    ids=lambda page: texts(page).title,
)
def test_slides_that_say_something(page: Page) -> None:
    assert not is_stock(texts(page))
