"""Letters that do not mean what they show, told without a dictionary."""

import pytest

from archive.ingest.extractors.pdf.garbled import is_garbled, is_shifted

SWEDISH = (
    "Regional utvecklingsstrategi för länet. Kompetensförsörjning i gruvnäringen är en fråga på lång sikt, "
    "och fler bostäder längs stambanan behövs när företag växer."
)
ENGLISH = "Procurement of open source software in the public sector is a question of skills and of strategy."


def moved(text: str, shift: int) -> str:
    return "".join(chr(ord(letter) + shift) if letter.isalpha() else letter for letter in text)


@pytest.mark.parametrize("text", [SWEDISH, ENGLISH, SWEDISH.upper()])
@pytest.mark.parametrize("shift", [1, -1, 3])
def test_text_shifted_by_a_letter_is_told_by_its_letters(text: str, shift: int) -> None:
    assert is_shifted(moved(text, shift))


def test_glyph_numbers_of_a_font_instead_of_letters_are_told() -> None:
    assert is_shifted("".join(chr(ord(letter) - 29) if letter > "<" else letter for letter in ENGLISH))


@pytest.mark.parametrize(
    "text",
    [
        SWEDISH,
        ENGLISH,
        "Helsinki Vantaa Espoo Tampere Oulu Turku Jyväskylä Lahti Kuopio",
        "SKR FK SCB LAS IT KK NUTS GIS API REST XML JSON HTTP TCP UDP DNS PDF DOC ODF CSV",
        "1 234 567 kr 12 % 2019 2020 2021 2022 A1 B2 C3 D4",
        "ACGTTGCAACGTACGTTTGGCACGATCGATCGACTGACTAGCATCGACTAGCAT",
        "x(cid:0)y (cid:12) a(cid:0)b c(cid:0)d, en punkt (cid:3) till och (cid:3) en",
        "(cid:127) Fler bostäder (cid:127) Längre vägar (cid:127) Större gruvor (cid:127) Bättre skolor",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert not is_garbled(text)


def test_words_with_a_nameless_letter_inside_are_damaged() -> None:
    text = (
        "Kompetensf(cid:3)rs(cid:3)rjning i gruvn(cid:2)ringen och fler bost(cid:2)der l(cid:2)ngs stambanan"
    )
    assert is_garbled(text)
    assert is_garbled("e\ufb03cient".replace("\ufb03", "\ue012") + " o\ue012ce, su\ue012cient")


@pytest.mark.parametrize(
    "text",
    [
        "vi mste bde satsa och ngon gng stanna, det gller mnga",
        "f¨r l¨net n¨r det d¨r beh¨vs m†ste vi ocks† satsa p† v¨gar",
        "fšr lŠnet nŠr vi Šven mŒste satsa pŒ vŠgar",
    ],
)
def test_frequent_words_that_lack_their_dots_and_rings_tell_of_a_font(text: str) -> None:
    assert is_garbled(text)
