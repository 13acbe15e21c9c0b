import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.analysis.tokenizer import surface, words
from archive.highlight.mark_targets import Prefilter, phrase_runs
from tests.analysis.analyzers import ANALYZER
from tests.analysis.strategies import any_text, page_texts


def found(text: str, *asked: str) -> list[str]:
    return [word for word, _, _ in Prefilter(asked).candidates(text)]


def test_only_words_that_hold_a_root_are_read() -> None:
    assert found("Gruvan och gruvnäringen\noch\tväder", "gruv") == ["Gruvan", "gruvnäringen"]
    assert found("väder", "gruv") == []
    assert found("", "gruv") == []
    assert found("Gruvan") == []
    assert found("Gruvan", "", " ", "a b") == []


def test_accents_and_capitals_do_not_matter() -> None:
    assert found("En IDÉ och idén", "ide") == ["IDÉ", "idén"]
    assert found("d’Hondts metod", "d'hon") == ["d’Hondts"]


def test_neighbours_without_space_between_are_told_apart() -> None:
    assert found("skola/gruva/sol (väg)", "gruv") == ["gruva"]


def test_a_text_full_of_finds_is_read_as_one_with_few() -> None:
    assert found("gruva och gruvan " * 3, "gruv", "ruva") == ["gruva", "gruvan"] * 3
    assert found("ord " * 60 + "gruva", "gruv") == ["gruva"]


@pytest.mark.parametrize("text", ["Gro\u00dfe gruvan", "gru\u00advan", "gru\u0301van"])
def test_text_whose_letters_would_move_is_read_whole(text: str) -> None:
    assert found(text, "xyz") == [word for word, _, _ in words(text)]


@given(page_texts)
@settings(max_examples=200, deadline=None)
def test_a_word_is_among_the_candidates_for_its_own_terms(text: str) -> None:
    for word, start, end in words(text):
        terms = ANALYZER.word_terms(word, "sv")
        asked = [part for one in terms for part in ANALYZER.required_substrings(one.term)]
        assert not terms or (word, start, end) in Prefilter(asked).candidates(text)


@given(any_text, any_text)
@settings(max_examples=200, deadline=None)
def test_candidates_are_words_of_the_text(text: str, asked: str) -> None:
    assert {*Prefilter([asked]).candidates(text)} <= {*words(text)}


def _runs(text: str, *phrase: str) -> list[str]:
    return [text[run[0][1] : run[-1][2]] for run in phrase_runs(text, phrase)]


def test_phrase_is_found_across_whatever_separates_words() -> None:
    assert _runs("Grön sko, grön_sko; grön\n–\tSKO och grönsko", "grön", "sko") == [
        "Grön sko",
        "grön_sko",
        "grön\n–\tSKO",
    ]
    assert _runs("C++ 11 och c#/11, C++11", "c++", "11") == ["C++ 11"]


def test_phrases_that_share_words_are_all_found() -> None:
    assert _runs("hej hej hej, då hej hej", "hej", "hej") == ["hej hej", "hej hej", "hej hej"]


def test_phrase_within_longer_words_is_none() -> None:
    assert _runs("ogrön sko, grön skola", "grön", "sko") == []


@given(page_texts, st.integers(0, 50), st.integers(1, 4))
@settings(max_examples=400, deadline=None)
def test_phrase_of_a_text_is_found_where_it_stands_in_the_row_of_its_words(
    text: str, first: int, count: int
) -> None:
    places = [*words(text)]
    forms = [surface(word) for word, _, _ in places]
    phrase = tuple(forms[first : first + count])
    if not phrase:
        return
    expected = [
        places[at : at + len(phrase)]
        for at in range(len(forms))
        if tuple(forms[at : at + len(phrase)]) == phrase
    ]
    assert [*phrase_runs(text, phrase)] == expected


@given(any_text)
@settings(max_examples=400, deadline=None)
def test_any_two_words_in_a_row_are_found(text: str) -> None:
    places = [*words(text)]
    for at in range(len(places) - 1):
        pair = tuple(surface(word) for word, _, _ in places[at : at + 2])
        assert places[at : at + 2] in [*phrase_runs(text, pair)]
