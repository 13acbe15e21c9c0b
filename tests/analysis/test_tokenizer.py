import pytest
from hypothesis import given, settings

from archive.analysis.normalize import normalize
from archive.analysis.tokenizer import WORD_MAX_CHARS, base, surface, words
from tests.analysis.strategies import any_text
from tests.counting import assert_grows_linearly


def _words(text: str) -> list[str]:
    return [word for word, _, _ in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gruvnäring, framtid!", ["Gruvnäring", "framtid"]),
        ("EU:s och SKR:arna, pdf:er, 5:e", ["EU:s", "och", "SKR:arna", "pdf:er", "5:e"]),
        ("år:2019 not:this x:sy", ["år", "2019", "not", "this", "x", "sy"]),
        ("1,5 % 14:30 2019.03.31 2019,", ["1,5", "14:30", "2019.03.31", "2019"]),
        ("smart-grid IT-system 2019-2022", ["smart", "grid", "IT", "system", "2019", "2022"]),
        ("C++ F# R&D H&M", ["C++", "F#", "R&D", "H&M"]),
        ("Research&Development a# ##", ["Research", "Development", "a#"]),
        ("d’Hondt region's 'citat'", ["d’Hondt", "region's", "citat"]),
        ("foo_bar www.rufs.se", ["foo", "bar", "www", "rufs", "se"]),
        ("a\u030ar kompetens\u00adrad", ["a\u030ar", "kompetens\u00adrad"]),
        ("– … * -- ()", []),
        ("日本語 Русский", ["日本語", "Русский"]),
    ],
)
def test_text_is_parted_by_the_rules(text: str, expected: list[str]) -> None:
    assert _words(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ÅRE", "åre"),
        ("d’Hondt", "d'hondt"),
        ("a\u030ar", "år"),
        ("kompe\u00adtens", "kompetens"),
        ("\ufb01n", "fin"),
    ],
)
def test_surface_form_is_normalised_and_lowercase(word: str, expected: str) -> None:
    assert surface(word) == expected


def test_surface_form_of_endless_word_is_cut() -> None:
    assert surface("x" * 100_000) == "x" * WORD_MAX_CHARS


@pytest.mark.parametrize(
    ("form", "expected"),
    [("eu:s", "eu"), ("pdf:er", "pdf"), ("region's", "region"), ("14:30", "14:30"), ("d'hondt", "d'hondt")],
)
def test_base_form_drops_added_endings_only(form: str, expected: str) -> None:
    assert base(form) == expected


@given(any_text)
@settings(max_examples=300, deadline=None)
def test_offsets_are_slices_in_order(text: str) -> None:
    reached = 0
    for word, start, end in words(text):
        assert reached <= start < end
        assert text[start:end] == word
        assert surface(word)
        assert base(surface(word))
        reached = end


@given(any_text)
@settings(max_examples=300, deadline=None)
def test_every_letter_and_figure_is_in_a_word(text: str) -> None:
    plain = normalize(text)
    covered = {index for _, start, end in words(plain) for index in range(start, end)}
    assert all(index in covered for index, sign in enumerate(plain) if sign.isalnum())


@pytest.mark.parametrize("unit", ["a", "1", "1,", "a'", "a&", "a:", "a\u0301", "a:arna", "+", "1.1:"])
def test_no_text_takes_more_than_linear_work(unit: str) -> None:
    assert_grows_linearly(lambda times: list(words(unit * times)), 500)


@pytest.mark.timeout(100)  # inside a regular expression no step is counted: more than linear work is a hang
@pytest.mark.parametrize("unit", ["a", "1", "1,", "a'", "a&", "a:", "a\u0301", "a:arna", "+", "1.1:"])
def test_no_endless_text_is_read_without_end(unit: str) -> None:
    for _ in words(unit * 400_000):
        pass
