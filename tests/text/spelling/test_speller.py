import pytest
from hypothesis import given, settings

from archive.text.spelling.slips import meant
from archive.text.spelling.speller import Speller
from tests.analysis import ANALYZER
from tests.text.strategies import any_text

WORDS = {
    "upphandling": 40,
    "kompetens": 90,
    "kompetenser": 3,
    "näringsliv": 20,
    "skola": 50,
    "skala": 5,
    "regional": 9,
    "regionen": 70,
    "station": 8,
    "försörjning": 12,
    "gruvnäring": 2,
}


def speller() -> Speller:
    return Speller(WORDS.items(), ANALYZER.lexicon)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("upphandlngi", "upphandling"),
        ("upphandlig", "upphandling"),
        ("uphandling", "upphandling"),
        ("kompettens", "kompetens"),
        ("kmopetens", "kompetens"),
        ("naringsliv", "näringsliv"),
        ("skolq", "skola"),
        ("stasjon", ""),
        ("gruvnering", "gruvnäring"),
    ],
)
def test_a_slip_is_mended(typed: str, word: str) -> None:
    assert speller().correct(typed) == word


@pytest.mark.parametrize("typed", ["kompetens", "xyzzyq", "skl", "2030", "co2x", "", "å" * 50])
def test_right_short_and_unlike_words_are_left_alone(typed: str) -> None:
    assert speller().correct(typed) == ""


def test_the_commoner_of_two_like_words_is_meant() -> None:
    assert speller().correct("skula") == "skola"


def test_a_compound_that_the_index_lacks_is_mended_by_its_parts() -> None:
    assert speller().correct("kompetensförsörning") == "kompetensförsörjning"


def test_only_given_words_are_offered() -> None:
    assert Speller([("annat", 1)], ANALYZER.lexicon).correct("upphandlngi") == ""


@given(any_text)
@settings(max_examples=100, deadline=None)
def test_slips_cost_something_and_leave_a_word(text: str) -> None:
    for other, cost in meant(text[:12]):
        assert cost > 0
        assert other != text[:12] or not text
