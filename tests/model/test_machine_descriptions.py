"""Which alternative texts are people's words."""

import pytest

from archive.model.machine_descriptions import own_words, without_machine_descriptions
from archive.model.pages import Block, BlockField, Paragraph


@pytest.mark.parametrize(
    "text",
    [
        "En bild som visar text\n\nAutomatiskt genererad beskrivning",
        "En bild som visar utomhus, himmel, gräs\nBeskrivning genereras automatiskt",
        "En bild som visar text, diagram Automatiskt genererad beskrivning",
        "En bild som visar karta",
        "En bild som visar text, skärmbild, Teckensnitt\n\nAI-genererat innehåll kan vara felaktigt.",
        "A picture containing text, clipart\n\nDescription automatically generated",
        "A close up of a logo\nDescription automatically generated with medium confidence",
        "A screenshot of a computer\n\nAI-generated content may be incorrect.",
        "Graphical user interface\nDescription generated with very high confidence",
        "image.png",
        "P_Dots_Red.eps",
        "C:\\Users\\karin\\Bilder\\karta över länet.jpg",
        "Bildobjekt 4",
        "Picture 12",
        "Platshållare för bild 3",
        "",
    ],
)
def test_what_programs_write_is_left_out(text: str) -> None:
    assert own_words(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Karta över gruvorna i Bergslagen",
        "Bilden visar hur exporten har ökat",
        "Diagram över beskrivningar som är automatiserade",
        "Logotyp för Region Dalarna",
        "A map of the region",
        "Bild av hamnen 1950",
    ],
)
def test_what_people_write_is_kept(text: str) -> None:
    assert own_words(text) == text


def test_a_persons_line_beside_a_programs_is_kept() -> None:
    text = "Karta över länet\nEn bild som visar karta\nAutomatiskt genererad beskrivning"
    assert own_words(text) == "Karta över länet"


def test_only_alternative_texts_are_judged() -> None:
    machine = (Paragraph("image.png"), Paragraph("Karta över länet"))
    kept = without_machine_descriptions(Block(BlockField.ALT_TEXT, machine))
    assert kept == Block(BlockField.ALT_TEXT, (Paragraph("Karta över länet"),))
    assert without_machine_descriptions(Block(BlockField.ALT_TEXT, machine[:1])) is None
    body = Block(BlockField.BODY, machine)
    assert without_machine_descriptions(body) == body
