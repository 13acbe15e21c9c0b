"""What Tesseract says of a sheet of four lines, upright and upside down, at 150 dpi."""

from archive.ingest.ocr.tsv import OcrWord, credible, is_doubtful, is_rubbish, turned_back
from archive.model.pages import WordBox

UPRIGHT = {"Protokoll": 96.6, "från": 96.6, "styrelsemötet": 96.2, "Kraftvärmeverket": 90.9, "Borlänge": 96.4}
UPSIDE_DOWN = {"UapPuULJOJPJIO": 0.9, "AB": 76.3, "SeJaIsNnTf1aNIsSag": 0.0, "J3uoffiwu": 7.6, "wo": 92.9}
UPSIDE_DOWN |= {"Buualrsanu|": 0.0, "espuny": 52.0, "I": 89.7, "19JZADWIBAYLLIY": 0.0, "1910W3SJZLAS": 0.0}


def seen(words: dict[str, float]) -> list[OcrWord]:
    boxes = (WordBox(text, 10.0, 20.0 * at, 40.0, 12.0) for at, text in enumerate(words))
    return [OcrWord(box, words[box.text], (1, 1), at) for at, box in enumerate(boxes)]


def test_sheet_that_lies_the_wrong_way_is_doubtful_and_rubbish() -> None:
    words = seen(UPSIDE_DOWN)
    assert is_doubtful(words, credible(words, 50))
    assert is_rubbish(words, credible(words, 50))


def test_upright_sheet_is_neither() -> None:
    words = seen(UPRIGHT)
    assert not is_doubtful(words, credible(words, 50))
    assert not is_rubbish(words, credible(words, 50))


def test_one_sure_word_among_specks_of_a_photograph_is_kept() -> None:
    words = seen({"Stopp": 95.0} | {f"{'x' * 12}{at}": 3.0 for at in range(9)})
    assert not is_rubbish(words, credible(words, 50))


def test_few_letters_are_not_doubted() -> None:
    words = seen({"o": 10.0, "Bild": 40.0})
    assert not is_doubtful(words, credible(words, 50))


def test_words_read_upside_down_get_the_places_they_have_on_the_page() -> None:
    word = OcrWord(WordBox("malm", 100.0, 30.0, 40.0, 12.0), 90.0, (1, 1), 1)
    (turned,) = turned_back([word], 595.0, 842.0)
    assert turned.box == WordBox("malm", 455.0, 800.0, 40.0, 12.0)
