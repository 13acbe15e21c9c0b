"""Compounds, other forms and widened words are marked as far as they answer what was asked."""

import pytest

from archive.highlight.matcher import Matcher
from archive.index.query import AllOf, AnyOf, BestOf, MatchAll, NoneOf, Query, Term, TermPrefix
from archive.index.schema import TextField
from archive.model.pages import Picture, WordBox
from archive.search.hit_reader import marked_words
from tests.analysis.analyzers import ANALYZER
from tests.highlight.matchers import matcher_of


def _found(question: str, text: str) -> list[str]:
    return [text[start:end] for start, end in matcher_of(question, ANALYZER).spans(text, "sv")]


def _found_by(tree: Query, text: str) -> list[str]:
    return [text[start:end] for start, end in Matcher(tree, ANALYZER).spans(text, "sv")]


def _form(word: str) -> str:
    return ANALYZER.word_terms(word, "sv")[0].term


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("näring", "Svensk gruvnäring", ["näring"]),
        ("gruvnäring", "Gruvnäringens villkor", ["Gruvnäringens"]),
        ("gruva", "GRUVNÄRINGEN", ["GRUV"]),
        ("gruva näring", "gruvnäring", ["gruv", "näring"]),
        ("exportfråga", "industri- och exportfrågor", ["exportfrågor"]),
        ("industrifråga", "industri- och exportfrågor", ["industri-"]),
        ("får", "en far", []),
    ],
)
def test_compound_is_marked_where_it_was_asked_for(question: str, text: str, expected: list[str]) -> None:
    matcher = matcher_of(question, ANALYZER)
    assert _found(question, text) == expected
    assert matcher.count(text, "sv") == len(matcher.spans(text, "sv"))


def test_whatever_a_question_is_widened_by_is_marked() -> None:
    word = AnyOf(
        (
            BestOf((Term(TextField.TITLE, _form("data")), Term(TextField.ABOUT, "x"))),
            Term(TextField.TEXT, _form("bok")),
        )
    )
    assert _found_by(AllOf((word, Term(TextField.EXACT, "nu"))), "böcker nu, DATA") == [
        "böcker",
        "nu",
        "DATA",
    ]


def test_what_is_excluded_or_asked_of_the_talk_marks_nothing() -> None:
    tree = AllOf((MatchAll(), NoneOf(Term(TextField.TEXT, "data")), Term(TextField.ABOUT, "nu")))
    assert Matcher(tree, ANALYZER).is_empty
    assert _found_by(tree, "data nu") == []


def test_beginning_asked_of_titles_marks_main_forms() -> None:
    assert _found_by(TermPrefix(TextField.TITLE, "städ"), "städer") == ["städer"]


def test_alternatives_of_a_word_are_one_thing_asked() -> None:
    tree = AllOf(
        (BestOf((Term(TextField.TEXT, "data"), Term(TextField.TEXT, "nu"))), Term(TextField.TEXT, "här"))
    )
    asked = [match.targets for match in Matcher(tree, ANALYZER).matches("data nu", "en")]
    assert len(asked) == 2
    assert len(set(asked)) == 1


def test_part_of_a_word_marks_its_share_of_the_box() -> None:
    box = WordBox("gruvnäring", x=10, y=0, width=100, height=5)
    picture = Picture(1, 960, 540, 1280, 720, "a", "b", (box, WordBox("näring.", 0, 9, 70, 5)))
    shown = marked_words(picture, matcher_of("näring", ANALYZER), "sv")
    assert shown == (WordBox("näring", x=50, y=0, width=60, height=5), picture.words[1])
