import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.spelling.edit_costs import TOO_FAR, distance

WORDS = st.text("aeoåäöstkjcnglmr", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("typed", "likelier", "other"),
    [
        ("naring", "näring", "nering"),  # dots before another vowel
        ("skillnadd", "skillnad", "skillnader"),  # a doubled letter before two new ones
        ("sjärna", "stjärna", "kärna"),  # sounds of sj before another word
        ("kompetwns", "kompetens", "kompetins"),  # the key beside before one far away
        ("rgeion", "region", "regional"),  # two letters swapped
        ("explotering", "exploatering", "exploderingen"),
        ("takst", "taxt", "takt"),
    ],
)
def test_likely_mistakes_are_nearer(typed: str, likelier: str, other: str) -> None:
    assert distance(typed, likelier) < distance(typed, other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("sjärna", "stjärna"), ("takbar", "tackbar"), ("eksempel", "exempel"), ("funksion", "funktion")],
)
def test_what_sounds_alike_costs_half_an_edit(typed: str, meant: str) -> None:
    assert distance(typed, meant) <= 0.5


def test_first_letter_is_seldom_wrong() -> None:
    assert distance("mnergi", "energi") > distance("enmrgi", "energi")
    assert distance("ångfartyg", "angfartyg") < 0.5


def test_words_without_likeness_are_far() -> None:
    assert distance("skog", "kommunikation") == TOO_FAR
    assert distance("abcdefghij", "zyxwvutsrq") == TOO_FAR


@given(WORDS)
def test_a_word_is_no_distance_from_itself(word: str) -> None:
    assert distance(word, word) == 0


@given(WORDS, st.data())
def test_one_edit_is_never_far(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word)))
    letter = data.draw(st.sampled_from("aeåst"))
    for typed in (word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assert distance(typed, word) <= 1.5


@given(WORDS, WORDS)
def test_distance_is_bounded_and_positive(one: str, other: str) -> None:
    assert one == other or 0 < distance(one, other) <= TOO_FAR + 0.5
