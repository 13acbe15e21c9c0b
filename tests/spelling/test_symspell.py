import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.spelling.symspell import SymSpellIndex, skeleton

LETTERS = "abdefgiklmnoprstuvåäö"
WORDS = st.lists(st.text(LETTERS, min_size=3, max_size=14), min_size=1, max_size=40, unique=True)


def near(words: list[str], typed: str) -> set[str]:
    return {words[number] for numbers in SymSpellIndex(words).near(typed) for number in numbers}


@given(WORDS, st.data())
def test_every_word_one_edit_away_is_found(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(words))
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    for typed in (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], swapped, word):
        assert word in near(words, typed)


@given(WORDS, st.data())
def test_two_missing_letters_are_found(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from([*words, "kompetensförsörjning"]))
    # A doubled letter and its single are the same here, so that what is left must not lose more than two.
    first, second = sorted(data.draw(st.sets(st.integers(0, len(word) - 1), min_size=2, max_size=2)))
    typed = word[:first] + word[first + 1 : second] + word[second + 1 :]
    if len(skeleton(word)) - len(skeleton(typed)) <= 2:
        assert word in near([*words, word], typed)


def test_dots_and_doubled_letters_are_no_edits() -> None:
    assert near(["återvinningen"], "atervinigen") == {"återvinningen"}


def test_nearer_words_come_first_and_no_more_than_asked() -> None:
    words = ["skogar", "skogen", "skogens", "skiten"]
    found = SymSpellIndex(words).near("skogen", max_words=2)
    assert next(words[number] for number in found[0]) == "skogen"
    assert sum(map(len, found)) == 2


@pytest.mark.parametrize("typed", ["", "skog", "x" * 60])
def test_nothing_is_near_where_there_is_nothing(typed: str) -> None:
    assert near([], typed) == set()


def test_memory_is_bounded() -> None:
    words = [f"ord{a}{b}{c}" for a in "abcdefghij" for b in "abcdefghij" for c in "abcdefghij"]
    SymSpellIndex(words[:1])  # which fills the caches that all indexes share
    tracemalloc.start()
    try:
        index = SymSpellIndex(words)
        held_bytes, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert index.near(words[0])
    assert 50 * len(words) <= held_bytes <= 250 * len(words)
