import io

import pytest
from PIL import Image

from archive.ingest.extractors.base import DrawnPage, Finish, ReadLimits
from archive.ingest.extractors.pdf.draw import PdfDrawer
from archive.model.extraction import Outcome
from archive.model.pages import WordBox
from tests.ingest.extractors.pdfs import REPORT_PAGES, pdf
from tests.ingest.extractors.rawpdf import page_pdf

OPTIONS = {"large_width_px": 800, "small_width_px": 200, "webp_quality": 70}
WORD = [[("Gävleborg", 100.0, 400.0, 40.0)]]


def draw(data: bytes, pages_max: int = 100) -> tuple[list[DrawnPage], Finish]:
    records = list(PdfDrawer().draw(io.BytesIO(data), ReadLimits(pages_max, 10_000), OPTIONS))
    finish = records[-1]
    assert isinstance(finish, Finish)
    return [record for record in records if isinstance(record, DrawnPage)], finish


def ink_box(drawn: DrawnPage) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom in points of what is not white on the large picture."""
    picture = Image.open(io.BytesIO(drawn.large)).convert("L").point(lambda value: 255 if value < 128 else 0)
    box = picture.getbbox()
    assert box is not None
    scale = drawn.width_pt / drawn.width_px
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale


def assert_covers(word: WordBox, ink: tuple[float, float, float, float]) -> None:
    """The box holds the ink, and is not much larger than letters of 40 points need."""
    slack = 3.0
    assert word.x - slack <= ink[0]
    assert word.y - slack <= ink[1]
    assert word.x + word.width + slack >= ink[2]
    assert word.y + word.height + slack >= ink[3]
    assert word.width * word.height < 3 * (ink[2] - ink[0]) * (ink[3] - ink[1])


def test_every_page_is_drawn_in_two_widths() -> None:
    drawn, finish = draw(pdf(REPORT_PAGES))
    assert [picture.number for picture in drawn] == [1, 2]
    assert finish.category is Outcome.OK
    for picture in drawn:
        large, small = (Image.open(io.BytesIO(data)) for data in (picture.large, picture.small))
        assert (large.format, small.format) == ("WEBP", "WEBP")
        assert large.size == (picture.width_px, picture.height_px)
        assert abs(large.width - 800) <= 1
        assert small.width == 200


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_sit_on_the_words_however_the_page_is_turned(rotation: int) -> None:
    drawn, _ = draw(pdf(WORD, rotation=rotation))
    assert [word.text for word in drawn[0].words] == ["Gävleborg"]
    assert_covers(drawn[0].words[0], ink_box(drawn[0]))


@pytest.mark.parametrize("rotation", [0, 90])
def test_boxes_sit_on_the_words_of_a_cropped_page(rotation: int) -> None:
    drawn, _ = draw(pdf(WORD, rotation=rotation, crop_pt=(50, 250, 450, 550)))
    assert {round(drawn[0].width_pt), round(drawn[0].height_pt)} == {400, 300}
    assert_covers(drawn[0].words[0], ink_box(drawn[0]))


def test_words_outside_the_cropped_page_have_no_box() -> None:
    drawn, _ = draw(pdf([[("inne", 100, 700, 12), ("ute", 100, 100, 12)]], crop_pt=(50, 400, 450, 800)))
    assert [word.text for word in drawn[0].words] == ["inne"]


def test_both_halves_of_a_divided_word_carry_the_whole() -> None:
    drawn, _ = draw(pdf([[("en industri-", 70, 700, 12), ("ell produkt", 70, 685, 12)]]))
    words = drawn[0].words
    assert [word.text for word in words] == ["en", "industriell", "industriell", "produkt"]
    assert words[1].y < words[2].y


def test_very_tall_page_is_bounded() -> None:
    drawn, _ = draw(pdf([[("smal", 5, 5000, 8)]], size_pt=(40, 10_000)))
    assert drawn[0].height_px <= 4 * 800 + 1
    assert drawn[0].width_px < 800


def test_password_is_told() -> None:
    drawn, finish = draw(pdf(WORD, password="hemligt"))
    assert drawn == []
    assert finish.category is Outcome.PASSWORD


def test_number_of_pages_is_bounded_and_said() -> None:
    drawn, finish = draw(pdf(REPORT_PAGES), pages_max=1)
    assert len(drawn) == 1
    assert finish.category is Outcome.OK_PARTIAL
    assert "1 of 2" in finish.message


def test_words_set_letter_by_letter_in_small_letters_are_marked_as_words() -> None:
    content = b"BT /F1 12 Tf 20 300 Td (g e m e n s a m   f r a m t i d) Tj 0 -50 Td (a b c d e f g) Tj ET"
    (page,), _ = draw(page_pdf(content))
    assert [box.text for box in page.words] == ["gemensam", "framtid", *"abcdefg"]
    first, second = page.words[:2]
    assert first.x < 21
    assert first.x + first.width < second.x
    assert first.width > 60
