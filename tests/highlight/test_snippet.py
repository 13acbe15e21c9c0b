import html
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.analysis.analyzer import WordTerm
from archive.analysis.swedish import SwedishAnalyzer
from archive.highlight.matcher import Matcher
from archive.highlight.snippet import (
    Fragment,
    best_passage,
    first_matches,
    fragments,
    join_texts,
    to_html,
)
from tests.analysis.strategies import any_text, page_texts, questions
from tests.counting import assert_grows_linearly
from tests.highlight.matchers import matcher_of

FILLER = "bra ord om annat " * 30
_LONG = "region kommun " * 9000


def snippet(texts: Sequence[tuple[str, str]], matcher: Matcher, max_chars: int = 200) -> tuple[Fragment, ...]:
    return best_passage(join_texts(texts, matcher), max_chars)[0]


def _snippet(question: str, *texts: str, max_chars: int = 80) -> str:
    found = snippet([(text, "sv") for text in texts], matcher_of(question), max_chars)
    return "".join(f"[{part.text}]" if part.marked else part.text for part in found)


def test_short_text_is_shown_whole() -> None:
    assert _snippet("klimat", "Om  klimatet\ti regionen") == "Om [klimatet] i regionen"


def test_lines_and_texts_are_parted_visibly() -> None:
    assert _snippet("huset", "våren\n\n Öppet hus\n", " ", "Välkommen") == "våren · Öppet [hus] · Välkommen"


def test_cut_never_leaves_a_separator_at_an_end() -> None:
    lines = "\n".join(["ord"] * 9 + ["klimatet"] + ["ord"] * 9)
    for max_chars in range(12, 60):
        found = _snippet("klimat", lines, max_chars=max_chars)
        assert "[klimatet]" in found
        assert found.strip("…")[0] != "·"
        assert found.strip("…")[-1] not in "· "


def test_phrase_reaches_over_lines_but_not_into_the_next_text() -> None:
    assert _snippet('"öppet hus"', "öppet\nhus", "öppet", "hus") == "[öppet] · [hus] · öppet · hus"


def test_long_text_is_cut_at_words_around_the_match() -> None:
    found = _snippet("klimat", f"{FILLER}klimatet {FILLER}")
    assert found.startswith("…")
    assert found.endswith("…")
    assert "[klimatet]" in found
    inner = found.strip("…").replace("[klimatet]", "klimatet").split(" ")
    assert set(inner) <= {"bra", "ord", "om", "annat", "klimatet"}


def test_more_different_words_win_over_more_matches() -> None:
    text = f"klimat klimat klimat {FILLER} klimat och energi"
    assert _snippet("klimat energi", text).endswith("[klimat] och [energi]")


def test_more_matches_win_among_equals() -> None:
    assert _snippet("klimat", f"klimat {FILLER} klimat, klimat") == _snippet(
        "klimat", f"{FILLER} klimat, klimat"
    )


def test_words_of_several_texts_are_shown_together() -> None:
    assert _snippet("klimat energi", FILLER, "Klimatet", "Energi", FILLER).count("[Klimatet] · [Energi]") == 1


def test_first_text_begins_the_snippet_where_nothing_matches() -> None:
    assert _snippet("klimat", " ", f"{FILLER}").startswith("bra ord om")
    assert _snippet("", FILLER).endswith("…")
    assert _snippet("klimat", "", " \n") == ""
    assert snippet([], matcher_of("klimat")) == ()


def test_endless_word_is_cut_hard() -> None:
    assert len(_snippet("x", "y" * 1000, max_chars=50)) <= 50
    marked = snippet([("z" * 1000, "sv")], matcher_of("zzz*"), 50)
    assert any(part.marked for part in marked)
    assert sum(len(part.text) for part in marked) <= 50


@given(questions, st.lists(page_texts, max_size=4), st.integers(3, 90))
@settings(max_examples=300, deadline=None)
def test_snippet_is_a_bounded_stretch_of_the_texts(question: str, texts: list[str], max_chars: int) -> None:
    parts = snippet([(text, "sv") for text in texts], matcher_of(question), max_chars)
    assert sum(len(part.text) for part in parts) <= max_chars
    assert all(part.text for part in parts)
    whole = "".join(part.text for part in parts)
    stretch = whole.removeprefix("…").removesuffix("…")
    lines = [" ".join(line.split()) for text in texts for line in text.splitlines()]
    assert stretch in " · ".join(line for line in lines if line)


@given(questions, page_texts)
@settings(max_examples=200, deadline=None)
def test_snippet_shows_a_match_if_there_is_one(question: str, text: str) -> None:
    matcher = matcher_of(question)
    plain = " · ".join(" ".join(line.split()) for line in text.splitlines())
    parts = snippet([(text, "sv")], matcher, 60)
    assert any(part.marked for part in parts) == bool(matcher.spans(plain, "sv"))


def test_segments_cover_the_text() -> None:
    assert fragments("ab cd ef", [(0, 2), (3, 5)]) == (
        Fragment("ab", marked=True),
        Fragment(" ", marked=False),
        Fragment("cd", marked=True),
        Fragment(" ef", marked=False),
    )
    assert fragments("", []) == ()


@given(any_text, st.lists(st.tuples(st.integers(0, 130), st.integers(0, 130)), max_size=8))
@settings(max_examples=300, deadline=None)
def test_html_holds_the_text_and_no_other_tags(text: str, spans: list[tuple[int, int]]) -> None:
    made = to_html(fragments(text, spans))
    bare = made.replace("<mark>", "").replace("</mark>", "")
    assert not set("<>\"'") & set(bare)
    assert made.count("<mark>") == made.count("</mark>")
    assert html.unescape(bare) == text


@pytest.mark.parametrize("question", ["klimat", "smart", '"bra ord"', "kli*", "zzz"])
def test_work_grows_with_the_text_only(question: str) -> None:
    matcher = matcher_of(question)
    text = "bra ord om klimat och smart energi "
    assert_grows_linearly(lambda times: snippet([(text * times, "sv")], matcher), 100)
    snippet([(text * 3000, "sv")], matcher)


def test_stretch_begins_and_ends_with_sentences() -> None:
    text = f"{FILLER.strip()}. Om klimatet i länet. Sedan annat. {FILLER}"
    found = _between(text, "klimat")
    assert found.startswith("Om [klimatet] i länet.")
    assert not found.startswith("…")


def test_line_that_is_whole_is_not_said_to_be_cut() -> None:
    found = _between(f"{FILLER}\nOm klimatet\nkort\n{FILLER}", "klimat")
    assert found.startswith("Om [klimatet] · kort")


def test_closest_of_equals_wins() -> None:
    far, near = "klimat och en hel del ord innan energi", "klimat energi"
    assert "[klimat] [energi]" in _snippet("klimat energi", f"{far} {FILLER} {near} {FILLER}")


def _between(text: str, question: str) -> str:
    return _snippet(question, text)


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
