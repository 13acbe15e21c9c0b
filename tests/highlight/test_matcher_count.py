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


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ('"öppna kommuner"', 2),
        ('"öppna kommuner" kommun', 4),
        ('"kommuner skolor kommun"', 1),
        ('"öppna kommuner" "kommuner skolor"', 2),
        ('"kommuner kommun"', 0),
    ],
)
def test_a_phrase_counts_once_also_where_it_runs_over_two_lines(question: str, count: int) -> None:
    text = "Kommunen och öppna\nkommuner\nöppna kommuner skolor kommun"
    assert matcher_of(question).count(text, "sv") == count


@given(questions, page_texts)
@settings(max_examples=300, deadline=None)
def test_count_agrees_with_matches_in_page_texts(question: str, text: str) -> None:
    _agrees(question, text)


@given(any_text, any_text)
@settings(max_examples=300, deadline=None)
def test_count_agrees_with_matches_in_any_text(question: str, text: str) -> None:
    for asked in (question, f'"{question}"', text, f'"{text}"'):
        _agrees(asked, text)


def _agrees(question: str, text: str) -> None:
    """Each match counts, but for those that are a phrase together; where none is, nothing counts."""
    matcher = matcher_of(question)
    count, matches = matcher.count(text, "sv"), len(matcher.spans(text, "sv"))
    # Words with a sign between them ("a-b") are asked for as a phrase, too.
    may_have_phrase = any(not sign.isalnum() and not sign.isspace() for sign in question)
    assert count == matches or (may_have_phrase and 0 < count < matches)
