"""A first slide without a title has it by the size of letters."""

import io

from pptx import Presentation
from pptx.util import Emu, Pt

from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.pages import Page
from tests.ingest.extractors.decks import BLANK
from tests.ingest.extractors.extraction import read


def _pages(*slides: tuple[tuple[str, float], ...]) -> list[Page]:
    deck = Presentation()
    for boxes in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
        for at, (text, size_pt) in enumerate(boxes):
            frame = slide.shapes.add_textbox(
                Emu(0), Emu(900_000 * at), Emu(4_000_000), Emu(800_000)
            ).text_frame
            frame.text = text
            if size_pt:
                frame.paragraphs[0].runs[0].font.size = Pt(size_pt)
    file = io.BytesIO()
    deck.save(file)
    return list(read(PptxExtractor(), file.getvalue())[0])


def test_words_in_the_largest_letters_are_the_title_of_the_first_slide() -> None:
    boxes = (("Region Norr", 14), ("Vätgas i glesbygd", 44), ("Kim Ek", 0))
    first, second = _pages(boxes, boxes)
    assert (first.title, second.title) == ("Vätgas i glesbygd", "")
    assert [block.text for block in first.blocks] == ["Vätgas i glesbygd", "Region Norr", "Kim Ek"]


def test_letters_of_nearly_one_size_make_no_title() -> None:
    assert _pages((("Vätgas i glesbygd", 28), ("Gruvor i norr", 26)))[0].title == ""
    assert _pages((("Vätgas i glesbygd", 0), ("Gruvor i norr", 0)))[0].title == ""


def test_large_figures_and_long_texts_are_no_title() -> None:
    assert _pages((("85 %", 80), ("av alla kommuner", 20)))[0].title == ""
    assert _pages(((" ".join(["vätgas"] * 17), 40), ("Kim Ek", 18)))[0].title == ""
