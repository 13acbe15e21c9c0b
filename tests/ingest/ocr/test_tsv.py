import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.ocr.tsv import has_more_words, parse_words

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
