"""The reader notes the fonts that a deck names, and its pictures without a description."""

import io
from typing import Any

from PIL import Image
from pptx import Presentation

from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.drawing_facts import DrawingFacts, drawing_facts
from tests.ingest.extractors.decks import BLANK, add_box, saved
from tests.ingest.extractors.extraction import read


def _picture() -> io.BytesIO:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    buffer.seek(0)
    return buffer


def _properties(shape: Any) -> Any:
    return shape._element.nvPicPr.cNvPr


def _facts(presentation: Any) -> DrawingFacts:
    return drawing_facts(read(PptxExtractor(), saved(presentation))[1].properties)


def test_fonts_of_slides_and_theme_are_noted_and_undescribed_pictures_counted() -> None:
    presentation = Presentation()
    for _ in range(2):
        slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    box = add_box(slide.shapes, "Vätgas", 10, 10)
    box.text_frame.paragraphs[0].runs[0].font.name = "Frutiger; LT"
    for description in ("", "Ett vätgaståg", ""):
        picture = slide.shapes.add_picture(_picture(), 0, 0)
        _properties(picture).set("descr", description)
    facts = _facts(presentation)
    assert facts == DrawingFacts(("Calibri", "Frutiger LT"), ((2, 2),))


def test_deck_without_pictures_has_none_undescribed() -> None:
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    assert _facts(presentation).undescribed_pictures == ()


def test_properties_that_cannot_be_read_are_no_facts() -> None:
    assert drawing_facts({"archive.undescribed_pictures": "x; 3: ; -1: 2"}) == DrawingFacts()
    assert drawing_facts({}) == DrawingFacts()
