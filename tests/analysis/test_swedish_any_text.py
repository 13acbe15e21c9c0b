import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings

from archive.analysis import stemmer, tokenizer
from archive.analysis.swedish import SwedishAnalyzer
from archive.analysis.tokenizer import words
from tests.analysis.analyzers import ANALYZER
from tests.analysis.strategies import any_text


def _main(text: str, language: str = "sv") -> list[str]:
    """Return the main forms of whole words, without the parts of compounds."""
    return [token.term for token in ANALYZER.main_terms(text, language) if token.boost == 1.0]


@pytest.mark.parametrize(
    "forms",
    [
        "region regionen regioner regionernas",
        "kompetens kompetensen kompetenser",
        "konferens konferensen konferenserna",
        "klimat klimatet klimatets",
        "resurs resurser resursernas",
        "hållbar hållbara hållbart",
        "EU EU:s",
        "pdf pdf:er",
        "råvara råvaror råvarorna",
    ],
)
def test_inflected_swedish_words_meet(forms: str) -> None:
    assert len(set(_main(forms))) == 1


def test_a_word_alone_has_the_terms_that_it_has_in_a_text() -> None:
    assert [one.term for one in ANALYZER.word_terms("Vägarnas", "sv")] == _main("Vägarnas")
    assert ANALYZER.word_terms("till", "sv") == ()


def test_english_words_are_stemmed_as_english() -> None:
    assert len(set(_main("region regions region's", "en"))) == 1
    assert len(set(_main("strategy strategies", "en"))) == 1


@pytest.mark.parametrize(("one", "other"), [("år", "ar"), ("lån", "lan"), ("mål", "mal"), ("höst", "host")])
def test_accented_letters_are_not_folded(one: str, other: str) -> None:
    assert _main(one) != _main(other)


def test_stop_words_are_left_out_but_keep_their_position() -> None:
    found = ANALYZER.main_terms("Vägen till den gröna omställningen", "sv")
    assert [(token.position, token.start, token.end) for token in found] == [
        (0, 0, 5),
        (3, 15, 20),
        (4, 21, 34),
    ]


def test_stop_words_are_those_of_the_language() -> None:
    assert _main("with och", "sv") == ["with"]
    assert _main("with och", "en") == ["och"]
    assert _main("with och", "") == ["with"]


def test_exact_terms_hold_every_word_in_lowercase() -> None:
    found = ANALYZER.exact_terms("Vägen till EU:s R&D")
    assert [token.term for token in found] == ["vägen", "till", "eu:s", "r&d"]
    assert [token.position for token in found] == [0, 1, 2, 3]


def test_typed_word_is_taken_as_either_language() -> None:
    assert ANALYZER.query_terms("regions") == (("region", 1.0),)
    swedish, english = _main("strategies", "sv"), _main("strategies", "en")
    assert {term for term, _ in ANALYZER.query_terms("Strategies")} == {*swedish, *english}


@pytest.mark.parametrize("word", ["och", "Den", "the", "SKA"])
def test_stop_word_of_either_language_has_no_main_form(word: str) -> None:
    assert ANALYZER.query_terms(word) == ()


@pytest.mark.parametrize("word", ["IT", "US", "WHO", "by"])
def test_abbreviations_like_stop_words_are_kept(word: str) -> None:
    assert _main(word, "en")
    assert _main(word, "sv")


@given(any_text)
@settings(max_examples=200, deadline=None)
def test_any_text_is_analysed_with_valid_offsets(text: str) -> None:
    for language in ("sv", "en", ""):
        for token in (*ANALYZER.main_terms(text, language), *ANALYZER.exact_terms(text)):
            assert token.term
            assert 0 <= token.start < token.end <= len(text)
            assert len(token.term) <= tokenizer.WORD_MAX_CHARS


@given(any_text)
@settings(max_examples=200, deadline=None)
def test_question_finds_what_was_indexed(text: str) -> None:
    for language in ("sv", "en"):
        for word, _, _ in words(text):
            indexed = {one.term for one in ANALYZER.word_terms(word, language)}
            typed = {term for term, _ in ANALYZER.query_terms(word)}
            assert not (typed and indexed) or typed & indexed


def test_threads_give_the_same_stems() -> None:
    texts = [f"regionernas utvecklingar{number} klimatet{number} strategies{number}" for number in range(400)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(_main, texts))
    fresh = SwedishAnalyzer(ANALYZER.lexicon)
    alone = [[token.term for token in fresh.main_terms(text, "sv") if token.boost == 1.0] for text in texts]
    assert together == alone


def test_fingerprint_is_the_same_in_another_process() -> None:
    program = "from tests.analysis.analyzers import ANALYZER; print(ANALYZER.fingerprint)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ANALYZER.fingerprint


def test_fingerprint_is_made_of_all_that_terms_depend_on() -> None:
    """Another value here makes every archive rebuild its index: change it only where terms change."""
    assert ANALYZER.fingerprint.split("+") == [
        "swedish-4",
        f"lexicon-{ANALYZER.lexicon.fingerprint}",
        f"splitter-{ANALYZER.splitter.fingerprint}",
        "forms-2",
        stemmer.VERSION,
        "stop-2b5ca215046a",
        "tokens-3",
        "normalize-3",
        f"unicode-{unicodedata.unidata_version}",
    ]
    assert ANALYZER.lexicon.fingerprint.startswith("4-")
    assert ANALYZER.splitter.fingerprint.startswith("3-")
    assert stemmer.VERSION.startswith("snowball-")


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        ("archive.analysis.swedish", "SWEDISH", frozenset({"och"})),
        ("archive.analysis.swedish", "ENGLISH", frozenset({"the"})),
        ("archive.analysis.tokenizer", "VERSION", 99),
        ("archive.analysis.normalize", "VERSION", 99),
    ],
)
def test_fingerprint_changes_with_what_it_covers(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str, value: object
) -> None:
    before = ANALYZER.fingerprint
    monkeypatch.setattr(f"{module}.{name}", value)
    assert ANALYZER.fingerprint != before
