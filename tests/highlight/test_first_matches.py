"""The first matches of a text: those of the whole text, up to a number, without a look at the rest."""

from collections.abc import Sequence

import pytest

from archive.analysis.analyzer import WordTerm
from archive.analysis.swedish import SwedishAnalyzer
from archive.highlight.first_matches import first_matches
from tests.highlight.matchers import matcher_of

_LONG = "region kommun " * 9000


@pytest.mark.parametrize("text", ["", "region", "ingen", _LONG, "region" * 9000, "ingen " * 9000 + "region"])
def test_first_matches_are_those_of_the_whole_text(text: str) -> None:
    whole = matcher_of("region").matches(text, "sv")
    assert first_matches(matcher_of("region"), text, "sv", 10_000) == whole
    assert first_matches(matcher_of("region"), text, "sv", 3) == whole[:3]


def test_words_after_the_first_matches_are_not_analysed(monkeypatch: pytest.MonkeyPatch) -> None:
    analysed: list[str] = []
    word_terms = SwedishAnalyzer.word_terms

    def noted(analyzer: SwedishAnalyzer, word: str, language: str) -> Sequence[WordTerm]:
        analysed.append(word)
        return word_terms(analyzer, word, language)

    monkeypatch.setattr(SwedishAnalyzer, "word_terms", noted)
    first_matches(matcher_of("region"), _LONG + "regionsist", "sv", 100)
    assert "region" in analysed
    assert "regionsist" not in analysed
