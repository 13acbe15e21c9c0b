"""Every word of a question is read once; what was read is plain data that says all that is added to it."""

from collections import Counter
from collections.abc import Sequence

import pytest

from archive.analysis.analyzer import Analyzer, Token, WordTerm
from archive.query.ast import And, ParsedQuery, Phrase, Prefix, Word
from archive.query.parser import parse_query
from archive.query.query_expansion import Alternative, Expander
from archive.query.word_reader import read_words
from archive.query.word_readings import Readings, WordReading
from tests.analysis.analyzers import ANALYZER
from tests.query.vocabularies import Words


class CountingAnalyzer(Analyzer):
    """Counts how often each word is asked for."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    @property
    def fingerprint(self) -> str:
        return ANALYZER.fingerprint

    def main_terms(self, text: str, language: str) -> Sequence[Token]:
        return ANALYZER.main_terms(text, language)

    def word_terms(self, word: str, language: str) -> Sequence[WordTerm]:
        return ANALYZER.word_terms(word, language)

    def required_substrings(self, term: str) -> Sequence[str]:
        return ANALYZER.required_substrings(term)

    def exact_terms(self, text: str) -> Sequence[Token]:
        return ANALYZER.exact_terms(text)

    def translation_terms(self, word: str, language: str) -> Sequence[str]:
        return ANALYZER.translation_terms(word, language)

    def query_terms(self, word: str) -> Sequence[tuple[str, float]]:
        self.asked[word] += 1
        return ANALYZER.query_terms(word)


class CountingExpander(Expander):
    """Counts what it is asked."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(ANALYZER, ANALYZER.lexicon, Words(*sentences))
        self.asked: Counter[tuple[str, ...]] = Counter()

    def for_question(self, words: Sequence[str]) -> "CountingExpander":
        return self

    def alternatives(self, form: str) -> tuple[Alternative, ...]:
        self.asked["alternatives", form] += 1
        return super().alternatives(form)

    def relatives(self, terms: Sequence[str]) -> tuple[str, ...]:
        self.asked["relatives", *terms] += 1
        return super().relatives(terms)

    def joined(self, left: str, right: str) -> str:
        self.asked["joined", left, right] += 1
        return super().joined(left, right)


def _read(text: str, *sentences: str) -> Readings:
    expander = Expander(ANALYZER, ANALYZER.lexicon, Words(*sentences))
    return read_words(parse_query(text), ANALYZER, expander)


def _word(readings: Readings, text: str) -> WordReading:
    (word,) = readings.of(Word(text))
    return word


@pytest.mark.parametrize(
    "text",
    [
        "kompetens försörjning",
        "klimat klimat Klimat (klimat OR titel:klimat) klimatet",
        'hamnen "grön omställning" malm -omställning omställning*',
        '"vi tar klimatet på allvar" klimatet',
    ],
)
def test_each_word_and_each_pair_is_asked_for_once(text: str) -> None:
    analyzer, expander = CountingAnalyzer(), CountingExpander("kompetensförsörjning")
    read_words(parse_query(text), analyzer, expander)
    assert set(analyzer.asked.values()) == {1}
    assert set(expander.asked.values()) == {1}


def test_a_reading_has_forms_main_forms_and_parts() -> None:
    readings = _read("Regionerna tågtrafik och")
    assert _word(readings, "Regionerna").form == "regionerna"
    assert [term for term, _ in _word(readings, "Regionerna").terms] == ["region"]
    assert _word(readings, "tågtrafik").parts == ("tåg", "trafik")
    assert _word(readings, "och").is_stop_word
    assert [word.form for word in _read("smart-grid").of(Word("smart-grid"))] == ["smart", "grid"]


def test_what_may_be_meant_is_read_with_its_own_words() -> None:
    (alternative,) = _word(_read("naringsliv", "näringsliv"), "naringsliv").alternatives
    assert alternative.text == "näringsliv"
    assert [word.form for word in alternative.words] == ["näringsliv"]
    assert alternative.words[0].parts


def test_relatives_are_read_only_where_words_need_not_be_there() -> None:
    assert _word(_read("granska", "granskning"), "granska").relatives == ()
    assert _word(_read("granska upphandling", "granskning"), "granska").relatives == ("granskning",)


def test_neighbours_mean_a_compound_whatever_stop_word_is_between_them() -> None:
    for text in ("kompetens försörjning", "kompetens och försörjning", "kompetens (a OR b) försörjning"):
        pair = _read(text, "kompetensförsörjning").together(Word("kompetens"), Word("försörjning"))
        assert pair is not None
        assert pair.compound is not None
        assert pair.compound.form == "kompetensförsörjning"


def test_neighbours_are_translated_together() -> None:
    pair = _read("labour market", "arbetsmarknad").together(Word("labour"), Word("market"))
    assert pair is not None
    assert [one.text for one in pair.translations] == ["arbetsmarknad"]


@pytest.mark.parametrize("text", ["-naringsliv", "region -(naringsliv OR oppna)", "talare:naringsliv"])
def test_nothing_is_added_to_excluded_words_and_names(text: str) -> None:
    readings = _read(text, "näringsliv öppna")
    assert not any(word.alternatives for words in readings.words.values() for word in words)


def test_without_an_expander_nothing_is_added() -> None:
    readings = read_words(parse_query("naringsliv kompetens försörjning"), ANALYZER)
    assert readings.pairs == {}
    assert not any(word.alternatives or word.relatives for (word,) in readings.words.values())


@pytest.mark.parametrize(
    ("query", "optional"),
    [
        (And((Word("klimat"), Word("och"), Word("region"))), ("klimat", "region")),
        (And((Word("klimat"), Phrase(("grön", "omställning")), Word("region"))), ("klimat", "region")),
        (And((Word("klimat"), Prefix("region"))), ()),
        (Word("klimat"), ()),
    ],
)
def test_words_that_merely_follow_each_other_are_optional(
    query: ParsedQuery, optional: tuple[str, ...]
) -> None:
    words = read_words(query, ANALYZER).optional_words(query)
    assert tuple(word.text for word in words) == optional
