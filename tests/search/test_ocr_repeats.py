from archive.model.pages import BlockField
from archive.search.hit_reader import without_repeated_ocr

_TITLE = (BlockField.TITLE, "Export 2021", "sv")


def test_words_of_a_picture_that_stand_on_the_slide_are_left_out() -> None:
    read = (BlockField.OCR, "EXPORT 2021\nexport av stål, 17 %\n2021", "sv")
    assert without_repeated_ocr([_TITLE, read]) == [_TITLE, (BlockField.OCR, "av stål, 17", "sv")]


def test_other_blocks_and_pages_without_own_words_stay_as_they_are() -> None:
    read, body = (BlockField.OCR, "Export av stål", ""), (BlockField.BODY, "Export export", "")
    assert without_repeated_ocr([read]) == [read]
    assert without_repeated_ocr([_TITLE, body]) == [_TITLE, body]
