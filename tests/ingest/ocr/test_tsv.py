import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.ocr.tsv import (
    OcrWord,
    block_of,
    credible,
    has_more_words,
    parse_words,
    rendered_only,
    unknown,
)
from archive.model.pages import Block, BlockField, Page, Paragraph, WordBox

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def row(text: str, confidence: str = "91.5", place: str = "100\t200\t50\t20", level: int = 5) -> str:
    return f"{level}\t1\t2\t3\t4\t1\t{place}\t{confidence}\t{text}"


def test_words_have_their_places_in_points() -> None:
    (word,) = parse_words(f"{HEAD}\n{row('gruva')}\n", 0.48)
    assert word.box.text == "gruva"
    assert (word.box.x, word.box.y, word.box.width, word.box.height) == (48.0, 96.0, 24.0, 9.6)
    assert (word.confidence, word.paragraph, word.line) == (91.5, (2, 3), 4)


def test_letters_taken_apart_are_composed() -> None:
    decomposed = row("a\u030aka")
    (word,) = parse_words(f"{HEAD}\n{decomposed}\n", 1.0)
    assert word.box.text == "åka"


@pytest.mark.parametrize(
    "bad",
    [
        row("rad", level=4),
        row(""),
        row("ord", confidence="-1"),
        row("ord", confidence="nan"),
        row("ord", confidence="hög"),
        row("ord", place="-1\t2\t3\t4"),
        row("ord", place="1\t2\t3\t999999999"),
        "5\t1\t2",
    ],
)
def test_row_of_another_form_is_left_out(bad: str) -> None:
    words = parse_words(f"{HEAD}\n{bad}\n{row('kvar')}\n", 1.0)
    assert [word.box.text for word in words] == ["kvar"]


def test_number_of_words_is_bounded() -> None:
    table = "\n".join([HEAD, *[row("ord")] * 10_050])
    assert len(parse_words(table, 1.0)) == 10_000


@given(st.text(alphabet=st.sampled_from("5\t\n0123.-xå"), max_size=200))
def test_any_text_is_taken(untrusted_table: str) -> None:
    for word in parse_words(untrusted_table, 0.5):
        assert word.box.text
        assert word.box.width >= 0


def test_table_with_more_words_than_are_kept_says_so() -> None:
    full = "\n".join([HEAD, *[row("ord")] * 10_000])
    assert not has_more_words(full)
    assert len(parse_words(full, 1.0)) == 10_000
    assert has_more_words(f"{full}\n{row('till')}")


def word(
    text: str,
    x: float = 0.0,
    y: float = 0.0,
    confidence: float = 90.0,
    paragraph: int = 1,
    line: int = 1,
) -> OcrWord:
    return OcrWord(WordBox(text, x, y, 40.0, 10.0), confidence, (1, paragraph), line)


def texts(words: list[OcrWord]) -> list[str]:
    return [one.box.text for one in words]


def test_words_that_tesseract_doubts_are_left_out() -> None:
    assert texts(credible([word("malm", confidence=49), word("gruva", confidence=51)], 50)) == ["gruva"]


def test_short_words_and_signs_need_more() -> None:
    seen = [word("i", confidence=60), word("i", confidence=85), word("—", confidence=99), word("gruvan")]
    assert texts(credible(seen, 50)) == ["i", "gruvan"]


def test_paragraph_of_specks_is_left_out() -> None:
    seen = [word("H", confidence=95), word("2", confidence=96), word("malm", paragraph=2)]
    assert texts(credible(seen, 50)) == ["malm"]


def test_word_of_the_file_is_not_taken_twice() -> None:
    known = [WordBox("gruva", 2.0, 1.0, 38.0, 9.0)]
    assert texts(unknown([word("gruva"), word("malm", x=60), word("berg", y=20)], known)) == ["malm", "berg"]


def test_word_of_the_file_in_two_pieces_is_known() -> None:
    known = [WordBox("gruv", 0.0, 0.0, 12.0, 10.0), WordBox("a", 12.0, 0.0, 8.0, 10.0)]
    assert unknown([word("gruva")], known) == []


def test_known_words_are_found_far_out_on_large_pages() -> None:
    known = [WordBox("x", 3000.0, 2000.0, 40.0, 10.0)]
    assert unknown([word("x", 3000.0, 2000.0)], known) == []


def test_paragraphs_stay_apart_and_divided_words_are_joined() -> None:
    block = block_of(
        [
            word("Brytning", line=1),
            word("av", line=1),
            word("mine-", line=1),
            word("raler", line=2),
            word("ökar", line=2),
            word("Ny", paragraph=2),
        ]
    )
    assert block is not None
    assert block.field is BlockField.OCR
    assert [one.text for one in block.paragraphs] == ["Brytning av mineraler ökar", "Ny"]


def test_no_words_give_no_block() -> None:
    assert block_of([]) is None


def test_letters_without_a_meaning_do_not_hide_what_is_seen() -> None:
    meaningless = [WordBox("\ue041\ue052", 0.0, 0.0, 40.0, 10.0)]
    assert texts(unknown([word("gruva")], meaningless)) == ["gruva"]


def test_words_of_a_page_with_wrong_letters_are_known_only_if_seen_alike() -> None:
    known = [WordBox("hsvwb", 0.0, 0.0, 40.0, 10.0), WordBox("2024", 60.0, 0.0, 40.0, 10.0)]
    shown = [word("gruva"), word("2024", x=60)]
    assert texts(unknown(shown, known, is_trusted=False)) == ["gruva"]


def test_words_that_only_the_rendering_shows_are_one_line_each() -> None:
    page = Page(3, (Block(BlockField.TITLE, (Paragraph("Råvaror i norr"),)),))
    rendered = [WordBox("Råvaror", 0, 0, 9, 9), WordBox("3", 90, 90, 9, 9)]
    rendered += [WordBox("Kiruna", 0, 40, 9, 9), WordBox("malm", 12, 41, 9, 9), WordBox("Aitik", 0, 60, 9, 9)]
    block = rendered_only(page, rendered)
    assert block is not None
    assert [one.text for one in block.paragraphs] == ["Kiruna malm", "Aitik"]
    assert rendered_only(page, rendered[:2]) is None
