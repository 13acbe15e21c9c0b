import pytest
from hypothesis import given, settings

from tests.analysis.strategies import page_texts, questions
from tests.highlight.matchers import matcher_of


def _found(question: str, text: str, language: str = "sv") -> list[str]:
    return [text[start:end] for start, end in matcher_of(question).spans(text, language)]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("klimat", "Klimatet, klimatets och väder", ["Klimatet", "klimatets"]),
        ("regioner", "REGIONEN (region)", ["REGIONEN", "region"]),
        ("EU", "EU:s budget", ["EU:s"]),
        ("kompetens*", "kompetensförsörjning inkompetens", ["kompetensförsörjning"]),
        ('"smart region"', "smart region, en region, smart", ["smart", "region"]),
        ('"smart region"', "smarta regioner", []),
        ("smart-grid", "ett smart nät, grid", ["smart", "grid"]),
        ("klimat OR väder", "klimatet väder", ["klimatet", "väder"]),
        ("klimat -väder", "klimatet väder", ["klimatet"]),
        ('klimat -"dåligt väder" -(sol regn)', "klimatet dåligt väder sol", ["klimatet"]),
        ("talare:Anna län:Dalarna klimat", "Anna Dalarna klimat", ["klimat"]),
        ("titel:klimat notes:sol", "klimatet sol", ["klimatet", "sol"]),
        ("den gröna", "den gröna", ["gröna"]),
        ("den", "den gröna", ["den"]),
        ("vem är det", "det är så", ["det", "är"]),
        ("år:2019 typ:rapport", "2019 rapport", []),
    ],
)
def test_asked_words_are_found(question: str, text: str, expected: list[str]) -> None:
    assert _found(question, text) == expected


def test_words_are_compared_in_the_language_of_the_text() -> None:
    assert _found("strategy", "strategies", "en") == ["strategies"]
    assert _found("strategies", "The Strategy", "en") == ["Strategy"]


@pytest.mark.parametrize("question", ["", "??", "-klimat", "talare:Anna", "år:2019"])
def test_question_without_words_for_a_page_is_empty(question: str) -> None:
    matcher = matcher_of(question)
    assert matcher.is_empty
    assert matcher.spans("klimat Anna 2019", "sv") == []
    assert matcher.shares(["klimat"], "sv") == {}


@pytest.mark.parametrize("question", ["klimat", "den", '"a b"', "klim*"])
def test_question_with_words_is_not_empty(question: str) -> None:
    assert not matcher_of(question).is_empty


@pytest.mark.parametrize(
    ("question", "boxes", "expected"),
    [
        ("gruvnäring", ["Svensk", "gruvnäring,", "(Gruvnäringens)"], {1, 2}),
        ('"smart region"', ["En", "smart", "–", "region!", "smart"], {1, 3}),
        ('"smart region"', ["smart region", "region"], {0}),
        ("klimat", ["EU:s klimat och", "", "väder"], {0}),
        ("smart grid", ["smart-grid", "nät"], {0}),
        ("x", [], set()),
    ],
)
def test_word_boxes_are_marked(question: str, boxes: list[str], expected: set[int]) -> None:
    assert matcher_of(question).shares(boxes, "sv").keys() == expected


@given(questions, page_texts)
@settings(max_examples=200, deadline=None)
def test_spans_are_in_order_and_inside_the_text(question: str, text: str) -> None:
    reached = 0
    for start, end in matcher_of(question).spans(text, ""):
        assert reached <= start < end <= len(text)
        reached = end


@given(questions, page_texts)
@settings(max_examples=100, deadline=None)
def test_boxes_are_marked_as_the_text_is(question: str, text: str) -> None:
    boxes = text.split(" ")
    matcher = matcher_of(question)
    marked = matcher.shares(boxes, "sv").keys()
    assert marked <= set(range(len(boxes)))
    assert bool(marked) == bool(matcher.spans(text, "sv"))
