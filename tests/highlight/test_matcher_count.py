"""Counting matches gives what finding them gives."""

import pytest
from hypothesis import given, settings

from tests.analysis.strategies import any_text, page_texts, questions
from tests.highlight.matchers import matcher_of


@pytest.mark.parametrize("language", ["sv", "en", ""])
@pytest.mark.parametrize(
    "question",
    [
        "kommun",
        "kommun skola",
        '"öppna kommuner"',
        '"öppna kommuner" kommun',
        "komm*",
        "och",
        '"kommun"',
        "-kommun",
        "",
    ],
)
def test_count_is_the_number_of_matches(question: str, language: str) -> None:
    text = (
        "Kommunen och öppna kommuner\nöppna kommuner skolor kommun, R&D C# 5:e 1,5 d'Hondt och EU:s kommun's"
    )
    matcher = matcher_of(question)
    assert matcher.count(text, language) == len(matcher.spans(text, language))


@given(questions, page_texts)
@settings(max_examples=300, deadline=None)
def test_count_is_the_number_of_matches_in_page_texts(question: str, text: str) -> None:
    matcher = matcher_of(question)
    assert matcher.count(text, "sv") == len(matcher.spans(text, "sv"))


@given(any_text, any_text)
@settings(max_examples=300, deadline=None)
def test_count_is_the_number_of_matches_in_any_text(question: str, text: str) -> None:
    for asked in (question, f'"{question}"', text, f'"{text}"'):
        matcher = matcher_of(asked)
        assert matcher.count(text, "sv") == len(matcher.spans(text, "sv"))
